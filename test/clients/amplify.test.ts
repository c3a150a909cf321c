/** aws-amplify in Node.js, pointed at the service by `userPoolEndpoint`: a person's account from sign-up to sign-out. */
import { Amplify } from 'aws-amplify';
import {
  autoSignIn,
  confirmResetPassword,
  confirmSignIn,
  confirmSignUp,
  confirmUserAttribute,
  deleteUser,
  fetchAuthSession,
  fetchUserAttributes,
  getCurrentUser,
  resendSignUpCode,
  resetPassword,
  signIn,
  signOut,
  signUp,
  updatePassword,
  updateUserAttributes,
} from 'aws-amplify/auth';
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito';
import { ConsoleLogger, sharedInMemoryStorage } from 'aws-amplify/utils';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ada, newPassword, runningService } from './running-service.ts';

const running = runningService();
const { username, email, password } = ada;

interface Place {
  readonly codeFor: (username: string) => Promise<string>;
  readonly aUser: (user?: {
    readonly username?: string;
    readonly password?: string;
    readonly invited?: boolean;
  }) => Promise<void>;
  readonly signOutElsewhere: () => Promise<object>;
}

/** Amplify knows one pool at a time. */
async function aPlace(): Promise<Place> {
  const { endpoint, aPool, aClient, aUser, call, outbox } = await running();
  const { id: userPoolId } = await aPool({ AutoVerifiedAttributes: ['email'] });
  const { id: userPoolClientId } = await aClient({ id: userPoolId });
  Amplify.configure({ Auth: { Cognito: { userPoolId, userPoolClientId, userPoolEndpoint: endpoint } } });
  cognitoUserPoolsTokenProvider.setKeyValueStorage(sharedInMemoryStorage);
  return {
    codeFor: (username) => outbox.codeFor({ poolId: userPoolId, username }),
    async aUser(user) {
      const attributes = { email, email_verified: 'true' };
      await aUser({ id: userPoolId }, { username, password, attributes, ...user });
    },
    signOutElsewhere: () => call('AdminUserGlobalSignOut', { UserPoolId: userPoolId, Username: username }),
  };
}

const signUpAda = (autoSignIn = false) =>
  signUp({ username, password, options: { userAttributes: { email }, autoSignIn } });

async function accessToken(options?: { readonly forceRefresh: boolean }): Promise<string> {
  const { tokens } = await fetchAuthSession(options);
  return String(tokens?.accessToken);
}

beforeAll(() => {
  // It warns of every endpoint that is not Amazon's.
  ConsoleLogger.LOG_LEVEL = 'ERROR';
});

afterEach(async () => {
  await signOut();
  await sharedInMemoryStorage.clear();
});

