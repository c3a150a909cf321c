/** What counts as an e-mail address and as a phone number. */
import type { VerifiableAttribute } from '../model/user.ts';

/**
 * One `@` between two parts, without blanks and controls, nor the specials (RFC 5322, 3.2.3) by which a mail system could
 * read the text as anything but one address.
 */
export const isEmail = (text: string): boolean => /^[^@\s\p{Cc}()<>,;:\\]+@[^@\s\p{Cc}()<>,;\\]+$/u.test(text);

/** E.164: a plus sign and 1 to 15 digits. */
export const isPhoneNumber = (text: string): boolean => /^\+[0-9]{1,15}$/.test(text);

export const isAddress = (attribute: VerifiableAttribute, text: string): boolean =>
  attribute === 'email' ? isEmail(text) : isPhoneNumber(text);

/** The flag that says whether an address is verified. */
export const flagOf = (attribute: VerifiableAttribute): `${VerifiableAttribute}_verified` => `${attribute}_verified`;

export const addressAttributes = ['email', 'phone_number'] as const satisfies readonly VerifiableAttribute[];
