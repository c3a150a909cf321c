/** IP addresses, and ranges of them in CIDR notation (RFC 4632, RFC 4291). */

/** Four bytes or sixteen. */
type Address = readonly number[];

interface Range {
  readonly address: Address;
  readonly bits: number;
}

export const isRange = (text: string): boolean => parseRange(text) !== undefined;

export function isWithin(text: string, range: string): boolean {
  const [address, limits] = [parseAddress(text), parseRange(range)];
  if (!address || !limits || address.length !== limits.address.length) return false;
  return limits.address.every((byte, place) => {
    // As many of this byte's bits as the range fixes.
    const fixed = Math.min(8, Math.max(0, limits.bits - 8 * place));
    return (byte ^ (address[place] ?? 0)) >> (8 - fixed) === 0;
  });
}

/** A single address is a range of one. */
function parseRange(text: string): Range | undefined {
  const [base = '', bits, ...rest] = text.split('/');
  const address = parseAddress(base);
  if (!address || rest.length > 0) return undefined;
  const all = 8 * address.length;
  if (bits === undefined) return { address, bits: all };
  return /^\d{1,3}$/.test(bits) && Number(bits) <= all ? { address, bits: Number(bits) } : undefined;
}

function parseAddress(text: string): Address | undefined {
  const [address = ''] = text.split('%');
  if (!address.includes(':')) return parseV4(address);
  const bytes = parseV6(address);
  // An IPv4 address that came over a socket of IPv6.
  const isMapped = bytes?.slice(0, 12).every((byte, place) => byte === (place < 10 ? 0 : 0xff));
  return isMapped ? bytes?.slice(12) : bytes;
}

function parseV4(text: string): Address | undefined {
  const parts = text.split('.');
  const isAddress = parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
  return isAddress ? parts.map(Number) : undefined;
}

function parseV6(text: string): Address | undefined {
  const halves = text.split('::').map((half, place, all) => parseGroups(half, place === all.length - 1));
  const [first, last] = halves;
  if (!first || halves.length > 2 || halves.includes(undefined)) return undefined;
  if (!last) return first.length === 16 ? first : undefined;
  const missing = 16 - first.length - last.length;
  return missing >= 2 ? [...first, ...new Array<number>(missing).fill(0), ...last] : undefined;
}

/** Groups of two bytes; an IPv4 address may stand for the last two of an address. */
function parseGroups(text: string, isEnd: boolean): Address | undefined {
  if (text === '') return [];
  const groups = text.split(':').map((group, place, all) => {
    if (/^[\da-f]{1,4}$/i.test(group)) return [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff];
    return isEnd && place === all.length - 1 ? parseV4(group) : undefined;
  });
  return groups.every((group) => group !== undefined) ? groups.flat() : undefined;
}
