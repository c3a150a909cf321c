/** Makes any text safe to send in a header. */

const longest = 1024;

/**
 * Control characters, line ends among them, become spaces and whatever is not ASCII becomes `?` (RFC 9110, 5.5: other
 * octets are opaque data, which HTTP libraries refuse or garble). Long texts are cut, because clients bound their
 * headers. The body of the answer has the whole text.
 */
export function headerText(text: string): string {
  const cut = text.length > longest ? `${text.slice(0, longest - 3)}...` : text;
  return isPlain(cut) ? cut : [...cut].map(plainCharacter).join('');
}

const isPlain = (text: string): boolean => /^[ -~]*$/.test(text);

function plainCharacter(character: string): string {
  if (isPlain(character)) return character;
  const code = character.charCodeAt(0);
  return code < 0x20 || code === 0x7f ? ' ' : '?';
}
