/** The session that ConfirmSignUp answers: the code that was just given signs in as well, once. */
import { createHash } from 'node:crypto';
import type { Factor } from '../model/challenge-session.ts';
import type { Client } from '../model/client.ts';
import type { Pool } from '../model/pool.ts';
import type { User, VerifiableAttribute } from '../model/user.ts';
import type { Ports } from '../ports/index.ts';
import { isFlowAllowed } from './auth-flows.ts';
import { sealChallengeSession } from './challenge-sessions.ts';
import { isCodeAvailable } from './first-factors.ts';

/** What such a session is answered with. It is no challenge, so none can be answered with the session. */
export const firstSignIn = 'USER_AUTH';

interface Confirmed {
  readonly factor: 'EMAIL_OTP' | 'SMS_OTP';
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
    about: markOf(user, attribute),
  });
}

/** Whether the user could still sign in with a code at the very address that was confirmed. */
export const isStillFirstFactor = (pool: Pool, user: User, about: string | undefined): boolean =>
  (['email', 'phone_number'] as const).some(
    (attribute) => about === markOf(user, attribute) && isFirstFactor(pool, user, attribute),
  );

const isFirstFactor = (pool: Pool, user: User, attribute: VerifiableAttribute): boolean =>
  isCodeAvailable(pool, user, byAddress[attribute].factor);

/** Addresses may be longer than a session has room for. */
const markOf = ({ attributes }: User, attribute: VerifiableAttribute): string =>
  createHash('sha256').update(`${attribute} ${attributes[attribute]}`).digest('base64url');
