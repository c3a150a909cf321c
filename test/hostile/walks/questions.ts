/** The functions of a pool that asks questions of its own: two right answers sign in, the third wrong one ends it. */
import type { TriggerEvent, Triggers } from '../../../lambdas/core/ports/triggers.ts';

type Texts = Readonly<Record<string, string>>;

interface Step {
  readonly challengeName: string;
  readonly challengeResult: boolean;
}

export const rightAnswers = 2;

export const answerTo = (question: string | undefined): string => `the answer to ${question}`;

const functionArn = (point: string): string => `arn:aws:lambda:us-east-1:000000000000:function:${point}`;

export const questionTriggers = Object.fromEntries(
  ['DefineAuthChallenge', 'CreateAuthChallenge', 'VerifyAuthChallengeResponse'].map((at) => [at, functionArn(at)]),
);

/** No question is asked twice. */
export function askingFunctions(): Triggers {
  let questions = 0;
  const responses: Readonly<Record<string, (request: TriggerEvent['request']) => object>> = {
    DefineAuthChallenge_Authentication: ({ session }) => decide(session as readonly Step[]),
    CreateAuthChallenge_Authentication() {
      const question = `question ${questions++}`;
      const answer = answerTo(question);
      return {
        publicChallengeParameters: { question },
        privateChallengeParameters: { answer },
        challengeMetadata: 'm',
      };
    },
    VerifyAuthChallengeResponse_Authentication: ({ privateChallengeParameters, challengeAnswer }) => ({
      answerCorrect: (privateChallengeParameters as Texts)['answer'] === challengeAnswer,
    }),
  };
  return {
    invoke: async (_, event) => ({ ...event, response: responses[event.triggerSource]?.(event.request) ?? {} }),
    send: async () => {},
  };
}

/** After the password, where the sign-in was begun with SRP. */
function decide(session: readonly Step[]): object {
  const [first, ...others] = session;
  if (first?.challengeName === 'SRP_A' && others.length === 0) return { challengeName: 'PASSWORD_VERIFIER' };
  const answers = session.filter(({ challengeName }) => challengeName === 'CUSTOM_CHALLENGE');
  const right = answers.filter(({ challengeResult }) => challengeResult).length;
  if (right >= rightAnswers) return { issueTokens: true };
  return answers.length - right > 2 ? { failAuthentication: true } : { challengeName: 'CUSTOM_CHALLENGE' };
}
