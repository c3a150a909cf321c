/** Confirmation codes: how they are made, kept and asked for again. */
import { timingSafeEqual } from 'node:crypto';
import { attemptLimitExceeded, codeMismatch, expiredCode, type Refusal } from '../contract/errors.ts';
import type { CodeOwner, ConfirmationPurpose, NewCode, StoredCode } from '../model/code.ts';
import type { Pool } from '../model/pool.ts';
import type { User, VerifiableAttribute } from '../model/user.ts';
import type { Budget } from '../ports/code-store.ts';
import type { Ports } from '../ports/index.ts';
import { flagOf } from './addresses.ts';
import { fold } from './aliases.ts';
import { confirmationCode } from './identifiers.ts';

type MakingPorts = Pick<Ports, 'sealer' | 'random' | 'clock'>;
type AskingPorts = Pick<Ports, 'codes' | 'sealer' | 'clock'>;

/** What a code is for, and the address that it is going to. */
export interface CodeOrder extends Pick<NewCode, 'attribute' | 'target'> {
  readonly purpose: ConfirmationPurpose;
}

export interface FreshCode {
  /** For the message alone. */
  readonly code: string;
  readonly stored: NewCode;
}

const hour = 3_600_000;
const day = 24 * hour;

/** How long a code is good for, and how many guesses an hour has. */
const purposes: Readonly<
  Record<Exclude<ConfirmationPurpose, 'sign-in'>, { readonly lifetime: number; readonly guesses: number }>
> = {
  'sign-up': { lifetime: day, guesses: 15 },
  'verify-email': { lifetime: day, guesses: 15 },
  'verify-phone_number': { lifetime: day, guesses: 15 },
  'reset-password': { lifetime: hour, guesses: 20 },
};

/** Calls within a sliding hour, for each user or what else the budget says. */
const budgets: Readonly<Record<Budget, number>> = {
  'resend-sign-up': 5,
  'send-attribute-code': 5,
  'forgot-password': 20,
  'change-password': 5,
  'sign-in-code': 20,
  'second-factor-code': 20,
  'second-factor-mail': 10,
};

export const verificationOf = (attribute: VerifiableAttribute): ConfirmationPurpose => `verify-${attribute}`;

/** A new code for a message, and what the store keeps of it. */
export async function makeCode(
  { sealer, random, clock }: MakingPorts,
  pool: Pool,
  owner: CodeOwner,
  order: CodeOrder,
): Promise<FreshCode> {
  const code = confirmationCode(random);
  const digest = await digestOf({ sealer }, pool, owner, order, code);
  return { code, stored: { ...order, digest, expiresAt: endOf({ clock }, order) } };
}

/**
 * Keeps a code that nobody is told and no guess is equal to, under a name that nobody has, or for a user who gets none:
 * from then on guesses are answered as if one had been sent.
 */
export async function simulateCode(
  { codes, random, clock }: Pick<Ports, 'codes' | 'random' | 'clock'>,
  pool: Pool,
  who: string | CodeOwner,
  { purpose, attribute }: Omit<CodeOrder, 'target'>,
): Promise<void> {
  const order = { purpose, attribute, target: '' };
  const code = { ...order, digest: random.bytes(32), expiresAt: endOf({ clock }, order) };
  await codes.put(pool, ownerOf(pool, who), code);
}

/** The live code of the purpose, once `given` is found to be it. To be spent by what it allows. */
export async function requireCode(
  ports: AskingPorts,
  pool: Pool,
  owner: CodeOwner,
  purpose: ConfirmationPurpose,
  given: string,
): Promise<StoredCode> {
  const stored = await ports.codes.guess(pool, owner, purpose, purposes[purpose].guesses);
  if (stored === 'spent') throw attemptLimitExceeded();
  if (stored === 'none' || ports.clock.now() > stored.expiresAt) throw expiredCode();
  const digest = await digestOf(ports, pool, owner, { ...stored, purpose }, given);
  if (!isSame(digest, stored.digest)) throw codeMismatch();
  return stored;
}

/** Whether a registration was confirmed with this code before; asked once a guess at the live one is counted. */
export async function wasConfirmedWith(
  ports: AskingPorts,
  pool: Pool,
  owner: CodeOwner,
  given: string,
): Promise<boolean> {
  const used = await ports.codes.findUsed(pool, owner);
  if (!used) return false;
  return isSame(await digestOf(ports, pool, owner, { ...used, purpose: 'sign-up' }, given), used.digest);
}

/** Refuses every guess, even the right one, with the words and the counting that a guess at a user's code gets. */
export async function refuseSimulatedCode(
  ports: AskingPorts,
  pool: Pool,
  name: string,
  purpose: ConfirmationPurpose,
  given: string,
): Promise<never> {
  await requireCode(ports, pool, ownerNamed(pool, name), purpose, given);
  throw codeMismatch();
}

/** Counts a call against its hourly limit. `name` is a username, a name that nobody has, or what else the budget counts by. */
export async function takeFromBudget(
  { codes }: Pick<Ports, 'codes'>,
  pool: Pool,
  name: string,
  budget: Budget,
  refusal: () => Refusal = attemptLimitExceeded,
): Promise<void> {
  const outcome = await codes.take(pool, ownerNamed(pool, name).username, budget, budgets[budget]);
  if (outcome === 'spent') throw refusal();
}

/** A user once a code has proven an address. A code that went to an address they no longer have proves nothing. */
export function withVerified(user: User, { attribute, target }: Pick<StoredCode, 'attribute' | 'target'>): User {
  const { [attribute]: waiting, ...pending } = user.pending ?? {};
  const verified = { ...user.attributes, [attribute]: target, [flagOf(attribute)]: 'true' };
  if (waiting === target) return { ...user, attributes: verified, pending };
  if (user.attributes[attribute] !== target) throw expiredCode();
  return { ...user, attributes: verified };
}

const ownerNamed = (pool: Pool, name: string): CodeOwner => ({ username: fold(pool, 'username', name) });

const ownerOf = (pool: Pool, who: string | CodeOwner): CodeOwner =>
  typeof who === 'string' ? ownerNamed(pool, who) : who;

const endOf = ({ clock }: Pick<Ports, 'clock'>, { purpose }: CodeOrder): number =>
  clock.now() + purposes[purpose].lifetime;

/** Bound to the user, the purpose and the address, so that a row that was moved or changed proves nothing. */
const digestOf = (
  { sealer }: Pick<Ports, 'sealer'>,
  pool: Pool,
  { username, sub = '' }: CodeOwner,
  { purpose, attribute, target }: CodeOrder,
  code: string,
): Promise<Uint8Array> =>
  sealer.digest(JSON.stringify([username, sub, purpose, attribute, target, code]), {
    purpose: 'code',
    poolId: pool.id,
  });

const isSame = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b);
