/** People as an application meets them: how they register and sign in, and what they are refused. */
import {
  AdminGetUserCommand,
  type AttributeType,
  type CognitoIdentityProviderClient,
  ConfirmSignUpCommand,
  CreateUserPoolClientCommand,
  InitiateAuthCommand,
  SignUpCommand,
  type SignUpCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { secretHash } from '../../lambdas/core/rules/secret-hash.ts';
import { attributesOf, type BuiltClient, type BuiltUser, type NewUser, somePassword } from './builders.ts';
import type { Service } from './start-service.ts';

type Attributes = Readonly<Record<string, string>>;

/** `<name>: <message>` of a refusal as the caller reads it; what was not refused says so. */
export const refusalOfCall = async (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'nothing is refused',
    (error: unknown) => {
      if (!(error instanceof Error) || !('$metadata' in error)) throw error;
      return `${error.name}: ${error.message}`;
    },
  );

/** What an answer holds beside the SDK's own notes about it. */
export function bodyOf<T extends { readonly $metadata: unknown }>({ $metadata, ...body }: T): Omit<T, '$metadata'> {
  return body;
}

export const recordOf = (attributes: readonly AttributeType[] = []): Record<string, string | undefined> =>
  Object.fromEntries(attributes.map(({ Name, Value }) => [Name, Value]));

export interface Registration {
  readonly username: string;
  readonly password?: string;
  readonly attributes?: Attributes;
  /** Other members of the request. */
  readonly more?: Partial<SignUpCommandInput>;
}

export const signUp = (
  client: CognitoIdentityProviderClient,
  { id: ClientId }: Pick<BuiltClient, 'id'>,
  { username, password = somePassword, attributes = {}, more }: Registration,
) =>
  client.send(
    new SignUpCommand({
      ClientId,
      Username: username,
      Password: password,
      UserAttributes: attributesOf(attributes),
      ...more,
    }),
  );

export const confirm = (
  client: CognitoIdentityProviderClient,
  { id: ClientId }: Pick<BuiltClient, 'id'>,
  Username: string,
  ConfirmationCode: string,
) => client.send(new ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode }));

export const signIn = (
  client: CognitoIdentityProviderClient,
  { id: ClientId }: Pick<BuiltClient, 'id'>,
  { username, password = somePassword }: { readonly username: string; readonly password?: string },
) =>
  client.send(
    new InitiateAuthCommand({
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: username, PASSWORD: password },
    }),
  );

/** The access token of somebody who signs in. */
export async function tokenOf(
  client: CognitoIdentityProviderClient,
  app: Pick<BuiltClient, 'id'>,
  person: { readonly username: string; readonly password?: string },
): Promise<string> {
  const { AuthenticationResult } = await signIn(client, app, person);
  if (AuthenticationResult?.AccessToken === undefined) throw new Error('The sign-in gave no token');
  return AuthenticationResult.AccessToken;
}

export interface SignedIn {
  readonly app: BuiltClient;
  readonly user: BuiltUser;
  readonly token: string;
}

/** A confirmed user of the pool who has signed in. */
export async function aPerson(
  { client, aClient, aUser }: Pick<Service, 'client' | 'aClient' | 'aUser'>,
  pool: { readonly id: string },
  { app, ...user }: NewUser & { readonly app?: BuiltClient } = {},
): Promise<SignedIn> {
  const through = app ?? (await aClient(pool));
  const built = await aUser(pool, user);
  return { app: through, user: built, token: await tokenOf(client, through, built) };
}

/** A client whose secret the caller knows. */
export async function aClientWithSecret(client: CognitoIdentityProviderClient, { id: UserPoolId }: { id: string }) {
  const { UserPoolClient } = await client.send(
    new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'with a secret', GenerateSecret: true }),
  );
  const { ClientId = '', ClientSecret = '' } = UserPoolClient ?? {};
  return { id: ClientId, hashFor: (name: string) => secretHash(ClientSecret, name, ClientId) };
}

/** The user as an administrator sees them. */
export async function lookAt(client: CognitoIdentityProviderClient, { id: UserPoolId }: { id: string }, name: string) {
  const { UserAttributes, UserStatus, Enabled, Username } = await client.send(
    new AdminGetUserCommand({ UserPoolId, Username: name }),
  );
  return { username: Username, status: UserStatus, enabled: Enabled, attributes: recordOf(UserAttributes) };
}

/** How many of many calls side by side ended in which way. */
export async function tallyOf(calls: readonly Promise<unknown>[]): Promise<Record<string, number>> {
  const outcomes = await Promise.all(calls.map(refusalOfCall));
  const tally: Record<string, number> = {};
  for (const outcome of outcomes) tally[outcome] = (tally[outcome] ?? 0) + 1;
  return tally;
}

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

export const limitExceeded = 'LimitExceededException: Attempt limit exceeded, please try after some time.';
export const codeMismatch = 'CodeMismatchException: Invalid verification code provided, please try again.';
export const expiredCode = 'ExpiredCodeException: Invalid code provided, please request a code again.';
export const nobody = 'UserNotFoundException: User does not exist.';
export const combinationNotFound = 'UserNotFoundException: Username/client id combination not found.';
export const unauthorized = 'NotAuthorizedException: A client attempted to write unauthorized attribute';
/** A code of the right form that is not this one. */
export const otherThan = (code: string): string => (code === '000000' ? '000001' : '000000');
