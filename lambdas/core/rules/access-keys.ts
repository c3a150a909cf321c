/** Makes access keys, in the form that clients know. */
import type { AccessKey } from '../model/access-key.ts';
import type { Random } from '../ports/random.ts';
import { characters } from './uniform.ts';

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Thirty bytes are forty characters of base 64. */
const secretBytes = 30;

/** `AKIA` for what lasts, `ASIA` for what comes with a session token. */
export const newKeyId = (random: Random, prefix: 'AKIA' | 'ASIA'): string =>
  `${prefix}${characters(random, base32, 16)}`;

export const newSecret = (random: Random): string => Buffer.from(random.bytes(secretBytes)).toString('base64');

export const newAccessKey = (random: Random, principal: string, now: number): AccessKey => ({
  id: newKeyId(random, 'AKIA'),
  secret: newSecret(random),
  principal,
  status: 'active',
  createdAt: now,
});

/** What cannot be an id need not be looked for. */
export const isAccessKeyId = (text: string): boolean => /^AKIA[A-Z2-7]{16}$/.test(text);

export const principalArn = (partition: string, account: string, name: string): string =>
  `arn:${partition}:iam::${account}:user/${name}`;
