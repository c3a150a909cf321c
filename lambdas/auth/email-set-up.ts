/** An address for codes that somebody without one names while they sign in. It is theirs once its code has proven it. */
import { attributeAlreadyProvided, emailFormatInvalid, mfaMethodNotFound } from '../core/contract/errors.ts';
import type { ChallengeSession } from '../core/model/challenge-session.ts';
import type { Pool } from '../core/model/pool.ts';
import type { SignInSet } from '../core/model/sign-in-set.ts';
import type { User } from '../core/model/user.ts';
import { isEmail } from '../core/rules/addresses.ts';
import { requireWritable } from '../core/rules/attribute-permissions.ts';
import { changeUser } from '../core/rules/change-user.ts';
import { demandOf } from './factor-demand.ts';
import { requireOpen } from './open-set-up.ts';
import type { Proof, SignIn, SignInPorts } from './sign-in.ts';

/** What tells such a session from one whose code went to an address of the user's. */
export const setUpMark = 'new address';

export const keepsNewAddress = ({ about }: Pick<ChallengeSession, 'about'>): boolean => about === setUpMark;

/** Refuses whoever has a mailbox already: with no more than a password, nobody may have codes sent elsewhere. */
export function requireNewAddress({ pool, client }: SignIn, { user, softwareToken }: Proof, address: string): void {
  const demand = demandOf(pool, user, softwareToken);
  if (demand.kind !== 'set-up' || !demand.factors.includes('EMAIL_OTP')) throw mfaMethodNotFound();
  requireWritable(client, ['email']);
  if (!isEmail(address) || address.length > longestAddress) throw emailFormatInvalid();
}

/** As the schema of every pool has it. */
const longestAddress = 2048;

export interface SetUp extends Pick<SignInSet, 'user' | 'softwareToken'> {
  readonly pool: Pool;
  readonly session: ChallengeSession;
}

/** The user with the address, proven, and with codes by e-mail turned on; stands being asked once more. */
export const withNewAddress = (
  ports: Pick<SignInPorts, 'users' | 'clock'>,
  { pool, session, user, softwareToken }: SetUp,
  address: string,
): Promise<User> =>
  changeUser(ports, pool, user, {
    decide(current) {
      const { email = address } = current.attributes;
      if (email !== address) throw attributeAlreadyProvided('email');
      // Another factor, or another password, may have come in between: no mailbox may stand beside it.
      if (current.attributes['email'] === undefined) requireOpen(pool, { user: current, softwareToken }, session);
      const enabled = new Set(current.mfa?.enabled).add('EMAIL_OTP');
      return {
        ...current,
        attributes: { ...current.attributes, email, email_verified: 'true' },
        mfa: { ...current.mfa, enabled: [...enabled] },
        modifiedAt: ports.clock.now(),
      };
    },
  });
