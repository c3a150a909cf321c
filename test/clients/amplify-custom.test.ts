/** aws-amplify meets challenges that the pool's own functions pose. */
import { Amplify } from 'aws-amplify';
import { confirmSignIn, getCurrentUser, signIn, signOut } from 'aws-amplify/auth';
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito';
import { ConsoleLogger, sharedInMemoryStorage } from 'aws-amplify/utils';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { customTriggers, recorded, stepsOf } from '../support/custom-functions.ts';
import { ada, runningService } from './running-service.ts';

const { events, functions } = recorded({});
const running = runningService({ triggers: functions });
const { username, password } = ada;
const signInStep = 'CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE';

async function aPerson(): Promise<void> {
  const { endpoint, aPool, aClient, aUser } = await running();
  const pool = await aPool({ LambdaConfig: customTriggers });
  const { id: userPoolClientId } = await aClient(pool, { ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH'] });
  await aUser(pool, ada);
  Amplify.configure({ Auth: { Cognito: { userPoolId: pool.id, userPoolClientId, userPoolEndpoint: endpoint } } });
  cognitoUserPoolsTokenProvider.setKeyValueStorage(sharedInMemoryStorage);
}

type Step = Awaited<ReturnType<typeof signIn>>;

/** Until there is nothing more to answer. */
async function answerAll(begun: Step, answerTo: (question: string) => string): Promise<Step> {
  let step = begun;
  while (step.nextStep.signInStep === signInStep) {
    const { question = '' } = step.nextStep.additionalInfo ?? {};
    const options = { clientMetadata: { by: 'ada' } };
    step = await confirmSignIn({ challengeResponse: answerTo(question), options });
  }
  return step;
}

const right = (question: string) => `answer ${question}`;

describe('aws-amplify with CUSTOM_AUTH (auth-flows 50)', () => {
  beforeAll(() => {
    // It warns of every endpoint that is not Amazon's.
    ConsoleLogger.LOG_LEVEL = 'ERROR';
  });

  afterEach(async () => {
    await signOut();
    await sharedInMemoryStorage.clear();
  });

  test('answers three challenges without a password', async () => {
    await aPerson();
    const begun = await signIn({ username, options: { authFlowType: 'CUSTOM_WITHOUT_SRP' } });
    expect(begun).toMatchObject({ isSignedIn: false, nextStep: { signInStep } });
    expect(await answerAll(begun, right)).toMatchObject({ isSignedIn: true });
    expect((await getCurrentUser()).username).toBe(username);
    expect(events.at(-1)?.request.clientMetadata).toEqual({ by: 'ada' });
  });

  test('proves the password by SRP first', async () => {
    await aPerson();
    const begun = await signIn({ username, password, options: { authFlowType: 'CUSTOM_WITH_SRP' } });
    expect(begun).toMatchObject({ nextStep: { signInStep } });
    expect(await answerAll(begun, right)).toMatchObject({ isSignedIn: true });
    const [last] = events.slice(-1);
    expect(last && stepsOf(last)).toEqual([
      'SRP_A true',
      'PASSWORD_VERIFIER true',
      ...Array(3).fill('CUSTOM_CHALLENGE true'),
    ]);
  });

  test('is told when the password or the answers were wrong', async () => {
    await aPerson();
    const wrong = { name: 'NotAuthorizedException', message: 'Incorrect username or password.' };
    const options = { authFlowType: 'CUSTOM_WITH_SRP' } as const;
    await expect(signIn({ username, password: 'Wrong-1843', options })).rejects.toMatchObject(wrong);
    const begun = await signIn({ username, options: { authFlowType: 'CUSTOM_WITHOUT_SRP' } });
    await expect(answerAll(begun, () => 'no')).rejects.toMatchObject(wrong);
  });
});
