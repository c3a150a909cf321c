/** aws-amplify in Node.js, where people choose how they sign in. */
import { Amplify } from 'aws-amplify';
import { autoSignIn, confirmSignIn, confirmSignUp, getCurrentUser, signIn, signOut, signUp } from 'aws-amplify/auth';
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito';
import { ConsoleLogger, sharedInMemoryStorage } from 'aws-amplify/utils';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { choosing, firstFactors } from '../support/choosing.ts';
import { ada, runningService } from './running-service.ts';

const running = runningService();
const { username, email, password } = ada;
const phone_number = '+12065559934';
const authFlowType = 'USER_AUTH';

async function aPlace() {
  const { endpoint, aPool, aClient, aUser, outbox } = await running();
  const pool = await aPool({
    AutoVerifiedAttributes: ['email'],
    ...firstFactors('PASSWORD', 'EMAIL_OTP', 'SMS_OTP'),
  });
  const { id: userPoolClientId } = await aClient(pool, choosing);
  Amplify.configure({ Auth: { Cognito: { userPoolId: pool.id, userPoolClientId, userPoolEndpoint: endpoint } } });
  cognitoUserPoolsTokenProvider.setKeyValueStorage(sharedInMemoryStorage);
  return {
    code: () => outbox.codeFor({ poolId: pool.id, username }),
    anAccount: () =>
      aUser(pool, {
        username,
        password,
        attributes: { email, email_verified: 'true', phone_number, phone_number_verified: 'true' },
      }),
  };
}

beforeAll(() => {
  // It warns of every endpoint that is not Amazon's.
  ConsoleLogger.LOG_LEVEL = 'ERROR';
});

afterEach(async () => {
  await signOut();
  await sharedInMemoryStorage.clear();
});

describe('aws-amplify, by USER_AUTH', () => {
  test.each([
    ['EMAIL_OTP', 'CONFIRM_SIGN_IN_WITH_EMAIL_CODE', 'a***@e***'],
    ['SMS_OTP', 'CONFIRM_SIGN_IN_WITH_SMS_CODE', '+*******9934'],
  ] as const)('signs in with a code of %s (auth-flows 32)', async (preferredChallenge, signInStep, destination) => {
    const { anAccount, code } = await aPlace();
    await anAccount();
    expect(await signIn({ username, options: { authFlowType, preferredChallenge } })).toMatchObject({
      nextStep: { signInStep, codeDeliveryDetails: { destination } },
    });
    await expect(confirmSignIn({ challengeResponse: '00000000' })).rejects.toMatchObject({
      name: 'CodeMismatchException',
    });
    expect(await confirmSignIn({ challengeResponse: await code() })).toMatchObject({ isSignedIn: true });
    expect((await getCurrentUser()).username).toBe(username);
  });

  test.each(['PASSWORD', 'PASSWORD_SRP'] as const)(
    'signs in with %s at once (auth-flows 32)',
    async (preferredChallenge) => {
      const { anAccount } = await aPlace();
      await anAccount();
      const options = { authFlowType, preferredChallenge } as const;
      expect(await signIn({ username, password, options })).toMatchObject({ isSignedIn: true });
    },
  );

  test.each(['PASSWORD', 'PASSWORD_SRP', 'EMAIL_OTP'])('lets people select %s (auth-flows 32)', async (choice) => {
    const { anAccount, code } = await aPlace();
    await anAccount();
    expect(await signIn({ username, options: { authFlowType } })).toMatchObject({
      nextStep: {
        signInStep: 'CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION',
        availableChallenges: ['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP', 'SMS_OTP'],
      },
    });
    await confirmSignIn({ challengeResponse: choice });
    const challengeResponse = choice === 'EMAIL_OTP' ? await code() : password;
    expect(await confirmSignIn({ challengeResponse })).toMatchObject({ isSignedIn: true });
  });

  test('signs in by itself after the confirmation, without a second code (auth-flows 34)', async () => {
    const { code } = await aPlace();
    await signUp({ username, options: { userAttributes: { email }, autoSignIn: { authFlowType } } });
    expect(await confirmSignUp({ username, confirmationCode: await code() })).toMatchObject({
      nextStep: { signUpStep: 'COMPLETE_AUTO_SIGN_IN' },
    });
    expect(await autoSignIn()).toMatchObject({ isSignedIn: true });
  });
});
