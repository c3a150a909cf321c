/** Makes the identifiers of pools, clients, users, tokens and requests, and the codes that people type. */
import type { Random } from '../ports/random.ts';
import { characters, numberBelow } from './uniform.ts';

export const alphanumerics = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export const poolId = (random: Random, region: string): string => `${region}_${characters(random, alphanumerics, 9)}`;

/** 130 bits printed in base 32: 26 characters, now and then 25. */
export const clientId = (random: Random): string => base32Number(random, 130);

/** 260 bits printed in base 32: 52 characters, sometimes 51. */
export const clientSecret = (random: Random): string => base32Number(random, 260);

/** The names of a client's secrets. */
export const clientSecretId = (client: string, now: number): string => `${client}--${now}`;

/** UUID version 4 (RFC 9562, 5.4), lower case: `sub`, `jti` and request ids. */
export const uuid = (random: Random): string => uuidOf(random.bytes(16));

/** The UUID version 4 that these 16 bytes make. */
export const uuidOf = (bytes: Uint8Array): string => printUuid(bytes, 4);

/** UUID version 7 (RFC 9562, 5.7): 48 bits of milliseconds, then 74 random bits: `origin_jti` and event ids. */
export function uuidAt(random: Random, now: number): string {
  const bytes = Buffer.from(random.bytes(16));
  bytes.writeUIntBE(now, 0, 6);
  return printUuid(bytes, 7);
}

/** The millisecond at which a family of tokens began, as its `origin_jti` or event id says. */
export const startOf = (uuid7: string): number => Number.parseInt(uuid7.replaceAll('-', '').slice(0, 12), 16);

/** Six decimal digits, leading zeros kept. */
export const confirmationCode = (random: Random): string => digits(random, 6);

/** So many decimal digits, each as likely as the others. */
export const digits = (random: Random, length: 6 | 8): string =>
  numberBelow(random, 10 ** length)
    .toString()
    .padStart(length, '0');

const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text has a UUID's form, of any version. */
export const isUuid = (text: string): boolean => uuidForm.test(text);

function base32Number(random: Random, bits: number): string {
  const bytes = Math.ceil(bits / 8);
  const number = BigInt(`0x${Buffer.from(random.bytes(bytes)).toString('hex')}`);
  // BigInt prints base 32 with the digits 0-9a-v.
  return (number >> BigInt(bytes * 8 - bits)).toString(32);
}

function printUuid(random: Uint8Array, version: number): string {
  const bytes = Buffer.from(random);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | (version << 4), 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
