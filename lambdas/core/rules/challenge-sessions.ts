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
  const sealed = await sealer.seal(filledUp(JSON.stringify(session)), placeOf(client));
  return Buffer.concat([clientInFront(client), sealed]).toString('base64url');
}

/** Whose session it is stands in the open before it, as some operations are given a session and nothing else. */
const clientInFront = ({ id }: Pick<Client, 'id'>): Buffer => Buffer.concat([Buffer.of(id.length), Buffer.from(id)]);

/** The client that a session claims to be of, before anything about it is known to be true. */
export function clientNamedInSession(text: string): string {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('latin1', 1, 1 + (bytes[0] ?? 0));
}

/**
 * JSON may end in blanks. A session holds names that its reader does not see, and whether somebody has them, so its length
 * must not depend on that: any name fits into the first step, and the text stays below the 2048 characters of the API.
 */
function filledUp(json: string): Buffer {
  const bytes = Buffer.from(json);
  return Buffer.concat([bytes], Math.max(1024, Math.ceil(bytes.length / 64) * 64)).fill(' ', bytes.length);
}

/** The session that is answered, if it is this client's, expects this challenge and is not too old. */
export async function requireChallengeSession(
  { sealer, clock }: Pick<Sealing, 'sealer' | 'clock'>,
  client: Client,
  text: string | undefined,
  answered: string,
): Promise<ChallengeSession> {
  if (text === undefined) throw sessionMissing();
  const front = clientInFront(client);
  const bytes = Buffer.from(text, 'base64url');
  const isOfClient = bytes.subarray(0, front.length).equals(front);
  const plain = isOfClient ? await sealer.open(bytes.subarray(front.length), placeOf(client)) : undefined;
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
