/** A service is stopped and started again on the same folder and port: to its clients, nothing has happened. */
import {
  type CognitoIdentityProviderClient,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  DescribeUserPoolClientCommand,
  ForgotPasswordCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  ListUsersCommand,
  RevokeTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect, test } from 'vitest';
import { type BuiltClient, builders, somePassword } from '../support/builders.ts';
import { clientOf } from '../support/load.ts';
import { signUp } from '../support/people.ts';
import { refused } from '../support/refused.ts';
import { servedMessages } from '../support/sent-messages.ts';
import { aDataFolder, serve } from '../support/served-process.ts';
import { type Tokens, tokensOf } from '../support/signing-in.ts';

const locked = 'NotAuthorizedException: Password attempts exceeded';

const start = (client: CognitoIdentityProviderClient, { id: ClientId }: BuiltClient) => ({
  byPassword: (USERNAME: string, PASSWORD = somePassword) =>
    client.send(
      new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME, PASSWORD } }),
    ),
  refresh: ({ refresh: REFRESH_TOKEN }: Tokens) =>
    client.send(
      new InitiateAuthCommand({ ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN } }),
    ),
  whoIs: ({ access: AccessToken }: Tokens) => client.send(new GetUserCommand({ AccessToken })),
});

test('Users, tokens, codes, revocations and lockouts survive a restart', async () => {
  const data = await aDataFolder();
  const first = await serve({ data });
  const { endpoint } = first;
  const client = clientOf(endpoint, 1);
  const { aPool, aClient, aUser } = builders(client);
  const pool = await aPool({ AutoVerifiedAttributes: ['email'] });
  const app = await aClient(pool);
  const { byPassword, refresh, whoIs } = start(client, app);
  const keysOf = async (): Promise<unknown> => (await fetch(`${endpoint}/${pool.id}/.well-known/jwks.json`)).json();

  await aUser(pool, { username: 'ada' });
  const tokens = tokensOf(await byPassword('ada'));
  const revoked = tokensOf(await byPassword('ada'));
  await client.send(new RevokeTokenCommand({ ClientId: app.id, Token: revoked.refresh }));

  await aUser(pool, { username: 'bob' });
  const signedOut = tokensOf(await byPassword('bob'));
  await client.send(new GlobalSignOutCommand({ AccessToken: signedOut.access }));

  await signUp(client, app, { username: 'cleo', attributes: { email: 'cleo@example.com' } });
  await aUser(pool, { username: 'dora', attributes: { email: 'dora@example.com', email_verified: 'true' } });
  await client.send(new ForgotPasswordCommand({ ClientId: app.id, Username: 'dora' }));

  await aUser(pool, { username: 'eve' });
  for (let guess = 0; guess < 5; guess += 1) await refused(byPassword('eve', 'Wrong-Horse-9'));
  const keys = await keysOf();

  expect(await first.end('SIGTERM')).toBe(0);
  const second = await serve({ data, port: Number(new URL(endpoint).port) });
  expect(second.endpoint).toBe(endpoint);

  expect((await whoIs(tokens)).Username).toBe('ada');
  expect((await refresh(tokens)).AuthenticationResult?.AccessToken).toBeDefined();
  expect(await refused(refresh(revoked))).toBe('NotAuthorizedException: Refresh Token has been revoked');
  expect(await refused(whoIs(revoked))).toBe('NotAuthorizedException: Access Token has been revoked');
  expect(await refused(whoIs(signedOut))).toBe('NotAuthorizedException: Access Token has been revoked');
  expect(await keysOf()).toEqual(keys);

  const outbox = servedMessages(endpoint);
  const codeOf = (username: string) => outbox.codeFor({ poolId: pool.id, username });
  const ConfirmationCode = await codeOf('cleo');
  await client.send(new ConfirmSignUpCommand({ ClientId: app.id, Username: 'cleo', ConfirmationCode }));
  await expect(byPassword('cleo')).resolves.toBeDefined();
  const reset = { ClientId: app.id, Username: 'dora', Password: 'Another-Horse-7' };
  await client.send(new ConfirmForgotPasswordCommand({ ...reset, ConfirmationCode: await codeOf('dora') }));
  await expect(byPassword('dora', 'Another-Horse-7')).resolves.toBeDefined();

  // On a busy machine the lock of the fifth failure has run out by now, and that of the sixth before the next guess; each is
  // twice as long as the one before. Who remembered no failure would refuse none of these guesses as too many.
  let answer = '';
  for (let guess = 0; guess < 4 && answer !== locked; guess += 1) {
    answer = await refused(byPassword('eve', 'Wrong-Horse-9'));
  }
  expect(answer).toBe(locked);

  const described = new DescribeUserPoolClientCommand({ UserPoolId: pool.id, ClientId: app.id });
  expect((await client.send(described)).UserPoolClient?.ExplicitAuthFlows).toEqual(app.ExplicitAuthFlows);
  const { Users = [] } = await client.send(new ListUsersCommand({ UserPoolId: pool.id }));
  expect(Users.map(({ Username }) => Username).sort()).toEqual(['ada', 'bob', 'cleo', 'dora', 'eve']);
  expect(second.complaints()).toBe('');
  expect(await second.end('SIGTERM')).toBe(0);
}, 60_000);
