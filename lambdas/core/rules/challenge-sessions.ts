/** The sealed state between a challenge and its answer: bound to pool, client, user and step, and good for one answer. */
import { invalidSession, sessionExpired, sessionMissing, sessionSpent } from '../contract/errors.ts';
import type { ChallengeSession } from '../model/challenge-session.ts';
import type { Client } from '../model/client.ts';
import type { Ports } from '../ports/index.ts';
import type { Place } from '../ports/sealer.ts';
import { uuid } from './identifiers.ts';
import { tokenValidity } from './token-validity.ts';

type Sealing = Pick<Ports, 'sealer' | 'clock' | 'random'>;

export type SessionState = Omit<ChallengeSession, 'id' | 'expiresAt'> & Partial<Pick<ChallengeSession, 'id'>>;

/** A new `Session` string, good for the client's `AuthSessionValidity`. */
export async function sealChallengeSession(
  { sealer, clock, random }: Sealing,
  client: Client,
  state: SessionState,
): Promise<string> {
  const session: ChallengeSession = { id: uuid(random), ...state, expiresAt: sessionEnd(clock.now(), client) };
  const sealed = await sealer.seal(Buffer.from(JSON.stringify(session)), placeOf(client));
  return Buffer.from(sealed).toString('base64url');
}

/** The session that is answered, if it is this client's, expects this challenge and is not too old. */
export async function requireChallengeSession(
  { sealer, clock }: Pick<Sealing, 'sealer' | 'clock'>,
  client: Client,
  text: string | undefined,
  answered: string,
): Promise<ChallengeSession> {
  if (text === undefined) throw sessionMissing();
  const plain = await sealer.open(Buffer.from(text, 'base64url'), placeOf(client));
  if (!plain) throw invalidSession();
  // Only our own sealing opens here, so its members need no second check.
  const session = JSON.parse(Buffer.from(plain).toString()) as ChallengeSession;
  if (!session.expects.includes(answered)) throw invalidSession();
  if (session.expiresAt <= clock.now()) throw sessionExpired();
  return session;
}

/** What is good for one answer: a session, or the block of an SRP exchange. */
export type Spendable = Pick<ChallengeSession, 'id' | 'expiresAt'>;

/** To be called when the answer was found to be right, before anything follows from it. */
export async function spend({ nonces }: Pick<Ports, 'nonces'>, { id, expiresAt }: Spendable): Promise<void> {
  if ((await nonces.consume(id, expiresAt)) === 'used') throw sessionSpent();
}

/** So many wrong codes end a session. */
const mostWrong = 5;

export async function countWrongAnswer({ nonces }: Pick<Ports, 'nonces'>, { id, expiresAt }: Spendable): Promise<void> {
  const wrong = await nonces.count(`${id}#wrong`, expiresAt);
  if (wrong >= mostWrong) await nonces.consume(id, expiresAt);
}

export const sessionEnd = (now: number, client: Client): number =>
  now + tokenValidity(client.settings).authSession * 1000;

const placeOf = (client: Client): Place => ({ purpose: 'session', poolId: client.poolId, item: client.id });
