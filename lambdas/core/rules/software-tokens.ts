/** Secrets of authenticator apps as they are kept: sealed for their user. */
import type { Pool } from '../model/pool.ts';
import type { User } from '../model/user.ts';
import type { Ports } from '../ports/index.ts';
import type { Place } from '../ports/sealer.ts';
import { findStep, newTotpSecret, printTotpSecret } from './totp.ts';

type Owner = Pick<User, 'sub'>;

export interface ProposedToken {
  /** For the person alone. */
  readonly secretCode: string;
  readonly sealed: Uint8Array;
}

export async function proposeToken(
  { sealer, random }: Pick<Ports, 'sealer' | 'random'>,
  pool: Pool,
  owner: Owner,
): Promise<ProposedToken> {
  const secret = newTotpSecret(random);
  return { secretCode: printTotpSecret(secret), sealed: await sealer.seal(secret, placeOf(pool, owner)) };
}

/** The step of time whose code this is. What does not open is a fault of the deployment, not of the caller. */
export async function stepOfCode(
  { sealer, clock }: Pick<Ports, 'sealer' | 'clock'>,
  pool: Pool,
  owner: Owner,
  sealed: Uint8Array,
  code: string,
): Promise<number | undefined> {
  const secret = await sealer.open(sealed, placeOf(pool, owner));
  if (!secret)
    throw new Error('The secret of an app does not open: it was sealed for another user or under another key');
  return findStep(secret, code, clock.now());
}

const placeOf = (pool: Pool, { sub }: Owner): Place => ({ purpose: 'software-token', poolId: pool.id, item: sub });
