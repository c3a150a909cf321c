/** Takes the answer to a challenge, for RespondToAuthChallenge and its administrator form alike. */
import { challengeResponsesMissing, notBuilt } from '../core/contract/errors.ts';
import type { ChallengeSession } from '../core/model/challenge-session.ts';
import type { Client } from '../core/model/client.ts';
import type { Pool } from '../core/model/pool.ts';
import { requireChallengeSession, spend } from '../core/rules/challenge-sessions.ts';
import { challenges } from './challenges/index.ts';
import { namedDevice } from './devices.ts';
import { nextStep } from './next-challenge.ts';
import { requireParameter } from './parameters.ts';
import type {
  Answer,
  ChallengeAnswer,
  Deferred,
  KnownDevice,
  Outcome,
  Parameters,
  SignIn,
  SignInPorts,
} from './sign-in.ts';

export interface Response {
  readonly pool: Pool;
  readonly client: Client;
  readonly challenge: string;
  readonly session: string | undefined;
  readonly parameters: Parameters | undefined;
  readonly clientMetadata?: Parameters | undefined;
  /** Of whoever signs in, where that is known. */
  readonly sourceIp?: string | undefined;
}

export async function respond(ports: SignInPorts, response: Response): Promise<Answer> {
  const { challenge, session: text, parameters, ...given } = response;
  const { client } = given;
  const chosen = challenges[challenge];
  if (!chosen) throw notBuilt(`Challenge ${challenge}`);
  if (!parameters) throw challengeResponsesMissing();
  for (const name of chosen.requires) requireParameter(parameters, name);
  const signIn = { ...given, parameters, answered: challenge, since: ports.clock.now(), inStep: ports.pace.begin() };
  // Where a session is needed, the challenge says so.
  const session = text === undefined ? undefined : await requireChallengeSession(ports, client, text, challenge);
  const expected = chosen.findsDevice ? undefined : await expectedDevice(ports, signIn, session);
  const outcome = await chosen.answer(ports, { ...signIn, session });
  return settle(ports, { ...signIn, session, unspent: session, expected }, outcome);
}

interface Turn extends ChallengeAnswer {
  /** The session, until it is spent. */
  readonly unspent: ChallengeSession | undefined;
  readonly expected: KnownDevice | undefined;
}

async function settle(ports: SignInPorts, turn: Turn, outcome: Outcome | Deferred): Promise<Answer> {
  const { session, unspent, expected, ...signIn } = turn;
  if ('answer' in outcome) return outcome.answer;
  // Only now: whatever was refused before leaves the session good for another answer.
  if ('pose' in outcome) return spendThen(ports, unspent, outcome.pose);
  if ('onceSpent' in outcome) {
    const spent = { ...turn, unspent: undefined };
    return spendThen(ports, unspent, async () => settle(ports, spent, await outcome.onceSpent()));
  }
  const { user, proven } = outcome.proof;
  const soFar = { proven, deviceKey: session?.deviceKey };
  const device = outcome.device ?? expected ?? (await namedDevice(ports, signIn, user, soFar));
  const { password, app, levels } = session ?? {};
  const proof = { ...outcome.proof, password, app, levels, deviceKey: device?.key };
  return spendThen(ports, unspent, () => nextStep(ports, { ...signIn, device }, proof));
}

async function spendThen(
  ports: SignInPorts,
  session: ChallengeSession | undefined,
  then: () => Promise<Answer>,
): Promise<Answer> {
  if (session) await spend(ports, session);
  return then();
}

/** Before something is proven, nobody is told which devices there are. */
async function expectedDevice(
  ports: SignInPorts,
  signIn: SignIn,
  session: ChallengeSession | undefined,
): Promise<KnownDevice | undefined> {
  if (!session || session.isSimulated || session.proven.length === 0) return undefined;
  return namedDevice(ports, signIn, session, session);
}
