/** The AWS SDK for JavaScript over HTTP: a person's story from sign-up to sign-out, and errors as its classes. */
import {
  type AuthenticationResultType,
  CognitoIdentityProvider,
  NotAuthorizedException,
  PasswordResetRequiredException,
  paginateListUsers,
  ResourceNotFoundException,
  UserNotConfirmedException,
  UsernameExistsException,
  type UserType,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { exportedVariables } from './exported-variables.ts';
import { srpExchange } from './identity-js.ts';
import { ada, newPassword, runningService } from './running-service.ts';

const running = runningService();

/** With the SDK's own defaults, retries among them. */
async function anSdk(): Promise<CognitoIdentityProvider> {
  const { endpoint, millpond } = await running();
  const sdk = new CognitoIdentityProvider({
    endpoint,
    region: millpond.region,
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
  onTestFinished(() => sdk.destroy());
  return sdk;
}

interface Place {
  readonly sdk: CognitoIdentityProvider;
  readonly poolId: string;
  readonly ClientId: string;
}

async function aPlace(): Promise<Place> {
  const sdk = await anSdk();
  const { UserPool } = await sdk.createUserPool({ PoolName: 'people', AutoVerifiedAttributes: ['email'] });
  const { UserPoolClient } = await sdk.createUserPoolClient({
    UserPoolId: UserPool?.Id,
    ClientName: 'web',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  });
  return { sdk, poolId: String(UserPool?.Id), ClientId: String(UserPoolClient?.ClientId) };
}

async function codeFor({ poolId }: Place, username: string): Promise<string> {
  return (await running()).outbox.codeFor({ poolId, username });
}

const signUp = ({ sdk, ClientId }: Place) =>
  sdk.signUp({
    ClientId,
    Username: ada.username,
    Password: ada.password,
    UserAttributes: [{ Name: 'email', Value: ada.email }],
  });

async function confirm(place: Place): Promise<void> {
  const { sdk, ClientId } = place;
  await sdk.confirmSignUp({
    ClientId,
    Username: ada.username,
    ConfirmationCode: await codeFor(place, ada.username),
  });
}

async function signIn({ sdk, ClientId }: Place, password: string): Promise<AuthenticationResultType> {
  const AuthParameters = { USERNAME: ada.username, PASSWORD: password };
  const { AuthenticationResult } = await sdk.initiateAuth({
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters,
  });
  return AuthenticationResult ?? {};
}

async function signInWithSrp({ sdk, poolId, ClientId }: Place, password: string): Promise<AuthenticationResultType> {
  const { SRP_A, answer } = await srpExchange(poolId);
  const { ChallengeName, ChallengeParameters } = await sdk.initiateAuth({
    ClientId,
    AuthFlow: 'USER_SRP_AUTH',
    AuthParameters: { USERNAME: ada.username, SRP_A },
  });
  const ChallengeResponses = await answer(ChallengeParameters, password);
  const { AuthenticationResult } = await sdk.respondToAuthChallenge({ ClientId, ChallengeName, ChallengeResponses });
  return AuthenticationResult ?? {};
}

async function refresh({ sdk, ClientId }: Place, RefreshToken: string | undefined): Promise<AuthenticationResultType> {
  const { AuthenticationResult } = await sdk.getTokensFromRefreshToken({ ClientId, RefreshToken });
  return AuthenticationResult ?? {};
}

async function recover(place: Place): Promise<void> {
  const { sdk, ClientId } = place;
  await sdk.forgotPassword({ ClientId, Username: ada.username });
  await sdk.confirmForgotPassword({
    ClientId,
    Username: ada.username,
    Password: newPassword,
    ConfirmationCode: await codeFor(place, ada.username),
  });
}

describe('The AWS SDK for JavaScript', () => {
  test('goes with a person from sign-up to global sign-out', async () => {
    const place = await aPlace();
    const { sdk } = place;
    expect(await signUp(place)).toMatchObject({
      UserConfirmed: false,
      CodeDeliveryDetails: { Destination: 'a***@e***', DeliveryMedium: 'EMAIL', AttributeName: 'email' },
    });
    await expect(signIn(place, ada.password)).rejects.toThrow(UserNotConfirmedException);
    await confirm(place);

    expect(await signIn(place, ada.password)).toMatchObject({ TokenType: 'Bearer', ExpiresIn: 3600 });
    const { AccessToken, RefreshToken } = await signInWithSrp(place, ada.password);
    const { Username, UserAttributes } = await sdk.getUser({ AccessToken });
    expect(Username).toBe('ada');
    expect(UserAttributes).toContainEqual({ Name: 'email_verified', Value: 'true' });

    const renewed = await refresh(place, RefreshToken);
    expect(renewed).toEqual(expect.objectContaining({ AccessToken: expect.any(String), IdToken: expect.any(String) }));
    expect(renewed.RefreshToken).toBeUndefined();

    await recover(place);
    await expect(refresh(place, RefreshToken)).rejects.toThrow(NotAuthorizedException);
    await expect(signInWithSrp(place, ada.password)).rejects.toThrow(NotAuthorizedException);
    const tokens = await signInWithSrp(place, newPassword);

    await sdk.globalSignOut({ AccessToken: tokens.AccessToken });
    await expect(sdk.getUser({ AccessToken: tokens.AccessToken })).rejects.toThrow('Access Token has been revoked');
    await expect(refresh(place, tokens.RefreshToken)).rejects.toThrow('Refresh Token has been revoked');
  });

  test('has a refusal as its own class, with message, status and request id (auth-flows 2)', async () => {
    const place = await aPlace();
    await signUp(place);
    const refusal = await signIn(place, 'Wrong-1843').catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(NotAuthorizedException);
    expect(refusal).toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
      $fault: 'client',
      $metadata: { httpStatusCode: 400, requestId: expect.stringMatching(/^[\da-f-]{36}$/), attempts: 1 },
    });
  });

  test('tells the refusals of pools, names and states apart', async () => {
    const place = await aPlace();
    const { sdk, poolId: UserPoolId } = place;
    await signUp(place);
    await expect(signUp(place)).rejects.toThrow(UsernameExistsException);
    await expect(sdk.describeUserPool({ UserPoolId: 'us-east-1_Nowhere' })).rejects.toThrow(ResourceNotFoundException);
    await confirm(place);
    await sdk.adminResetUserPassword({ UserPoolId, Username: ada.username });
    await expect(signIn(place, ada.password)).rejects.toThrow(PasswordResetRequiredException);
  });

  test('reads times as dates, and empty bodies as answers (pools-and-users 7)', async () => {
    const { sdk, poolId: UserPoolId } = await aPlace();
    const { UserPool } = await sdk.describeUserPool({ UserPoolId });
    expect(Date.now() - Number(UserPool?.CreationDate)).toBeLessThan(60_000);
    expect(await sdk.deleteUserPool({ UserPoolId })).toEqual({ $metadata: expect.any(Object) });
  });

  test('goes through the pages of a list', async () => {
    const { sdk, poolId: UserPoolId } = await aPlace();
    const names = ['ada', 'bob', 'cyd', 'dan', 'eve'];
    await Promise.all(
      names.map((Username) => sdk.adminCreateUser({ UserPoolId, Username, MessageAction: 'SUPPRESS' })),
    );
    const pages: (readonly UserType[])[] = [];
    for await (const { Users = [] } of paginateListUsers({ client: sdk, pageSize: 2 }, { UserPoolId })) {
      pages.push(Users);
    }
    expect(pages.map(({ length }) => length)).toEqual([2, 2, 1]);
    expect(pages.flatMap((page) => page.map(({ Username }) => String(Username))).toSorted()).toEqual(names);
  });

  test('asks for no keys where a person acts', async () => {
    const { ClientId } = await aPlace();
    const { endpoint } = await running();
    const credentials = () => Promise.reject(new Error('There are no keys.'));
    const sdk = new CognitoIdentityProvider({ endpoint, region: 'us-east-1', credentials });
    onTestFinished(() => sdk.destroy());
    const { UserSub } = await sdk.signUp({ ClientId, Username: 'bob', Password: ada.password });
    expect(UserSub).toMatch(/^[\da-f-]{36}$/);
  });

  test('finds the service by what npm start exports', async () => {
    const { millpond } = await running();
    onTestFinished(() => void vi.unstubAllEnvs());
    for (const [name, value] of exportedVariables(millpond)) vi.stubEnv(name, value);
    const sdk = new CognitoIdentityProvider();
    onTestFinished(() => sdk.destroy());
    const { UserPool } = await sdk.createUserPool({ PoolName: 'people' });
    expect(UserPool?.Id).toMatch(new RegExp(`^${millpond.region}_`));
  });
});
