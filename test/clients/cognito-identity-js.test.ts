/** amazon-cognito-identity-js: what a person does through it, from sign-up to sign-out everywhere. */
import {
  AuthenticationDetails,
  CognitoRefreshToken,
  CognitoUser,
  CognitoUserAttribute,
  CognitoUserPool,
  type CognitoUserSession,
  type ICognitoStorage,
} from 'amazon-cognito-identity-js';
import { describe, expect, test } from 'vitest';
import { ada, newPassword, runningService } from './running-service.ts';

const running = runningService();

interface Place {
  readonly pool: CognitoUserPool;
  readonly Storage: ICognitoStorage;
  readonly codeFor: (username: string) => Promise<string>;
  readonly aUser: (user?: { readonly invited: boolean }) => Promise<void>;
  readonly tokensFor: (token: CognitoRefreshToken) => Promise<object>;
}

async function aPlace(): Promise<Place> {
  const { endpoint, aPool, aClient, aUser, call, outbox } = await running();
  const built = await aPool({ AutoVerifiedAttributes: ['email'] });
  const { id: ClientId } = await aClient(built);
  const Storage = memory();
  const { username, email, password } = ada;
  return {
    pool: new CognitoUserPool({ UserPoolId: built.id, ClientId, endpoint, Storage }),
    Storage,
    codeFor: (username) => outbox.codeFor({ poolId: built.id, username }),
    tokensFor: (token) => call('GetTokensFromRefreshToken', { ClientId, RefreshToken: token.getToken() }),
    async aUser(user) {
      await aUser(built, { username, password, attributes: { email, email_verified: 'true' }, ...user });
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

const personOf = ({ pool, Storage }: Place): CognitoUser =>
  new CognitoUser({ Username: ada.username, Pool: pool, Storage });

/** The library's own callbacks, as a promise. */
function asked<T>(ask: (callback: (error: Error | null | undefined, answer?: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    // Where there is no error, there is an answer.
    ask((error, answer) => (error ? reject(error) : resolve(answer as T)));
  });
}

const signUp = ({ pool }: Place) => {
  const attributes = [new CognitoUserAttribute({ Name: 'email', Value: ada.email })];
  return asked<{ readonly userConfirmed: boolean }>((done) =>
    pool.signUp(ada.username, ada.password, attributes, [], done),
  );
};

function signIn(person: CognitoUser, password: string = ada.password): Promise<CognitoUserSession> {
  const details = new AuthenticationDetails({ Username: ada.username, Password: password });
  return new Promise((onSuccess, onFailure) => {
    person.authenticateUser(details, { onSuccess, onFailure });
  });
}

const readAttributes = (person: CognitoUser) => asked<CognitoUserAttribute[]>((done) => person.getUserAttributes(done));

const refresh = (person: CognitoUser, RefreshToken: string) =>
  asked<CognitoUserSession>((done) => person.refreshSession(new CognitoRefreshToken({ RefreshToken }), done));

const changePassword = (person: CognitoUser, from: string, to: string) =>
  asked<string>((done) => person.changePassword(from, to, done));

describe('amazon-cognito-identity-js', () => {
  test('signs a person up and confirms them', async () => {
    const place = await aPlace();
    expect(await signUp(place)).toMatchObject({ userConfirmed: false });
    const person = personOf(place);
    await expect(signIn(person)).rejects.toMatchObject({ code: 'UserNotConfirmedException' });
    const code = await place.codeFor(ada.username);
    expect(await asked((done) => person.confirmRegistration(code, false, done))).toBe('SUCCESS');
    expect((await signIn(person)).isValid()).toBe(true);
  });

  test('sends a confirmation code again', async () => {
    const place = await aPlace();
    await signUp(place);
    const person = personOf(place);
    const answer = await asked((done) => person.resendConfirmationCode(done));
    expect(answer).toMatchObject({ CodeDeliveryDetails: { Destination: 'a***@e***' } });
    const code = await place.codeFor(ada.username);
    expect(await asked((done) => person.confirmRegistration(code, false, done))).toBe('SUCCESS');
  });

  test('signs in with SRP and reads the tokens (auth-flows 8)', async () => {
    const place = await aPlace();
    await place.aUser();
    const session = await signIn(personOf(place));
    expect(session.getIdToken().payload).toMatchObject({
      'cognito:username': 'ada',
      email: ada.email,
      token_use: 'id',
    });
    expect(session.getAccessToken().payload).toMatchObject({ username: 'ada', scope: 'aws.cognito.signin.user.admin' });
  });

  test('signs in with a plain password', async () => {
    const place = await aPlace();
    await place.aUser();
    const person = personOf(place);
    person.setAuthenticationFlowType('USER_PASSWORD_AUTH');
    expect((await signIn(person)).isValid()).toBe(true);
  });

  test('tells that a password is wrong', async () => {
    const place = await aPlace();
    await place.aUser();
    await expect(signIn(personOf(place), 'Wrong-1843')).rejects.toMatchObject({
      code: 'NotAuthorizedException',
      name: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
    });
  });

  test('keeps a session, and renews it with the refresh token', async () => {
    const place = await aPlace();
    await place.aUser();
    const session = await signIn(personOf(place));
    const returning = place.pool.getCurrentUser();
    if (returning === null) throw new Error('Nobody is signed in.');
    const kept = await asked<CognitoUserSession>((done) => returning.getSession(done));
    expect(kept.getAccessToken().getJwtToken()).toBe(session.getAccessToken().getJwtToken());
    const renewed = await refresh(returning, kept.getRefreshToken().getToken());
    expect(renewed.getAccessToken().getJwtToken()).not.toBe(session.getAccessToken().getJwtToken());
    expect(renewed.getRefreshToken().getToken()).toBe(session.getRefreshToken().getToken());
    expect(await readAttributes(returning)).toContainEqual({ Name: 'email', Value: ada.email });
  });

  test('signs out one session with its refresh token', async () => {
    const place = await aPlace();
    await place.aUser();
    const [here, elsewhere] = [personOf(place), personOf(place)];
    const session = await signIn(here);
    const other = await signIn(elsewhere);
    await new Promise<void>((done) => here.signOut(done));
    expect(place.pool.getCurrentUser()).toBeNull();
    // Not by `refreshSession`, which asks for seconds before it believes a refusal.
    await expect(place.tokensFor(session.getRefreshToken())).rejects.toThrow('Refresh Token has been revoked');
    expect((await refresh(elsewhere, other.getRefreshToken().getToken())).isValid()).toBe(true);
  });

  test('signs out every session', async () => {
    const place = await aPlace();
    await place.aUser();
    const [here, elsewhere] = [personOf(place), personOf(place)];
    await signIn(elsewhere);
    await signIn(here);
    await new Promise((onSuccess, onFailure) => here.globalSignOut({ onSuccess, onFailure }));
    await expect(readAttributes(elsewhere)).rejects.toThrow('Access Token has been revoked');
  });

  test('recovers a password', async () => {
    const place = await aPlace();
    await place.aUser();
    const person = personOf(place);
    await new Promise((onSuccess, onFailure) => person.forgotPassword({ onSuccess, onFailure }));
    const code = await place.codeFor(ada.username);
    const recovered = new Promise((onSuccess, onFailure) =>
      person.confirmPassword(code, newPassword, { onSuccess, onFailure }),
    );
    expect(await recovered).toBe('SUCCESS');
    expect((await signIn(person, newPassword)).isValid()).toBe(true);
  });

  test('changes a password', async () => {
    const place = await aPlace();
    await place.aUser();
    const person = personOf(place);
    await signIn(person);
    expect(await changePassword(person, ada.password, newPassword)).toBe('SUCCESS');
    await expect(signIn(person)).rejects.toMatchObject({ code: 'NotAuthorizedException' });
    expect((await signIn(person, newPassword)).isValid()).toBe(true);
  });

  test('chooses a password in place of the temporary one', async () => {
    const place = await aPlace();
    await place.aUser({ invited: true });
    const person = personOf(place);
    const details = new AuthenticationDetails({ Username: ada.username, Password: ada.password });
    const session = new Promise<CognitoUserSession>((onSuccess, onFailure) => {
      const newPasswordRequired = (attributes: object, required: readonly string[]) => {
        expect(attributes).toEqual({ email: ada.email, email_verified: 'true' });
        expect(required).toEqual([]);
        person.completeNewPasswordChallenge(newPassword, { nickname: 'Ada' }, { onSuccess, onFailure });
      };
      person.authenticateUser(details, { onSuccess, onFailure, newPasswordRequired });
    });
    expect((await session).getIdToken().payload).toMatchObject({ nickname: 'Ada' });
  });

  test('signs in with an address by SRP, with another one after it changed (auth-flows 9)', async () => {
    const { endpoint, aPool, aClient, aUser, call } = await running();
    const built = await aPool({ UsernameAttributes: ['email'] });
    const { id: ClientId } = await aClient(built);
    const { username: Username } = await aUser(built, { username: ada.email, password: ada.password });
    const Pool = new CognitoUserPool({ UserPoolId: built.id, ClientId, endpoint, Storage: memory() });
    const nameBehind = async (address: string) => {
      const person = new CognitoUser({ Username: address, Pool, Storage: memory() });
      await signIn(person);
      return person.getUsername();
    };
    expect(await nameBehind(ada.email)).toBe(Username);
    await call('AdminUpdateUserAttributes', {
      UserPoolId: built.id,
      Username,
      UserAttributes: [
        { Name: 'email', Value: 'countess@example.com' },
        { Name: 'email_verified', Value: 'true' },
      ],
    });
    expect(await nameBehind('countess@example.com')).toBe(Username);
    await expect(nameBehind(ada.email)).rejects.toMatchObject({ code: 'UserNotFoundException' });
  });

  test('changes attributes, verifies an address, and deletes the account', async () => {
    const place = await aPlace();
    await place.aUser();
    const person = personOf(place);
    await signIn(person);
    const email = new CognitoUserAttribute({ Name: 'email', Value: 'countess@example.com' });
    expect(await asked((done) => person.updateAttributes([email], done))).toBe('SUCCESS');
    const code = await place.codeFor(ada.username);
    await new Promise((onSuccess, onFailure) => person.verifyAttribute('email', code, { onSuccess, onFailure }));
    expect(await readAttributes(person)).toContainEqual({ Name: 'email_verified', Value: 'true' });
    expect(await asked((done) => person.deleteUser(done))).toBe('SUCCESS');
    await expect(signIn(person)).rejects.toMatchObject({ code: 'UserNotFoundException' });
  });
});
