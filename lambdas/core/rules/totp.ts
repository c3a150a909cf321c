/** Codes of authenticator apps (RFC 6238): SHA-1, six digits, a new one every thirty seconds. */
import { Secret, TOTP } from 'otpauth';
import type { Random } from '../ports/random.ts';

const period = 30;
/** Clocks of telephones go wrong: the code before the present one and the one after it do as well. */
const window = 1;

export const newTotpSecret = (random: Random): Uint8Array => random.bytes(32);

/** As people type it into an app: Base32 (RFC 4648) without padding, 52 characters. */
export const printTotpSecret = (secret: Uint8Array): string => secretOf(secret).base32;

/** The step of time (RFC 6238, 4.2) whose code this is, among those that do at `now` (ms). */
export function findStep(secret: Uint8Array, code: string, now: number): number | undefined {
  if (!/^[0-9]{6}$/.test(code)) return undefined;
  const difference = TOTP.validate({
    token: code,
    secret: secretOf(secret),
    algorithm: 'SHA1',
    digits: 6,
    period,
    window,
    timestamp: now,
  });
  return difference === null ? undefined : TOTP.counter({ period, timestamp: now }) + difference;
}

/** A copy, as the bytes may stand in a larger buffer. */
const secretOf = (bytes: Uint8Array): Secret => new Secret({ buffer: Uint8Array.from(bytes).buffer });
