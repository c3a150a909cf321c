/** What a custom sign-in knows between a challenge and its answer: within the session, or in the table when it is long. */
import { customStateTooLarge, invalidSession } from '../core/contract/errors.ts';
import type { ChallengeSession } from '../core/model/challenge-session.ts';
import type { CustomStep } from '../core/model/custom-step.ts';
import type { Pool } from '../core/model/pool.ts';
import type { Place } from '../core/ports/sealer.ts';
import { type SessionState, sealChallengeSession, sessionEnd } from '../core/rules/challenge-sessions.ts';
import { uuid } from '../core/rules/identifiers.ts';
import type { SignIn, SignInPorts } from './sign-in.ts';

export interface CustomState {
  /** Those that are over. */
  readonly steps: readonly CustomStep[];
  /** Of the challenge that waits for its answer. */
  readonly metadata: string | null;
  readonly privateParameters: Readonly<Record<string, string>>;
}

/** Functions may keep on asking, and say as much as they like each time. */
const mostBytes = 100 * 1024;

/** Bounds what one function says, as what is kept of all of them is. */
export function requireBounded(text: string): void {
  if (Buffer.byteLength(text) > mostBytes) throw customStateTooLarge(mostBytes);
}

/**
 * A new `Session`. Sessions are filled up to a length: a state that makes one longer is kept in the table, so that nobody
 * learns the length of what is to be answered, and none gets too long for the API.
 */
export async function sealCustomState(
  ports: Pick<SignInPorts, 'sealer' | 'clock' | 'random' | 'challengeStates'>,
  { pool, client }: Pick<SignIn, 'pool' | 'client'>,
  session: Omit<SessionState, 'id' | 'about'>,
  state: CustomState,
): Promise<string> {
  const about = JSON.stringify(state);
  requireBounded(about);
  const id = uuid(ports.random);
  const [whole, bare] = await Promise.all([
    sealChallengeSession(ports, client, { ...session, id, about }),
    sealChallengeSession(ports, client, { ...session, id }),
  ]);
  if (whole.length === bare.length) return whole;
  const kept = await ports.sealer.seal(Buffer.from(about), placeOf(pool, id));
  await ports.challengeStates.put(id, kept, sessionEnd(ports.clock.now(), client));
  return bare;
}

export async function requireCustomState(
  ports: Pick<SignInPorts, 'sealer' | 'challengeStates'>,
  pool: Pool,
  { id, about }: ChallengeSession,
): Promise<CustomState> {
  const text = about ?? (await keptState(ports, pool, id));
  if (text === undefined) throw invalidSession();
  // Only what was sealed here opens, so its members need no second check.
  return JSON.parse(text) as CustomState;
}

async function keptState(
  { sealer, challengeStates }: Pick<SignInPorts, 'sealer' | 'challengeStates'>,
  pool: Pool,
  id: string,
): Promise<string | undefined> {
  const kept = await challengeStates.find(id);
  const plain = kept && (await sealer.open(kept, placeOf(pool, id)));
  return plain && Buffer.from(plain).toString();
}

const placeOf = ({ id: poolId }: Pool, item: string): Place => ({ purpose: 'challenge-state', poolId, item });
