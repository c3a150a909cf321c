/** The sealed state between a challenge and its answer: bound to pool, client, user and step. The step spends it. */
import { invalidSession, sessionExpired, sessionMissing } from '../core/contract/errors.ts';
import type { Client } from '../core/model/client.ts';
import type { Ports } from '../core/ports/index.ts';
import type { Place } from '../core/ports/sealer.ts';
import { tokenValidity } from '../core/rules/token-validity.ts';
import type { Factor } from './sign-in.ts';

export interface ChallengeSession {
  readonly username: string;
  readonly sub: string;
  readonly expects: string;
  readonly proven: readonly Factor[];
  readonly expiresAt: number;
  /** What the step may be answered for only once, such as a fingerprint of the temporary password. */
  readonly about?: string | undefined;
}

type Sealing = Pick<Ports, 'sealer' | 'clock'>;

/** A new `Session` string, good for the client's `AuthSessionValidity`. */
export async function sealChallengeSession(
  { sealer, clock }: Sealing,
  client: Client,
  state: Omit<ChallengeSession, 'expiresAt'>,
): Promise<string> {
  const session: ChallengeSession = { ...state, expiresAt: sessionEnd(clock.now(), client) };
  const sealed = await sealer.seal(Buffer.from(JSON.stringify(session)), placeOf(client));
  return Buffer.from(sealed).toString('base64url');
}

/** The session that is answered, if it is this client's, expects this challenge and is not too old. */
export async function requireChallengeSession(
  { sealer, clock }: Sealing,
  client: Client,
  text: string | undefined,
  answered: string,
): Promise<ChallengeSession> {
  if (text === undefined) throw sessionMissing();
  const plain = await sealer.open(Buffer.from(text, 'base64url'), placeOf(client));
  if (!plain) throw invalidSession();
  // Only our own sealing opens here, so its members need no second check.
  const session = JSON.parse(Buffer.from(plain).toString()) as ChallengeSession;
  if (session.expects !== answered) throw invalidSession();
  if (session.expiresAt <= clock.now()) throw sessionExpired();
  return session;
}

export const sessionEnd = (now: number, client: Client): number =>
  now + tokenValidity(client.settings).authSession * 1000;

const placeOf = (client: Client): Place => ({ purpose: 'session', poolId: client.poolId, item: client.id });
