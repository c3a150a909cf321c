/** The three functions of a custom sign-in: which step comes next, what is asked, and whether the answer is right. */
import { customTriggerMissing, triggerAnswerUnrecognizable } from '../contract/errors.ts';
import type { Client } from '../model/client.ts';
import type { CustomStep } from '../model/custom-step.ts';
import type { Pool } from '../model/pool.ts';
import type { User } from '../model/user.ts';
import { hidesUsers } from '../rules/client-settings.ts';
import { flagIn, textIn, textsIn } from './answer-members.ts';
import { attributesForTriggers, type ClientMetadata, type EventParties, metadataMember } from './event.ts';
import { invoke, type TriggerAnswer, type TriggerPorts } from './invoke.ts';
import { functionAt } from './trigger-points.ts';

/** Whom the functions are asked about. */
export interface Candidate extends EventParties {
  readonly client: Client;
  /** Absent: nobody has the name, and the client must not learn it. */
  readonly user: User | undefined;
  /** That of the request which made the functions run. */
  readonly clientMetadata?: ClientMetadata | undefined;
}

export type Decision = 'issue tokens' | 'fail' | 'ask for the password' | 'ask';

/** Refusing is stronger than everything else that the function says at the same time. */
export async function defineChallenge(
  ports: TriggerPorts,
  candidate: Candidate,
  session: readonly CustomStep[],
): Promise<Decision> {
  const response = { challengeName: null, issueTokens: null, failAuthentication: null };
  const answer = await run(ports, 'DefineAuthChallenge', candidate, { session }, response);
  const name = textIn(answer, 'challengeName');
  const [issues, fails] = [flagIn(answer, 'issueTokens'), flagIn(answer, 'failAuthentication')];
  if (fails) return 'fail';
  if (issues) return 'issue tokens';
  if (name === 'CUSTOM_CHALLENGE') return 'ask';
  if (name === 'PASSWORD_VERIFIER') return 'ask for the password';
  throw triggerAnswerUnrecognizable();
}

export interface CustomChallenge {
  readonly publicParameters: Readonly<Record<string, string>>;
  /** For the function that verifies alone. */
  readonly privateParameters: Readonly<Record<string, string>>;
  readonly metadata: string | null;
}

export async function createChallenge(
  ports: TriggerPorts,
  candidate: Candidate,
  session: readonly CustomStep[],
): Promise<CustomChallenge> {
  const request = { challengeName: 'CUSTOM_CHALLENGE', session };
  const response = { publicChallengeParameters: null, privateChallengeParameters: null, challengeMetadata: null };
  const answer = await run(ports, 'CreateAuthChallenge', candidate, request, response);
  return {
    publicParameters: textsIn(answer, 'publicChallengeParameters'),
    privateParameters: textsIn(answer, 'privateChallengeParameters'),
    metadata: textIn(answer, 'challengeMetadata') ?? null,
  };
}

export async function verifyAnswer(
  ports: TriggerPorts,
  candidate: Candidate,
  privateChallengeParameters: Readonly<Record<string, string>>,
  challengeAnswer: string,
): Promise<boolean> {
  const request = { privateChallengeParameters, challengeAnswer };
  const answer = await run(ports, 'VerifyAuthChallengeResponse', candidate, request, { answerCorrect: null });
  const isRight = flagIn(answer, 'answerCorrect');
  if (isRight === undefined) throw triggerAnswerUnrecognizable();
  return isRight;
}

type CustomPoint = 'DefineAuthChallenge' | 'CreateAuthChallenge' | 'VerifyAuthChallengeResponse';

/** Without its function, a custom sign-in does not get past this point. */
export function requireFunction(pool: Pool, point: CustomPoint): void {
  if (!functionAt(pool, point)) throw customTriggerMissing();
}

async function run(
  ports: TriggerPorts,
  point: CustomPoint,
  candidate: Candidate,
  asked: TriggerAnswer,
  response: TriggerAnswer,
): Promise<TriggerAnswer> {
  const { pool, client, user, clientMetadata } = candidate;
  const request = {
    userAttributes: user ? attributesForTriggers(pool, user) : {},
    ...asked,
    ...metadataMember(clientMetadata),
    ...(hidesUsers(client) && { userNotFound: !user }),
  };
  const answer = await invoke(ports, point, candidate, { source: `${point}_Authentication`, request, response });
  if (!answer) throw customTriggerMissing();
  return answer;
}