describe('aws-amplify', () => {
  test('signs a person up, confirms them, and signs them in with SRP (auth-flows 8)', async () => {
    const { codeFor } = await aPlace();
    expect(await signUpAda()).toMatchObject({
      isSignUpComplete: false,
      nextStep: {
        signUpStep: 'CONFIRM_SIGN_UP',
        codeDeliveryDetails: { destination: 'a***@e***', deliveryMedium: 'EMAIL', attributeName: 'email' },
      },
    });
    const confirmationCode = await codeFor(username);
    expect(await confirmSignUp({ username, confirmationCode })).toMatchObject({ isSignUpComplete: true });
    expect(await signIn({ username, password })).toMatchObject({ isSignedIn: true });
    expect(await getCurrentUser()).toMatchObject({ username, signInDetails: { authFlowType: 'USER_SRP_AUTH' } });
  });

  test('signs in by itself after the confirmation', async () => {
    const { codeFor } = await aPlace();
    await signUpAda(true);
    await confirmSignUp({ username, confirmationCode: await codeFor(username) });
    expect(await autoSignIn()).toMatchObject({ isSignedIn: true });
  });

  test('asks whoever is not confirmed for the code', async () => {
    const { codeFor } = await aPlace();
    await signUpAda();
    expect(await signIn({ username, password })).toMatchObject({ nextStep: { signInStep: 'CONFIRM_SIGN_UP' } });
    expect(await resendSignUpCode({ username })).toMatchObject({ destination: 'a***@e***' });
    await confirmSignUp({ username, confirmationCode: await codeFor(username) });
    expect(await signIn({ username, password })).toMatchObject({ isSignedIn: true });
  });

  test('signs in with a plain password', async () => {
    const { aUser } = await aPlace();
    await aUser();
    const options = { authFlowType: 'USER_PASSWORD_AUTH' } as const;
    expect(await signIn({ username, password, options })).toMatchObject({ isSignedIn: true });
  });

  test('signs in people of any script by SRP (auth-flows 8 and 11)', async () => {
    const { aUser } = await aPlace();
    for (const [name, secret] of [
      ['Čapek', 'Pří-liš-žluťoučký-1'],
      ['紫式部', '源氏物語-Aa-54'],
      ['e\u0301mile', 'İstanbul-ﬁ-Aa-1'],
      ['😀', '👩‍👩‍👧‍👦-𝒳-Xx-9'],
    ] as const) {
      await aUser({ username: name, password: secret });
      await signIn({ username: name, password: secret });
      expect((await getCurrentUser()).username).toBe(name);
      await signOut();
    }
  });

  test('tells that a password is wrong', async () => {
    const { aUser } = await aPlace();
    await aUser();
    await expect(signIn({ username, password: 'Wrong-1843' })).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
    });
  });

  test('renews tokens when told to, and keeps the session', async () => {
    const { aUser } = await aPlace();
    await aUser();
    await signIn({ username, password });
    const first = await accessToken();
    expect(await accessToken()).toBe(first);
    const second = await accessToken({ forceRefresh: true });
    expect(second).not.toBe(first);
    expect(await accessToken({ forceRefresh: true })).not.toBe(second);
    expect(await fetchUserAttributes()).toMatchObject({ email, email_verified: 'true' });
  });

  test('renews tokens where refresh tokens rotate', async () => {
    const { endpoint, aPool, aClient, aUser } = await running();
    const pool = await aPool();
    const { id: userPoolClientId } = await aClient(pool, {
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'],
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
    });
    Amplify.configure({ Auth: { Cognito: { userPoolId: pool.id, userPoolClientId, userPoolEndpoint: endpoint } } });
    await aUser(pool, { username, password });
    await signIn({ username, password });
    const first = await accessToken({ forceRefresh: true });
    expect(await accessToken({ forceRefresh: true })).not.toBe(first);
    await signOut();
  });

  test('takes nobody for signed in whose tokens were revoked elsewhere', async () => {
    const { aUser, signOutElsewhere } = await aPlace();
    await aUser();
    await signIn({ username, password });
    await signOutElsewhere();
    expect((await fetchAuthSession({ forceRefresh: true })).tokens).toBeUndefined();
    await expect(getCurrentUser()).rejects.toMatchObject({ name: 'UserUnAuthenticatedException' });
  });

  test('changes attributes and verifies an address', async () => {
    const { aUser, codeFor } = await aPlace();
    await aUser();
    await signIn({ username, password });
    expect(
      await updateUserAttributes({ userAttributes: { email: 'countess@example.com', name: 'Ada' } }),
    ).toMatchObject({
      email: {
        isUpdated: false,
        nextStep: {
          updateAttributeStep: 'CONFIRM_ATTRIBUTE_WITH_CODE',
          codeDeliveryDetails: { destination: 'c***@e***' },
        },
      },
      name: { isUpdated: true, nextStep: { updateAttributeStep: 'DONE' } },
    });
    await confirmUserAttribute({ userAttributeKey: 'email', confirmationCode: await codeFor(username) });
    expect(await fetchUserAttributes()).toMatchObject({ email: 'countess@example.com', name: 'Ada' });
  });

  test('changes a password', async () => {
    const { aUser } = await aPlace();
    await aUser();
    await signIn({ username, password });
    await updatePassword({ oldPassword: password, newPassword });
    await signOut();
    expect(await signIn({ username, password: newPassword })).toMatchObject({ isSignedIn: true });
  });

  test('recovers a password', async () => {
    const { aUser, codeFor } = await aPlace();
    await aUser();
    expect(await resetPassword({ username })).toMatchObject({
      nextStep: {
        resetPasswordStep: 'CONFIRM_RESET_PASSWORD_WITH_CODE',
        codeDeliveryDetails: { destination: 'a***@e***' },
      },
    });
    await confirmResetPassword({ username, newPassword, confirmationCode: await codeFor(username) });
    expect(await signIn({ username, password: newPassword })).toMatchObject({ isSignedIn: true });
  });

  test('chooses a password in place of the temporary one', async () => {
    const { aUser } = await aPlace();
    await aUser({ invited: true });
    expect(await signIn({ username, password })).toMatchObject({
      nextStep: { signInStep: 'CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED' },
    });
    expect(await confirmSignIn({ challengeResponse: newPassword })).toMatchObject({ isSignedIn: true });
  });

  test('signs out everywhere', async () => {
    const { aUser } = await aPlace();
    await aUser();
    await signIn({ username, password });
    const { tokens } = await fetchAuthSession();
    await signOut({ global: true });
    await expect(getCurrentUser()).rejects.toMatchObject({ name: 'UserUnAuthenticatedException' });
    const { call } = await running();
    const later = call('GetUser', { AccessToken: String(tokens?.accessToken) });
    await expect(later).rejects.toThrow('Access Token has been revoked');
  });

  test('deletes the account', async () => {
    const { aUser } = await aPlace();
    await aUser();
    await signIn({ username, password });
    await deleteUser();
    await expect(signIn({ username, password })).rejects.toMatchObject({ name: 'UserNotFoundException' });
  });
});
