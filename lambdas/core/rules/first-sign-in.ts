/** The session that ConfirmSignUp answers: the code that was just given signs in as well, once. */
import type { Factor } from '../model/challenge-session.ts';
import type { Client } from '../model/client.ts';
import type { Pool } from '../model/pool.ts';
import type { User, VerifiableAttribute } from '../model/user.ts';
import type { Ports } from '../ports/index.ts';
import { isFlowAllowed } from './auth-flows.ts';
import { sealChallengeSession } from './challenge-sessions.ts';
import { availableFactors, type UsableFactor } from './first-factors.ts';

/** What such a session is answered with. It is no challenge, so none can be answered with the session. */
export const firstSignIn = 'USER_AUTH';

interface Confirmed {
  readonly factor: UsableFactor;
  readonly proves: Factor;
}

const byAddress: Readonly<Record<VerifiableAttribute, Confirmed>> = {
  email: { factor: 'EMAIL_OTP', proves: 'email code' },
  phone_number: { factor: 'SMS_OTP', proves: 'text code' },
};

/** Absent where the client does not let people choose, or the pool takes no code at that address for a first factor. */
export async function sealFirstSignIn(
  ports: Pick<Ports, 'sealer' | 'clock' | 'random'>,
  { pool, client }: { readonly pool: Pool; readonly client: Client },
  user: User,
  attribute: VerifiableAttribute,
): Promise<string | undefined> {
  if (!isFlowAllowed(client, 'USER_AUTH') || !isFirstFactor(pool, user, attribute)) return undefined;
  return sealChallengeSession(ports, client, {
    username: user.username,
    sub: user.sub,
    kind: 'choice',
    proven: [byAddress[attribute].proves],
    expects: [firstSignIn],
    about: attribute,
  });
}

/** Whether the user could still sign in with a code at the address that was confirmed. */
export const isFirstFactor = (pool: Pool, user: User, attribute: string | undefined): boolean =>
  (attribute === 'email' || attribute === 'phone_number') &&
  availableFactors(pool, user).includes(byAddress[attribute].factor);
