/** Asks a service that has come back, and then its table, whether everything is there that was acknowledged. */
import {
  AdminGetUserCommand,
  type AdminGetUserCommandOutput,
  type CognitoIdentityProviderClient,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { dynamodbTable } from '../../lambdas/adapters/dynamodb/dynamodb-table.ts';
import { numberIn, numbersIn } from '../../lambdas/adapters/dynamodb/fields.ts';
import { codeKey, failuresKey } from '../../lambdas/adapters/dynamodb/keys.ts';
import type { Table } from '../../lambdas/adapters/dynamodb/table.ts';
import { startEngine } from '../../lambdas/adapters/local/engine.ts';
import { engineWire } from '../../lambdas/adapters/local/engine-wire.ts';
import { type App, clientOf, type Promised } from './load.ts';

/** A sentence for each promise that the service at this endpoint does not keep. */
export async function brokenPromises(endpoint: string, app: App, people: readonly Promised[]): Promise<string[]> {
  const client = clientOf(endpoint, 1);
  const broken: string[] = [];
  const left = [...people];
  const look = async (): Promise<void> => {
    for (let person = left.pop(); person; person = left.pop()) broken.push(...(await brokenTo(client, app, person)));
  };
  await Promise.all(Array.from({ length: 8 }, look));
  client.destroy();
  return broken;
}

async function brokenTo(client: CognitoIdentityProviderClient, app: App, person: Promised): Promise<readonly string[]> {
  const { username, exists, isConfirmed, emails } = person;
  const user = await findUser(client, app, username);
  if (!exists.includes(user !== undefined)) return [`${username} is ${user ? 'still' : 'not'} there`];
  if (!user) return [];
  const email = attributeOf(user, 'email');
  const wrong = [
    !isConfirmed.includes(user.UserStatus === 'CONFIRMED') && `has the status ${user.UserStatus}`,
    !emails.includes(email) && `has the address ${email}, not ${emails.join(' or ')}`,
    user.UserStatus === 'CONFIRMED' && (await wrongWayIn(client, app, person, user)),
  ];
  return wrong.filter((reason) => reason !== false).map((reason) => `${username} ${reason}`);
}

async function findUser(client: CognitoIdentityProviderClient, { poolId }: App, Username: string) {
  try {
    return await client.send(new AdminGetUserCommand({ UserPoolId: poolId, Username }));
  } catch (error) {
    if (error instanceof Error && error.name === 'UserNotFoundException') return undefined;
    throw error;
  }
}

const attributeOf = ({ UserAttributes = [] }: AdminGetUserCommandOutput, name: string): string =>
  UserAttributes.find(({ Name }) => Name === name)?.Value ?? '';

/** By the address, with a password that may be theirs. Who is suspected keeps their failures, to be looked at. */
async function wrongWayIn(
  client: CognitoIdentityProviderClient,
  app: App,
  { username, passwords, isSuspect }: Promised,
  user: AdminGetUserCommandOutput,
): Promise<string | false> {
  const email = attributeOf(user, 'email');
  const found = await findUser(client, app, email);
  if (found?.Username !== username) return `is not found by ${email}`;
  if (isSuspect) return false;
  for (const PASSWORD of passwords) {
    const AuthParameters = { USERNAME: email, PASSWORD };
    const asked = new InitiateAuthCommand({ ClientId: app.clientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters });
    const isTaken = await client.send(asked).then(
      () => true,
      () => false,
    );
    if (isTaken) return false;
  }
  return 'cannot sign in';
}

/** What only the table tells: guesses at codes and failures are on record. */
export async function lostCounts(table: Table, { poolId }: App, people: readonly Promised[]): Promise<string[]> {
  const lost: string[] = [];
  for (const { username, exists, guesses, isSuspect } of people) {
    if (exists.includes(false)) continue;
    const code = await table.get(codeKey(poolId, username, 'sign-up'));
    const counted = code ? numbersIn(code, 'g').length : 0;
    if (counted < guesses) lost.push(`${username} made ${guesses} guesses, of which ${counted} are on record`);
    const failures = await table.get(failuresKey(poolId, username));
    if (isSuspect && !(failures && numberIn(failures, 'c') > 0)) lost.push(`${username} has no failure on record`);
  }
  return lost;
}

/** Of a folder that no service uses. */
export async function withTable<T>(data: string, look: (table: Table) => Promise<T>): Promise<T> {
  const engine = await startEngine({ data });
  const wire = engineWire(engine);
  try {
    return await look(dynamodbTable({ wire, tableName: 'millpond' }));
  } finally {
    wire.close();
    await engine.stop();
  }
}
