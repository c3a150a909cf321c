/** The two libraries that keep devices, unmodified, in pools that track them. */
import {
  AuthenticationDetails,
  CognitoRefreshToken,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
  type ICognitoStorage,
} from 'amazon-cognito-identity-js';
import { Amplify } from 'aws-amplify';
import {
  confirmSignIn,
  fetchAuthSession,
  fetchDevices,
  forgetDevice,
  rememberDevice,
  signIn,
  signOut,
} from 'aws-amplify/auth';
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito';
import { ConsoleLogger, sharedInMemoryStorage } from 'aws-amplify/utils';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { factorSettings, phone } from '../support/second-factors.ts';
import { ada, runningService } from './running-service.ts';

const running = runningService();
const { username, password } = ada;

interface Tracking {
  readonly ChallengeRequiredOnNewDevice: boolean;
  readonly DeviceOnlyRememberedOnUserPrompt: boolean;
}

const always: Tracking = { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false };
const optIn: Tracking = { ...always, DeviceOnlyRememberedOnUserPrompt: true };

/** Whoever signs in is sent a code, unless their device is remembered. */
async function aPlace(DeviceConfiguration: Tracking) {
  const { endpoint, aPool, aClient, aUser, call, outbox } = await running();
  const pool = await aPool({ DeviceConfiguration });
  const { id: clientId } = await aClient(pool);
  await aUser(pool, { username, password, attributes: { phone_number: phone, phone_number_verified: 'true' } });
  await call('SetUserPoolMfaConfig', { UserPoolId: pool.id, ...factorSettings('ON', 'SMS_MFA') });
  const isAda = { UserPoolId: pool.id, Username: username };
  return {
    endpoint,
    poolId: pool.id,
    clientId,
    codeForAda: () => outbox.codeFor({ poolId: pool.id, username }),
    async forgetAll() {
      const { Devices } = (await call('AdminListDevices', isAda)) as { Devices: { DeviceKey: string }[] };
      for (const { DeviceKey } of Devices) await call('AdminForgetDevice', { ...isAda, DeviceKey });
      return Devices.length;
    },
  };
}

function memory(): ICognitoStorage {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
  };
}

interface SignedIn {
  readonly session: CognitoUserSession;
  readonly wasAskedForCode: boolean;
  /** Whether the person has to say that the device shall be remembered. */
  readonly isUpToPerson: boolean;
}

describe('amazon-cognito-identity-js', () => {
  async function aPerson(tracking: Tracking) {
    const place = await aPlace(tracking);
    const Storage = memory();
    const Pool = new CognitoUserPool({
      UserPoolId: place.poolId,
      ClientId: place.clientId,
      endpoint: place.endpoint,
      Storage,
    });
    const person = () => new CognitoUser({ Username: username, Pool, Storage });
    const signInAs = (someone: CognitoUser): Promise<SignedIn> =>
      new Promise((resolve, onFailure) => {
        let wasAskedForCode = false;
        const onSuccess = (session: CognitoUserSession, necessary?: boolean) =>
          resolve({ session, wasAskedForCode, isUpToPerson: necessary === true });
        const mfaRequired = () => {
          wasAskedForCode = true;
          place.codeForAda().then((code) => someone.sendMFACode(code, { onSuccess, onFailure }), onFailure);
        };
        const details = new AuthenticationDetails({ Username: username, Password: password });
        someone.authenticateUser(details, { onSuccess, onFailure, mfaRequired });
      });
    return { ...place, person, signInAs };
  }

  test('confirms its device, and signs in with that instead of a code (auth-flows 46)', async () => {
    const { person, signInAs } = await aPerson(always);
    const first = await signInAs(person());
    expect(first).toMatchObject({ wasAskedForCode: true, isUpToPerson: false });
    const second = await signInAs(person());
    expect(second).toMatchObject({ wasAskedForCode: false });
    expect(second.session.getAccessToken().payload['device_key']).toBe(
      first.session.getAccessToken().payload['device_key'],
    );
  });

  test('leaves it to the person whether the device is remembered (auth-flows 47)', async () => {
    const { person, signInAs } = await aPerson(optIn);
    const someone = person();
    expect(await signInAs(someone)).toMatchObject({ wasAskedForCode: true, isUpToPerson: true });
    expect(await signInAs(person())).toMatchObject({ wasAskedForCode: true });
    await new Promise((onSuccess, onFailure) => someone.setDeviceStatusRemembered({ onSuccess, onFailure }));
    expect(await signInAs(person())).toMatchObject({ wasAskedForCode: false });
    await new Promise((onSuccess, onFailure) => someone.setDeviceStatusNotRemembered({ onSuccess, onFailure }));
    expect(await signInAs(person())).toMatchObject({ wasAskedForCode: true });
  });

  test('tries again by itself when its device was forgotten (auth-flows 48)', async () => {
    const { person, signInAs, forgetAll } = await aPerson(always);
    const first = await signInAs(person());
    expect(await forgetAll()).toBe(1);
    const second = await signInAs(person());
    expect(second.wasAskedForCode).toBe(true);
    expect(second.session.getAccessToken().payload['device_key']).not.toBe(
      first.session.getAccessToken().payload['device_key'],
    );
    expect(await signInAs(person())).toMatchObject({ wasAskedForCode: false });
  });

  test('refreshes with the key of its device (auth-flows 49)', async () => {
    const { person, signInAs } = await aPerson(always);
    const someone = person();
    const { session } = await signInAs(someone);
    const token = new CognitoRefreshToken({ RefreshToken: session.getRefreshToken().getToken() });
    const refresh = () =>
      new Promise<CognitoUserSession>((resolve, reject) => {
        someone.refreshSession(token, (error: Error | null, renewed: CognitoUserSession) =>
          error ? reject(error) : resolve(renewed),
        );
      });
    expect((await refresh()).isValid()).toBe(true);
  });
});

