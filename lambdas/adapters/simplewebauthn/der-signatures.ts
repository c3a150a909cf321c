/** Signatures of elliptic curves as DER has them (RFC 3279, 2.2.3): in one form each, where lenient readers take several. */

const [sequence, integer] = [0x30, 0x02];

/** For curves of 256 bits, whose signatures are shorter than what takes a length of several bytes. */
export function isDerSignature([tag, length, ...content]: Uint8Array): boolean {
  const end = 2 + (content[1] ?? 0);
  return (
    tag === sequence &&
    length === content.length &&
    isPositiveInteger(content.slice(0, end)) &&
    isPositiveInteger(content.slice(end))
  );
}

/** In as few bytes as hold it. */
function isPositiveInteger([tag, length, ...value]: readonly number[]): boolean {
  const [first = 0x80, second = 0] = value;
  return tag === integer && length === value.length && (first === 0 ? second >= 0x80 : first < 0x80);
}
