/** Functions of a pool's own challenges, as people write them, and a pool that has them. */
import type {
  AuthenticationResultType,
  CreateUserPoolClientCommandInput,
  CreateUserPoolCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { moduleTriggers, type TriggerFunctions } from '../../lambdas/adapters/triggers/module-triggers.ts';
import { sessionOf, signingIn } from './signing-in.ts';
import { type ServiceOptions, startService } from './start-service.ts';

export interface CustomEvent {
  readonly triggerSource: string;
  readonly userName: string;
  readonly callerContext: { readonly clientId: string };
  readonly request: {
    readonly userAttributes: Readonly<Record<string, string>>;
    readonly session: readonly Step[];
    readonly privateChallengeParameters: Readonly<Record<string, string>>;
    readonly challengeAnswer: string;
    readonly clientMetadata?: Readonly<Record<string, string>>;
    readonly userNotFound?: boolean;
  };
  readonly response: Record<string, unknown>;
}

export interface Step {
  readonly challengeName: string;
  readonly challengeResult: boolean;
  readonly challengeMetadata: string | null;
}

type CustomPoint = 'DefineAuthChallenge' | 'CreateAuthChallenge' | 'VerifyAuthChallengeResponse';

/** Each gets an event and says what its response is. */
export type CustomFunctions = Readonly<Record<CustomPoint, (event: CustomEvent) => unknown>>;

export const ask = { challengeName: 'CUSTOM_CHALLENGE', issueTokens: false, failAuthentication: false };
const askForPassword = { ...ask, challengeName: 'PASSWORD_VERIFIER' };
export const issueTokens = { challengeName: '', issueTokens: true, failAuthentication: false };
export const failAuthentication = { issueTokens: false, failAuthentication: true };

/** Asks three questions, after the password where one was offered; the third wrong answer is the last. */
const threeQuestions: CustomFunctions = {
  DefineAuthChallenge({ request: { session } }) {
    if (session.length === 1 && session[0]?.challengeName === 'SRP_A') return askForPassword;
    const answers = session.filter(({ challengeName }) => challengeName === 'CUSTOM_CHALLENGE');
    if (answers.filter(({ challengeResult }) => challengeResult).length === 3) return issueTokens;
    return answers.filter(({ challengeResult }) => !challengeResult).length === 3 ? failAuthentication : ask;
  },
  CreateAuthChallenge({ request: { session } }) {
    const question = String(session.length);
    return {
      publicChallengeParameters: { question },
      privateChallengeParameters: { answer: `answer ${question}` },
      challengeMetadata: `QUESTION_${question}`,
    };
  },
  VerifyAuthChallengeResponse: ({ request: { privateChallengeParameters, challengeAnswer } }) => ({
    answerCorrect: privateChallengeParameters['answer'] === challengeAnswer,
  }),
};

const points = ['DefineAuthChallenge', 'CreateAuthChallenge', 'VerifyAuthChallengeResponse'] as const;

export const arnOf = (point: CustomPoint): string => `arn:aws:lambda:us-east-1:000000000000:function:${point}`;

/** As `LambdaConfig` names them. */
export const customTriggers = Object.fromEntries(points.map((point) => [point, arnOf(point)]));

/** By ARN, and every event that they got, in order. */
export function recorded(functions: Partial<CustomFunctions>) {
  const events: CustomEvent[] = [];
  const all = { ...threeQuestions, ...functions };
  const byArn: TriggerFunctions = Object.fromEntries(
    points.map((point) => [
      arnOf(point),
      async (event: CustomEvent) => {
        events.push(structuredClone(event));
        return { ...event, response: await all[point](event) };
      },
    ]),
  );
  return { events, functions: byArn };
}

export interface CustomRoom {
  readonly functions?: Partial<CustomFunctions>;
  readonly pool?: Partial<CreateUserPoolCommandInput>;
  readonly client?: Partial<CreateUserPoolClientCommandInput>;
  readonly service?: ServiceOptions;
}

/** A service with functions, a pool that names them, a client for custom sign-ins alone, and `Ada`. */
export async function customRoom(given: CustomRoom = {}) {
  const { events, functions } = recorded(given.functions ?? {});
  const { ports, ...others } = given.service ?? {};
  const service = await startService({ ...others, ports: { triggers: moduleTriggers(functions), ...ports } });
  const pool = await service.aPool({ LambdaConfig: customTriggers, ...given.pool });
  const app = await service.aClient(pool, { ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH'], ...given.client });
  const user = await service.aUser(pool, { username: 'Ada', attributes: { email: 'ada@example.com' } });
  const signIn = signingIn(service, app);
  return {
    ...service,
    service,
    events,
    pool,
    app,
    user,
    signIn,
    begin: (username = 'Ada', more = {}) => signIn.initiate('CUSTOM_AUTH', { USERNAME: username, ...more }),
    answer: (challenge: { readonly Session?: string | undefined }, answer: string, username = 'Ada', more = {}) =>
      signIn.respond('CUSTOM_CHALLENGE', { USERNAME: username, ANSWER: answer, ...more }, sessionOf(challenge)),
  };
}

/** The names and results that an event told of. */
export const stepsOf = ({ request: { session } }: CustomEvent): string[] =>
  session.map(({ challengeName, challengeResult }) => `${challengeName} ${challengeResult}`);

export const hasTokens = ({ AuthenticationResult }: { AuthenticationResult?: AuthenticationResultType | undefined }) =>
  AuthenticationResult?.AccessToken !== undefined;
