/** The life of a pool, told by real clients: made, signed up to, signed in to, verified, left and deleted. */
import { strict as assert } from 'node:assert';
import {
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  AdminGetUserCommand,
  type AuthenticationResultType,
  CognitoIdentityProviderClient,
  type CognitoIdentityProviderClientConfig,
  ConfirmSignUpCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
  DescribeUserPoolCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  ListUsersCommand,
  RespondToAuthChallengeCommand,
  RevokeTokenCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { JwtVerifier } from 'aws-jwt-verify';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose';
import { srpClient } from '../support/srp-client.ts';

export interface Surroundings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: NonNullable<CognitoIdentityProviderClientConfig['credentials']>;
  /** The code that was sent to somebody; where it cannot be read, an administrator confirms the sign-up. */
  readonly readCode?: ((addressee: Addressee) => Promise<string | undefined>) | undefined;
  /** For an endpoint whose certificate is known to nobody else. */
  readonly requestHandler?: CognitoIdentityProviderClientConfig['requestHandler'];
  readonly fetch?: typeof fetch | undefined;
  /** What else is to be tried while somebody can sign in; answers what it did. */
  readonly others?: readonly ((place: SignInPlace) => Promise<string>)[] | undefined;
  /** Hears of each step that has been taken. */
  readonly report?: ((step: string) => void) | undefined;
}

export interface Addressee {
  readonly poolId: string;
  readonly username: string;
  readonly email: string;
}

export interface SignInPlace {
  readonly poolId: string;
  readonly clientId: string;
  readonly username: string;
  readonly password: string;
}

export interface Told {
  /** Of the pool, which is deleted by then; its rows may still be there. */
  readonly poolId: string;
}

const password = 'Correct-horse-7-battery';

/** Rejects at the first step that does not go as it should; the pool is deleted in any case. */
export async function tellStory(around: Surroundings): Promise<Told> {
  const { report = () => {} } = around;
  const admin = clientOf(around, { credentials: around.credentials });
  const person = clientOf(around, { credentials: undefined });
  const { poolId, issuer } = await makePool(admin, around);
  report(`made the pool ${poolId}`);
  try {
    const app: App = { ...around, admin, person, report, poolId, issuer, clientId: await makeClient(admin, poolId) };
    await signUp(app);
    await invite(app);
    const tokens = await signInByPassword(app);
    await verify(app, tokens);
    await signInBySrp(app);
    await signInOtherwise(app);
    await refreshAndRevoke(app, tokens);
    await signOutEverywhere(app);
  } finally {
    await admin.send(new DeleteUserPoolCommand({ UserPoolId: poolId }));
    report('deleted the pool');
  }
  await rejects(admin.send(new DescribeUserPoolCommand({ UserPoolId: poolId })), 'ResourceNotFoundException');
  await refuseUnsigned(around);
  return { poolId };
}

interface App extends Surroundings {
  readonly admin: CognitoIdentityProviderClient;
  /** Signs nothing. */
  readonly person: CognitoIdentityProviderClient;
  readonly report: (step: string) => void;
  readonly poolId: string;
  readonly issuer: string;
  readonly clientId: string;
}

const clientOf = (
  { endpoint, region, requestHandler }: Surroundings,
  { credentials }: { readonly credentials: Surroundings['credentials'] | undefined },
): CognitoIdentityProviderClient =>
  new CognitoIdentityProviderClient({
    endpoint,
    region,
    maxAttempts: 2,
    // Operations of people need none; their clients may hold some all the same.
    credentials: credentials ?? { accessKeyId: 'AKIDNOBODY', secretAccessKey: 'of nobody' },
    ...(requestHandler !== undefined && { requestHandler }),
  });

async function makePool(admin: CognitoIdentityProviderClient, { endpoint }: Surroundings) {
  const { UserPool } = await admin.send(
    new CreateUserPoolCommand({
      PoolName: 'smoke',
      AutoVerifiedAttributes: ['email'],
      Policies: { PasswordPolicy: { MinimumLength: 10 } },
    }),
  );
  const poolId = required(UserPool?.Id, 'id of the pool');
  return { poolId, issuer: `${endpoint}/${poolId}` };
}

async function makeClient(admin: CognitoIdentityProviderClient, poolId: string): Promise<string> {
  const { UserPoolClient } = await admin.send(
    new CreateUserPoolClientCommand({
      UserPoolId: poolId,
      ClientName: 'app',
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    }),
  );
  return required(UserPoolClient?.ClientId, 'id of the client');
}

async function signUp(app: App): Promise<void> {
  const { person, admin, poolId, clientId: ClientId, readCode, report } = app;
  // A deployment may really send it: SES delivers to this address at once, and nobody has it.
  const [Username, email] = ['ada', 'success+ada@simulator.amazonses.com'];
  await person.send(
    new SignUpCommand({ ClientId, Username, Password: password, UserAttributes: [{ Name: 'email', Value: email }] }),
  );
  const code = await readCode?.({ poolId, username: Username, email });
  if (code === undefined) {
    await admin.send(new AdminConfirmSignUpCommand({ UserPoolId: poolId, Username }));
  } else {
    const wrong = code === '000000' ? '000001' : '000000';
    await rejects(
      person.send(new ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode: wrong })),
      'CodeMismatchException',
    );
    await person.send(new ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode: code }));
  }
  const { UserStatus } = await admin.send(new AdminGetUserCommand({ UserPoolId: poolId, Username }));
  assert.equal(UserStatus, 'CONFIRMED');
  report('signed somebody up');
}

