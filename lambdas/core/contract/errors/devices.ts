/** Refusals about the devices of users. */

import { invalidParameter } from './pools.ts';
import { Refusal } from './refusal.ts';

/** Clients look for this text, and send the same answer again without the device. */
export const deviceNotFound = (): Refusal =>
  new Refusal('ResourceNotFoundException', 'Device does not exist.', 'recorded');

/** Of a key that is not the token's own, and of a verifier that is none. */
export const deviceKeyInvalid = (): Refusal =>
  new Refusal('InvalidParameterException', 'Invalid device key given.', 'recorded');

export const deviceVerifierInvalid = (): Refusal =>
  invalidParameter('Invalid device verifier given: Salt and PasswordVerifier must be non-negative integers in base64.');

export const deviceKeyExists = (): Refusal => new Refusal('DeviceKeyExistsException', 'Device key already exists.');
