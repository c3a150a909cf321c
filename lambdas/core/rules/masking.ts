/** How answers show the address that a code went to, without showing the address. */
import type { Pool } from '../model/pool.ts';
import type { VerifiableAttribute } from '../model/user.ts';
import type { Sealer } from '../ports/sealer.ts';
import { isAddress } from './addresses.ts';

export const maskedAddress = (attribute: VerifiableAttribute, address: string): string =>
  attribute === 'email' ? maskedEmail(address) : maskedPhoneNumber(address);

function maskedEmail(address: string): string {
  const [local = '', domain = ''] = address.split('@');
  return `${first(local)}***@${first(domain)}***`;
}

function maskedPhoneNumber(number: string): string {
  const digits = number.replace(/^\+/, '');
  return `+${'*'.repeat(Math.max(digits.length - 4, 0))}${digits.slice(-4)}`;
}

/** By code point, so that half a surrogate pair never appears. */
const first = (text: string): string => [...text].slice(0, 1).join('');

/**
 * For a user who does not exist: a name that is itself such an address is masked as a real one would be, any other
 * name gets an address of its own that stays the same from call to call.
 */
export async function simulatedAddress(
  sealer: Sealer,
  pool: Pool,
  attribute: VerifiableAttribute,
  name: string,
): Promise<string> {
  if (isAddress(attribute, name)) return maskedAddress(attribute, name);
  const digest = Buffer.from(await sealer.digest(name, { purpose: 'simulated-user', poolId: pool.id }));
  const letter = (at: number) => String.fromCharCode(97 + (digest.readUInt32BE(at) % 26));
  const ending = (digest.readUInt32BE(8) % 10_000).toString().padStart(4, '0');
  return attribute === 'email' ? `${letter(0)}***@${letter(4)}***` : `+*******${ending}`;
}