describe('aws-amplify', () => {
  async function aPerson(tracking: Tracking) {
    const place = await aPlace(tracking);
    const { poolId: userPoolId, clientId: userPoolClientId, endpoint: userPoolEndpoint } = place;
    Amplify.configure({ Auth: { Cognito: { userPoolId, userPoolClientId, userPoolEndpoint } } });
    cognitoUserPoolsTokenProvider.setKeyValueStorage(sharedInMemoryStorage);
    return {
      ...place,
      /** Whether a code was asked for. */
      async signInAgain(authFlowType: 'USER_SRP_AUTH' | 'USER_PASSWORD_AUTH' = 'USER_SRP_AUTH'): Promise<boolean> {
        const { isSignedIn, nextStep } = await signIn({ username, password, options: { authFlowType } });
        if (isSignedIn) return false;
        expect(nextStep.signInStep).toBe('CONFIRM_SIGN_IN_WITH_SMS_CODE');
        expect(await confirmSignIn({ challengeResponse: await place.codeForAda() })).toMatchObject({
          isSignedIn: true,
        });
        return true;
      },
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

  const keyOf = async (options?: { readonly forceRefresh: boolean }) =>
    (await fetchAuthSession(options)).tokens?.accessToken.payload['device_key'];

  test('confirms its device, and signs in with that instead of a code (auth-flows 46)', async () => {
    const { signInAgain } = await aPerson(always);
    expect(await signInAgain()).toBe(true);
    const key = await keyOf();
    expect(await fetchDevices()).toMatchObject([{ id: key, name: expect.any(String) }]);
    for (const flow of ['USER_SRP_AUTH', 'USER_PASSWORD_AUTH'] as const) {
      await signOut();
      expect(await signInAgain(flow)).toBe(false);
      expect(await keyOf()).toBe(key);
    }
  });

  test('leaves it to the person whether the device is remembered (auth-flows 47)', async () => {
    const { signInAgain } = await aPerson(optIn);
    expect(await signInAgain()).toBe(true);
    await signOut();
    expect(await signInAgain()).toBe(true);
    await rememberDevice();
    await signOut();
    expect(await signInAgain()).toBe(false);
  });

  test('tries again by itself when its device was forgotten (auth-flows 48)', async () => {
    const { signInAgain, forgetAll } = await aPerson(always);
    await signInAgain();
    const key = await keyOf();
    await signOut();
    expect(await forgetAll()).toBe(1);
    expect(await signInAgain()).toBe(true);
    expect(await keyOf()).not.toBe(key);
  });

  test('refreshes with the key of its device, until the person forgets it (auth-flows 49)', async () => {
    const { signInAgain } = await aPerson(always);
    await signInAgain();
    const key = await keyOf();
    expect(await keyOf({ forceRefresh: true })).toBe(key);
    await forgetDevice();
    expect((await fetchAuthSession({ forceRefresh: true })).tokens).toBeUndefined();
  });
});
