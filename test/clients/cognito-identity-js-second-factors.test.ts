/** amazon-cognito-identity-js: authenticator apps and text messages as second factors. */
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  CognitoUserSession,
  type IAuthenticationCallback,
} from 'amazon-cognito-identity-js';
import { describe, expect, test } from 'vitest';
import { everyPoolSetting } from '../support/every-setting.ts';
import { appCode, type FactorName, factorSettings, otherCode, phone, step } from '../support/second-factors.ts';
import { ada, runningService } from './running-service.ts';

const running = runningService();
const { username, password, email } = ada;
const { EmailConfiguration } = everyPoolSetting;

async function aPlace(mode: 'ON' | 'OPTIONAL', ...factors: readonly FactorName[]) {
  const { endpoint, aPool, aClient, aUser, call, outbox } = await running();
  const built = await aPool({ EmailConfiguration, AutoVerifiedAttributes: ['phone_number'] });
  const { id: ClientId } = await aClient(built);
  await call('SetUserPoolMfaConfig', { UserPoolId: built.id, ...factorSettings(mode, ...factors) });
  const attributes = { email, ...(factors.includes('SMS_MFA') && { phone_number: phone }) };
  const user = await aUser(built, { username, password, attributes });
  const Pool = new CognitoUserPool({ UserPoolId: built.id, ClientId, endpoint });
  return { person: new CognitoUser({ Username: username, Pool }), codeFor: () => outbox.codeFor(user) };
}

/** Which of the library's callbacks was called, and with what: a session, or the parameters of a challenge. */
interface Called {
  readonly by: string;
  readonly given: unknown;
}

const called = (ask: (callbacks: IAuthenticationCallback) => void): Promise<Called> =>
  new Promise((resolve, reject) => {
    const challenged = (by: string) => (_name: unknown, given: unknown) => resolve({ by, given });
    ask({
      onSuccess: (given) => resolve({ by: 'onSuccess', given }),
      onFailure: reject,
      mfaRequired: challenged('mfaRequired'),
      totpRequired: challenged('totpRequired'),
      mfaSetup: challenged('mfaSetup'),
      selectMFAType: challenged('selectMFAType'),
    });
  });

const begin = (person: CognitoUser): Promise<Called> =>
  called((callbacks) =>
    person.authenticateUser(new AuthenticationDetails({ Username: username, Password: password }), callbacks),
  );

const associate = (person: CognitoUser): Promise<string> =>
  new Promise((associateSecretCode, onFailure) => person.associateSoftwareToken({ associateSecretCode, onFailure }));

const verify = (person: CognitoUser, code: string): Promise<unknown> =>
  new Promise((onSuccess, onFailure) => person.verifySoftwareToken(code, 'telephone', { onSuccess, onFailure }));

const sendCode = (person: CognitoUser, code: string, type?: FactorName): Promise<Called> =>
  called((callbacks) => person.sendMFACode(code, callbacks, type));

const prefer = (person: CognitoUser, factor: 'sms' | 'app'): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const on = { Enabled: true, PreferredMfa: true };
    const done = (error?: Error, answer?: string) => (error ? reject(error) : resolve(answer));
    person.setUserMfaPreference(factor === 'sms' ? on : null, factor === 'app' ? on : null, done);
  });

describe('amazon-cognito-identity-js', () => {
  test('sets up an app and signs in with it (auth-flows 29)', async () => {
    const { person } = await aPlace('OPTIONAL', 'SOFTWARE_TOKEN_MFA');
    expect(await begin(person)).toMatchObject({ by: 'onSuccess' });
    const secret = await associate(person);
    expect(await verify(person, appCode(secret, Date.now()))).toMatchObject({ Status: 'SUCCESS' });
    expect(await prefer(person, 'app')).toBe('SUCCESS');
    expect(await begin(person)).toMatchObject({ by: 'totpRequired', given: { FRIENDLY_DEVICE_NAME: 'telephone' } });
    const code = appCode(secret, Date.now() + step);
    await expect(sendCode(person, otherCode(code), 'SOFTWARE_TOKEN_MFA')).rejects.toMatchObject({
      code: 'CodeMismatchException',
    });
    expect(await sendCode(person, code, 'SOFTWARE_TOKEN_MFA')).toMatchObject({ by: 'onSuccess' });
  });

  test('sets up an app where one is required, before there are tokens (auth-flows 22)', async () => {
    const { person } = await aPlace('ON', 'SOFTWARE_TOKEN_MFA');
    expect(await begin(person)).toMatchObject({ by: 'mfaSetup', given: { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]' } });
    const secret = await associate(person);
    const session = await verify(person, appCode(secret, Date.now()));
    expect(session).toBeInstanceOf(CognitoUserSession);
    expect(person.getSignInUserSession()?.isValid()).toBe(true);
    expect(await begin(person)).toMatchObject({ by: 'totpRequired' });
  });

  test('signs in with a text message (auth-flows 31)', async () => {
    const { person, codeFor } = await aPlace('OPTIONAL', 'SMS_MFA');
    expect(await begin(person)).toMatchObject({ by: 'onSuccess' });
    await prefer(person, 'sms');
    expect(await begin(person)).toMatchObject({ by: 'mfaRequired', given: { CODE_DELIVERY_DELIVERY_MEDIUM: 'SMS' } });
    const code = await codeFor();
    await expect(sendCode(person, otherCode(code))).rejects.toMatchObject({ code: 'CodeMismatchException' });
    const answer = await sendCode(person, code);
    expect(answer).toMatchObject({
      by: 'onSuccess',
      given: { idToken: { payload: { phone_number_verified: true } } },
    });
  });

  test('lets a person choose among several (auth-flows 26)', async () => {
    const { person, codeFor } = await aPlace('OPTIONAL', 'SMS_MFA', 'SOFTWARE_TOKEN_MFA');
    await begin(person);
    const secret = await associate(person);
    await verify(person, appCode(secret, Date.now()));
    const on = { Enabled: true, PreferredMfa: false };
    await new Promise((done) => person.setUserMfaPreference(on, on, done));
    expect(await begin(person)).toMatchObject({ by: 'selectMFAType' });
    const chosen = await called((callbacks) => {
      const { mfaRequired = () => {}, totpRequired = () => {}, ...rest } = callbacks;
      person.sendMFASelectionAnswer('SMS_MFA', { ...rest, mfaRequired, totpRequired });
    });
    expect(chosen).toMatchObject({ by: 'mfaRequired' });
    expect(await sendCode(person, await codeFor())).toMatchObject({ by: 'onSuccess' });
  });
});
