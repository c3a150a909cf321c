/** Reads the parts of a request that both gateways and sockets hand over as text. */

/** Decoded, in the order sent. */
export const readQuery = (rawQuery: string): readonly (readonly [name: string, value: string])[] =>
  rawQuery === '' ? [] : [...new URLSearchParams(rawQuery)];

/** `name=value`, one each. */
export const readCookies = (header: string | undefined): readonly string[] =>
  header === undefined
    ? []
    : header
        .split(';')
        .map((cookie) => cookie.trim())
        .filter((cookie) => cookie !== '');

/** By lower-case name; what repeats is joined as API Gateway joins it. */
export function joinHeaders(pairs: Iterable<readonly [name: string, value: string]>): Record<string, string> {
  const joined = new Map<string, string>();
  for (const [name, value] of pairs) {
    const key = name.toLowerCase();
    const former = joined.get(key);
    joined.set(key, former === undefined ? value : `${former}${key === 'cookie' ? ';' : ','}${value}`);
  }
  return Object.fromEntries(joined);
}
