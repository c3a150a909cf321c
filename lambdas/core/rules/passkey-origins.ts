/** Which pages may use the passkeys of a relying party (WebAuthn Level 3, 13.4.9). */

/**
 * Pages of the relying party's host and of hosts below it, by HTTPS, or by HTTP where they never leave the machine. An
 * origin is compared as browsers write it: what the parser would have to repair is none.
 */
export function isOriginOf(relyingPartyId: string, origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { origin: written, protocol, hostname } = new URL(origin);
  if (written !== origin || isAddress(hostname)) return false;
  if (!isWithin(relyingPartyId.toLowerCase(), hostname)) return false;
  return protocol === 'https:' || (protocol === 'http:' && isWithin('localhost', hostname));
}

const isWithin = (domain: string, host: string): boolean => host === domain || host.endsWith(`.${domain}`);

/** Passkeys belong to names. The parser writes every form of an IPv4 address with digits at its end. */
const isAddress = (host: string): boolean => host.startsWith('[') || /(^|\.)\d+$/.test(host);
