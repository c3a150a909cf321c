/** The service as `npm start` runs it, with functions of this process that ask one question in a custom sign-in. */
import { once } from 'node:events';
import { startMillpond } from '../bin/start-millpond.ts';
import { announcement } from '../lambdas/adapters/local/announce.ts';
import { readOptions } from '../lambdas/adapters/local/options.ts';
import { fromSaid } from '../lambdas/adapters/local/start-settings.ts';
import type { TriggerFunctions } from '../lambdas/adapters/triggers/module-triggers.ts';
import { functionArns } from './function-arns.ts';

interface CustomEvent {
  readonly request: {
    readonly session: readonly { readonly challengeResult: boolean }[];
    readonly privateChallengeParameters: Readonly<Record<string, string>>;
    readonly challengeAnswer: string;
  };
}

const answering = (decide: (request: CustomEvent['request']) => object) => async (event: CustomEvent) => ({
  ...event,
  response: decide(event.request),
});

const functions: TriggerFunctions = {
  [functionArns.DefineAuthChallenge]: answering(({ session }) => ({
    challengeName: 'CUSTOM_CHALLENGE',
    issueTokens: session.at(-1)?.challengeResult === true,
    failAuthentication: session.at(-1)?.challengeResult === false,
  })),
  [functionArns.CreateAuthChallenge]: answering(() => ({
    publicChallengeParameters: { question: 'Which word?' },
    privateChallengeParameters: { answer: 'this one' },
  })),
  [functionArns.VerifyAuthChallengeResponse]: answering(({ privateChallengeParameters, challengeAnswer }) => ({
    answerCorrect: privateChallengeParameters['answer'] === challengeAnswer,
  })),
};

const told = once(process, 'SIGTERM');
const options = fromSaid(readOptions(process.argv.slice(2), process.env));
const service = await startMillpond({ ...options, triggers: functions });
process.stdout.write(announcement(service));
await told;
await service.close();
process.exit();
