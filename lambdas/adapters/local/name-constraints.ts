/** The extension that binds a CA to some names (RFC 5280, section 4.2.1.10), in DER. */
import { BlockList, isIPv4, isIPv6 } from 'node:net';

const SEQUENCE = 0x30;
const PERMITTED = 0xa0;
const DNS_NAME = 0x82;
const IP_ADDRESS = 0x87;

/** With a kind of name left out, names of that kind would all be allowed; `names` holds some of each. */
export function nameConstraints(names: readonly string[]): Uint8Array {
  const subtrees = names.map((name) => der(SEQUENCE, generalName(name)));
  return der(SEQUENCE, der(PERMITTED, ...subtrees));
}

function generalName(name: string): Uint8Array {
  if (isIPv4(name)) return der(IP_ADDRESS, Uint8Array.from(name.split('.').map(Number)), filled(4));
  if (isIPv6(name)) return der(IP_ADDRESS, bytesOfIPv6(name), filled(16));
  return der(DNS_NAME, new TextEncoder().encode(name));
}
