/** Makes the passwords that invitations carry. */
import type { Random } from '../core/ports/random.ts';
import type { EffectivePasswordPolicy } from '../core/rules/password-policy.ts';
import { characters, shuffled } from '../core/rules/uniform.ts';

const lowercase = 'abcdefghijklmnopqrstuvwxyz';
const uppercase = lowercase.toUpperCase();
const digits = '0123456789';
/** Without the symbols that HTML or a shell would change on the way to the person. */
const symbols = '^*.[]{}()?-!@#%/,:;_~+=';
const all = lowercase + uppercase + digits + symbols;

/** Long enough that nobody guesses it within its validity, short enough to type from a phone. */
const shortest = 12;

/** One character of each class, so that it meets every policy of this length. */
export function invitationPassword(random: Random, policy: EffectivePasswordPolicy): string {
  const classes = [lowercase, uppercase, digits, symbols].map((alphabet) => characters(random, alphabet, 1)).join('');
  const length = Math.max(policy.MinimumLength, shortest);
  return shuffled(random, classes + characters(random, all, length - classes.length)).join('');
}
