/** amazon-cognito-identity-js signs in whoever there is, whatever their names and passwords are made of. */
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
} from 'amazon-cognito-identity-js';
import { expect, test } from 'vitest';
import { type Person, people } from './anybody.ts';
import { BigInteger } from './identity-js.ts';
import { withNativePowers } from './native-powers.ts';
import { runningService } from './running-service.ts';

const running = runningService();

async function aPlace(): Promise<{ readonly pool: CognitoUserPool; readonly add: (person: Person) => Promise<void> }> {
  const { endpoint, aPool, aClient, aUser } = await running();
  const built = await aPool({ Policies: { PasswordPolicy: { MinimumLength: 6 } } });
  const { id: ClientId } = await aClient(built);
  return {
    pool: new CognitoUserPool({ UserPoolId: built.id, ClientId, endpoint }),
    async add(person) {
      await aUser(built, person);
    },
  };
}

function signIn(
  pool: CognitoUserPool,
  { username: Username, password: Password }: Person,
): Promise<CognitoUserSession> {
  const person = new CognitoUser({ Username, Pool: pool });
  return new Promise((onSuccess, onFailure) => {
    person.authenticateUser(new AuthenticationDetails({ Username, Password }), { onSuccess, onFailure });
  });
}

/** The names in the tokens of those who are added and sign in, all at once. */
async function namesInTokens(everybody: readonly Person[]): Promise<readonly string[]> {
  const { pool, add } = await aPlace();
  await Promise.all(everybody.map(add));
  const sessions = await Promise.all(everybody.map((person) => signIn(pool, person)));
  return sessions.map((session) => session.getIdToken().payload['cognito:username']);
}

const namesOf = (everybody: readonly Person[]) => everybody.map(({ username }) => username);

test('amazon-cognito-identity-js signs in 190 people by SRP (auth-flows 8 and 11)', { timeout: 60_000 }, async () => {
  const everybody = people(200).slice(10);
  await withNativePowers(BigInteger, async () => {
    expect(await namesInTokens(everybody)).toEqual(namesOf(everybody));
  });
});

test('amazon-cognito-identity-js signs in 10 more with arithmetic of its own (auth-flows 8 and 11)', {
  timeout: 60_000,
}, async () => {
  const everybody = people(10);
  expect(await namesInTokens(everybody)).toEqual(namesOf(everybody));
});
