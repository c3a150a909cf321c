/** Takes the answer to a challenge, for RespondToAuthChallenge and its administrator form alike. */
import { challengeResponsesMissing, notBuilt } from '../core/contract/errors.ts';
import type { ChallengeSession } from '../core/model/challenge-session.ts';
import type { Client } from '../core/model/client.ts';
import type { Pool } from '../core/model/pool.ts';
import { requireChallengeSession, spend } from '../core/rules/challenge-sessions.ts';
import { refuseTriggers } from '../core/triggers/trigger-points.ts';
import { challenges } from './challenges/index.ts';
import { type KnownDevice, namedDevice } from './devices.ts';
import { nextStep } from './next-challenge.ts';
import { requireParameter } from './parameters.ts';
import type { Answer, Parameters, SignIn, SignInPorts } from './sign-in.ts';

export interface Response {
  readonly pool: Pool;
  readonly client: Client;
  readonly challenge: string;
  readonly session: string | undefined;
  readonly parameters: Parameters | undefined;
}

export async function respond(ports: SignInPorts, response: Response): Promise<Answer> {
  const { pool, client, challenge, parameters } = response;
  const chosen = challenges[challenge];
  if (!chosen) throw notBuilt(`Challenge ${challenge}`);
  if (!parameters) throw challengeResponsesMissing();
  for (const name of chosen.requires) requireParameter(parameters, name);
  refuseTriggers(pool, 'PostAuthentication', 'PreTokenGeneration');
  const signIn = { pool, client, parameters, since: ports.clock.now(), inStep: ports.pace.begin() };
  // Where a session is needed, the challenge says so.
  const session =
    response.session === undefined
      ? undefined
      : await requireChallengeSession(ports, client, response.session, challenge);
  const expected = await expectedDevice(ports, signIn, session);
  const outcome = await chosen.answer(ports, { ...signIn, session });
  if ('answer' in outcome) return outcome.answer;
  // Only now: whatever was refused before leaves the session good for another answer.
  if ('pose' in outcome) return spendThen(ports, session, outcome.pose);
  const device =
    outcome.device ?? expected ?? (await namedDevice(ports, signIn, outcome.proof.user, session?.deviceKey));
  const deviceKey = parameters['DEVICE_KEY'] ?? session?.deviceKey;
  return spendThen(ports, session, () => nextStep(ports, { ...signIn, device }, { ...outcome.proof, deviceKey }));
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
  return namedDevice(ports, signIn, session, session.deviceKey);
}
