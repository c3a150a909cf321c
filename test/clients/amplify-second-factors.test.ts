/** aws-amplify in Node.js: authenticator apps, text messages and e-mail as second factors. */
import { Amplify } from 'aws-amplify';
import {
  confirmSignIn,
  fetchMFAPreference,
  fetchUserAttributes,
  setUpTOTP,
  signIn,
  signOut,
  updateMFAPreference,
  verifyTOTPSetup,
} from 'aws-amplify/auth';
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito';
import { ConsoleLogger, sharedInMemoryStorage } from 'aws-amplify/utils';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { everyPoolSetting } from '../support/every-setting.ts';
import { appCode, type FactorName, factorSettings, otherCode, phone, step } from '../support/second-factors.ts';
import { ada, runningService } from './running-service.ts';

const running = runningService();
const { username, email, password } = ada;
const { EmailConfiguration } = everyPoolSetting;

interface Wanted {
  readonly mode: 'ON' | 'OPTIONAL';
  readonly factors: readonly FactorName[];
  readonly attributes?: Readonly<Record<string, string>>;
}

async function aPlace({ mode, factors, attributes = { email, phone_number: phone } }: Wanted) {
  const { endpoint, aPool, aClient, aUser, call, outbox } = await running();
  const pool = await aPool({ EmailConfiguration, AutoVerifiedAttributes: ['email', 'phone_number'] });
  const { id: userPoolClientId } = await aClient(pool);
  await call('SetUserPoolMfaConfig', { UserPoolId: pool.id, ...factorSettings(mode, ...factors) });
  const user = await aUser(pool, { username, password, attributes });
  Amplify.configure({ Auth: { Cognito: { userPoolId: pool.id, userPoolClientId, userPoolEndpoint: endpoint } } });
  cognitoUserPoolsTokenProvider.setKeyValueStorage(sharedInMemoryStorage);
  return { codeFor: () => outbox.codeFor(user) };
}

const begin = async () => (await signIn({ username, password })).nextStep;
const answer = (challengeResponse: string) => confirmSignIn({ challengeResponse });

beforeAll(() => {
  // It warns of every endpoint that is not Amazon's.
  ConsoleLogger.LOG_LEVEL = 'ERROR';
});

afterEach(async () => {
  await signOut();
  await sharedInMemoryStorage.clear();
});

describe('aws-amplify', () => {
  test('sets up an app and signs in with it (auth-flows 29)', async () => {
    await aPlace({ mode: 'OPTIONAL', factors: ['SOFTWARE_TOKEN_MFA'] });
    expect(await begin()).toMatchObject({ signInStep: 'DONE' });
    const { sharedSecret } = await setUpTOTP();
    await verifyTOTPSetup({ code: appCode(sharedSecret, Date.now()) });
    expect(await fetchMFAPreference()).toEqual({});
    await updateMFAPreference({ totp: 'PREFERRED' });
    expect(await fetchMFAPreference()).toEqual({ enabled: ['TOTP'], preferred: 'TOTP' });
    await signOut();
    expect(await begin()).toMatchObject({ signInStep: 'CONFIRM_SIGN_IN_WITH_TOTP_CODE' });
    const code = appCode(sharedSecret, Date.now() + step);
    await expect(answer(otherCode(code))).rejects.toMatchObject({ name: 'CodeMismatchException' });
    expect(await answer(code)).toMatchObject({ isSignedIn: true });
  });

  test('sets up an app where one is required (auth-flows 22)', async () => {
    await aPlace({ mode: 'ON', factors: ['SOFTWARE_TOKEN_MFA'] });
    const next = await begin();
    if (next.signInStep !== 'CONTINUE_SIGN_IN_WITH_TOTP_SETUP') throw new Error(next.signInStep);
    const { sharedSecret } = next.totpSetupDetails;
    expect(await answer(appCode(sharedSecret, Date.now()))).toMatchObject({ isSignedIn: true });
    expect(await fetchMFAPreference()).toMatchObject({ enabled: ['TOTP'] });
  });

  test('sets up codes by e-mail where something is required (auth-flows 26)', async () => {
    const { codeFor } = await aPlace({ mode: 'ON', factors: ['SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'], attributes: {} });
    expect(await begin()).toMatchObject({ signInStep: 'CONTINUE_SIGN_IN_WITH_MFA_SETUP_SELECTION' });
    expect((await answer('EMAIL')).nextStep).toMatchObject({ signInStep: 'CONTINUE_SIGN_IN_WITH_EMAIL_SETUP' });
    expect((await answer(email)).nextStep).toMatchObject({ signInStep: 'CONFIRM_SIGN_IN_WITH_EMAIL_CODE' });
    expect(await answer(await codeFor())).toMatchObject({ isSignedIn: true });
    expect(await fetchUserAttributes()).toMatchObject({ email, email_verified: 'true' });
  });

  test('signs in with a text message (auth-flows 31)', async () => {
    const { codeFor } = await aPlace({ mode: 'OPTIONAL', factors: ['SMS_MFA'] });
    await begin();
    await updateMFAPreference({ sms: 'ENABLED' });
    await signOut();
    expect(await begin()).toMatchObject({
      signInStep: 'CONFIRM_SIGN_IN_WITH_SMS_CODE',
      codeDeliveryDetails: { deliveryMedium: 'SMS', destination: '+*******4114' },
    });
    expect(await answer(await codeFor())).toMatchObject({ isSignedIn: true });
    expect(await fetchUserAttributes()).toMatchObject({ phone_number_verified: 'true' });
  });

  test('lets a person choose among several (auth-flows 26)', async () => {
    const { codeFor } = await aPlace({ mode: 'OPTIONAL', factors: ['SMS_MFA', 'EMAIL_OTP'] });
    await begin();
    await updateMFAPreference({ sms: 'ENABLED', email: 'ENABLED' });
    await signOut();
    expect(await begin()).toMatchObject({
      signInStep: 'CONTINUE_SIGN_IN_WITH_MFA_SELECTION',
      allowedMFATypes: ['SMS', 'EMAIL'],
    });
    expect((await answer('EMAIL')).nextStep).toMatchObject({ signInStep: 'CONFIRM_SIGN_IN_WITH_EMAIL_CODE' });
    expect(await answer(await codeFor())).toMatchObject({ isSignedIn: true });
  });
});
