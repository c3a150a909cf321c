/** Whether a sign-in may still set up a second factor, on the strength of a password alone. */
import { invalidSession } from '../core/contract/errors.ts';
import type { ChallengeSession } from '../core/model/challenge-session.ts';
import type { Pool } from '../core/model/pool.ts';
import type { SignInSet } from '../core/model/sign-in-set.ts';
import { demandOf } from './factor-demand.ts';
import { keepsSecrets } from './proof-marks.ts';

type Owner = Pick<SignInSet, 'user' | 'softwareToken'>;

/** Whoever has a second factor by now, or another password, has not begun this sign-in to lose them to it. */
export function requireOpen(pool: Pool, owner: Owner, session: ChallengeSession): void {
  const isWithoutFactor = demandOf(pool, owner.user, owner.softwareToken).kind === 'set-up';
  if (!isWithoutFactor || !keepsSecrets(session, owner)) throw invalidSession();
}
