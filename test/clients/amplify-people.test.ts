/** aws-amplify signs in whoever there is, whatever their names and passwords are made of. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Amplify } from 'aws-amplify';
import { fetchAuthSession, signIn } from 'aws-amplify/auth';
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito';
import { ConsoleLogger, sharedInMemoryStorage } from 'aws-amplify/utils';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { type Person, people } from './anybody.ts';
import { type BigIntegers, withNativePowers } from './native-powers.ts';
import { runningService } from './running-service.ts';

const running = runningService();

/** Those that the library itself loads: it does not export them. */
async function numbersOfAmplify(): Promise<BigIntegers> {
  const amplify = createRequire(import.meta.resolve('aws-amplify'));
  const folder = dirname(amplify.resolve('@aws-amplify/auth/package.json'));
  const { default: numbers } = await import(
    join(folder, 'dist/esm/providers/cognito/utils/srp/BigInteger/BigInteger.mjs')
  );
  return numbers;
}

async function signInAll(everybody: readonly Person[]): Promise<readonly unknown[]> {
  const names: unknown[] = [];
  // Amplify knows one person at a time.
  for (const { username, password } of everybody) {
    expect(await signIn({ username, password })).toMatchObject({ isSignedIn: true });
    names.push((await fetchAuthSession()).tokens?.idToken?.payload['cognito:username']);
    await sharedInMemoryStorage.clear();
  }
  return names;
}

beforeAll(() => {
  // It warns of every endpoint that is not Amazon's.
  ConsoleLogger.LOG_LEVEL = 'ERROR';
});

afterEach(() => sharedInMemoryStorage.clear());

test('aws-amplify signs in 200 people by SRP (auth-flows 8 and 11)', { timeout: 60_000 }, async () => {
  const { endpoint, aPool, aClient, aUser } = await running();
  const pool = await aPool({ Policies: { PasswordPolicy: { MinimumLength: 6 } } });
  const { id: userPoolClientId } = await aClient(pool);
  Amplify.configure({ Auth: { Cognito: { userPoolId: pool.id, userPoolClientId, userPoolEndpoint: endpoint } } });
  cognitoUserPoolsTokenProvider.setKeyValueStorage(sharedInMemoryStorage);
  const everybody = people(200);
  await Promise.all(everybody.map((person) => aUser(pool, person)));
  await withNativePowers(await numbersOfAmplify(), async () => {
    expect(await signInAll(everybody)).toEqual(everybody.map(({ username }) => username));
  });
});