async function invite({ admin, poolId, report }: App): Promise<void> {
  const { User } = await admin.send(
    new AdminCreateUserCommand({ UserPoolId: poolId, Username: 'grace', MessageAction: 'SUPPRESS' }),
  );
  assert.equal(User?.UserStatus, 'FORCE_CHANGE_PASSWORD');
  const { Users = [] } = await admin.send(new ListUsersCommand({ UserPoolId: poolId }));
  assert.deepEqual(Users.map(({ Username }) => Username).toSorted(), ['ada', 'grace']);
  report('invited somebody else');
}

async function signInByPassword({ person, clientId: ClientId, report }: App): Promise<Tokens> {
  const signIn = (PASSWORD: string) =>
    person.send(
      new InitiateAuthCommand({
        ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: 'ada', PASSWORD },
      }),
    );
  await rejects(signIn(`${password}!`), 'NotAuthorizedException');
  const { AuthenticationResult } = await signIn(password);
  report('signed in by password');
  return tokensOf(AuthenticationResult);
}

async function signInBySrp({ person, clientId: ClientId, poolId, report }: App): Promise<Tokens> {
  const srp = srpClient();
  const { ChallengeName, ChallengeParameters = {} } = await person.send(
    new InitiateAuthCommand({
      ClientId,
      AuthFlow: 'USER_SRP_AUTH',
      AuthParameters: { USERNAME: 'ada', SRP_A: srp.publicValue },
    }),
  );
  assert.equal(ChallengeName, 'PASSWORD_VERIFIER');
  const { AuthenticationResult } = await person.send(
    new RespondToAuthChallengeCommand({
      ClientId,
      ChallengeName,
      ChallengeResponses: srp.answer(ChallengeParameters, { poolId, password, at: Date.now() }),
    }),
  );
  report('signed in by SRP');
  return tokensOf(AuthenticationResult);
}

async function signInOtherwise({ others = [], poolId, clientId, report }: App): Promise<void> {
  for (const other of others) report(await other({ poolId, clientId, username: 'ada', password }));
}

/** The documents of the pool are all that a verifier is given. */
async function verify({ person, issuer, clientId, report, ...around }: App, tokens: Tokens): Promise<void> {
  const fetched = around.fetch ?? fetch;
  const discovery = await readJson(fetched, `${issuer}/.well-known/openid-configuration`);
  assert.equal(discovery['issuer'], issuer);
  const jwksUri = String(discovery['jwks_uri']);
  const keys = createRemoteJWKSet(new URL(jwksUri), { [customFetch]: (url, init) => fetched(url, init) });
  const { payload } = await jwtVerify(tokens.id, keys, { issuer, audience: clientId });
  assert.equal(payload['cognito:username'], 'ada');
  const jwksCache = new SimpleJwksCache({
    fetcher: { fetch: async (uri) => await (await fetched(uri)).arrayBuffer() },
  });
  const verifier = JwtVerifier.create({ issuer, jwksUri, audience: null }, { jwksCache });
  assert.equal((await verifier.verify(tokens.access))['client_id'], clientId);
  const { Username } = await person.send(new GetUserCommand({ AccessToken: tokens.access }));
  assert.equal(Username, 'ada');
  report('verified the tokens');
}

async function refreshAndRevoke({ person, clientId: ClientId, report }: App, tokens: Tokens): Promise<void> {
  const refresh = (token: string) =>
    person.send(
      new InitiateAuthCommand({ ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN: token } }),
    );
  const { AuthenticationResult } = await refresh(tokens.refresh);
  const renewed = required(AuthenticationResult?.AccessToken, 'access token');
  const again = await person.send(new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken: tokens.refresh }));
  required(again.AuthenticationResult?.AccessToken, 'access token');
  await person.send(new RevokeTokenCommand({ ClientId, Token: tokens.refresh }));
  await rejects(refresh(tokens.refresh), 'NotAuthorizedException');
  await rejects(person.send(new GetUserCommand({ AccessToken: renewed })), 'NotAuthorizedException');
  report('refreshed and revoked');
}

async function signOutEverywhere(app: App): Promise<void> {
  const { person, report } = app;
  const { access } = await signInByPassword({ ...app, report: () => {} });
  await person.send(new GlobalSignOutCommand({ AccessToken: access }));
  await rejects(person.send(new GetUserCommand({ AccessToken: access })), 'NotAuthorizedException');
  report('signed out everywhere');
}

async function refuseUnsigned({ endpoint, report = () => {}, ...around }: Surroundings): Promise<void> {
  const answer = await (around.fetch ?? fetch)(`${endpoint}/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.ListUserPools',
    },
    body: '{"MaxResults":1}',
  });
  assert.equal(answer.status, 400);
  assert.equal(((await answer.json()) as { __type?: unknown }).__type, 'MissingAuthenticationTokenException');
  report('was refused without a signature');
}

interface Tokens {
  readonly id: string;
  readonly access: string;
  readonly refresh: string;
}

const tokensOf = (result: AuthenticationResultType | undefined): Tokens => ({
  id: required(result?.IdToken, 'id token'),
  access: required(result?.AccessToken, 'access token'),
  refresh: required(result?.RefreshToken, 'refresh token'),
});

async function readJson(fetched: typeof fetch, url: string): Promise<Readonly<Record<string, unknown>>> {
  const answer = await fetched(url);
  assert.equal(answer.status, 200, url);
  // Documents of discovery are objects.
  return (await answer.json()) as Record<string, unknown>;
}

const rejects = (call: Promise<unknown>, name: string): Promise<void> => assert.rejects(call, { name });

function required(found: string | undefined, what: string): string {
  assert.ok(found, `The answer lacks the ${what}`);
  return found;
}
