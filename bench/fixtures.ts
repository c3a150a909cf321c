/** What a measurement works on: one pool with its client, and people in it who have signed in. */
import type { Answer, ApiWire } from './wire.ts';

type Call = ApiWire['call'];

export interface Fixtures {
  readonly poolId: string;
  readonly clientId: string;
  /** Of an application whose refresh tokens rotate. */
  readonly rotatingClientId: string;
  readonly password: string;
  /** Those who can sign in; everybody else is only there to be found. */
  readonly people: readonly Person[];
}

export interface Person {
  readonly username: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

const password = 'Correct-Horse-9';
const flows = ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_USER_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'];

export async function buildFixtures(call: Call, people: number): Promise<Fixtures> {
  const created = await call('CreateUserPool', { PoolName: 'bench', AutoVerifiedAttributes: ['email'] });
  const poolId = textIn(objectIn(created, 'UserPool'), 'Id');
  const aClient = async (settings: object) => {
    const client = await call('CreateUserPoolClient', { UserPoolId: poolId, ClientName: 'bench', ...settings });
    return textIn(objectIn(client, 'UserPoolClient'), 'ClientId');
  };
  const clientId = await aClient({ ExplicitAuthFlows: flows });
  const rotatingClientId = await aClient({
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
    RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
  });
  const signedIn = await inParallel(people, (index) => buildPerson(call, { poolId, clientId }, index));
  return { poolId, clientId, rotatingClientId, password, people: signedIn };
}

async function buildPerson(
  call: Call,
  { poolId, clientId }: Pick<Fixtures, 'poolId' | 'clientId'>,
  index: number,
): Promise<Person> {
  const username = `person-${index}`;
  await createUser(call, poolId, username);
  await call('AdminSetUserPassword', { UserPoolId: poolId, Username: username, Password: password, Permanent: true });
  const answer = await call('InitiateAuth', signInOf({ clientId, password }, username));
  const tokens = objectIn(answer, 'AuthenticationResult');
  return { username, accessToken: textIn(tokens, 'AccessToken'), refreshToken: textIn(tokens, 'RefreshToken') };
}

export const signInOf = (
  { clientId, password: given }: Pick<Fixtures, 'clientId' | 'password'>,
  username: string,
): object => ({
  ClientId: clientId,
  AuthFlow: 'USER_PASSWORD_AUTH',
  AuthParameters: { USERNAME: username, PASSWORD: given },
});

/** Fills the pool up to so many users; answers how many a second were made. */
export async function fill(call: Call, { poolId }: Fixtures, from: number, to: number): Promise<number> {
  const startedAt = performance.now();
  await inParallel(to - from, (index) => createUser(call, poolId, nameOf(from + index)));
  return ((to - from) * 1000) / (performance.now() - startedAt);
}

export const nameOf = (index: number): string => `user-${String(index).padStart(7, '0')}`;
export const emailOf = (username: string): string => `${username}@example.com`;

export const createUser = (call: Call, poolId: string, username: string): Promise<Answer> =>
  call('AdminCreateUser', {
    UserPoolId: poolId,
    Username: username,
    MessageAction: 'SUPPRESS',
    UserAttributes: [
      { Name: 'email', Value: emailOf(username) },
      { Name: 'name', Value: `Person ${username}` },
    ],
  });

/** In order of their numbers, so many at a time. */
export async function inParallel<T>(
  count: number,
  make: (index: number) => Promise<T>,
  atATime = 16,
): Promise<readonly T[]> {
  const made: T[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) made[index] = await make(index);
  };
  await Promise.all(Array.from({ length: atATime }, lane));
  return made;
}

export function objectIn(answer: Answer, name: string): Answer {
  const value = answer[name];
  if (typeof value !== 'object' || value === null) throw new Error(`The answer lacks ${name}`);
  return { ...value };
}

export function textIn(answer: Answer, name: string): string {
  const value = answer[name];
  if (typeof value !== 'string') throw new Error(`The answer lacks ${name}`);
  return value;
}
