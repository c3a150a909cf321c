/** The AWS SDK for JavaScript tries again by itself, and succeeds, where the service or the way to it failed once. */
import { connect, createServer, type Socket } from 'node:net';
import { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import { expect, onTestFinished, test } from 'vitest';
import type { Random } from '../../lambdas/core/ports/random.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { startService } from '../support/start-service.ts';
import { runningService } from './running-service.ts';

const running = runningService();

const settings = { region: 'us-east-1', credentials: { accessKeyId: 'any', secretAccessKey: 'any' } };

test('The AWS SDK for JavaScript tries again when a connection breaks', async () => {
  const { endpoint } = await running();
  const sdk = new CognitoIdentityProvider({ ...settings, endpoint: await breakingTheFirst(endpoint) });
  onTestFinished(() => sdk.destroy());
  const { UserPool, $metadata } = await sdk.createUserPool({ PoolName: 'people' });
  expect($metadata.attempts).toBe(2);
  const { UserPools } = await sdk.listUserPools({ MaxResults: 60 });
  expect(UserPools?.map(({ Id }) => Id)).toEqual([UserPool?.Id]);
});

test('The AWS SDK for JavaScript tries again after a fault inside the service', async () => {
  const { client } = await startService({ ports: { random: failingOnce() }, lenient: true });
  const { requestHandler } = client.config;
  const sdk = new CognitoIdentityProvider({ ...settings, endpoint: 'http://localhost', requestHandler });
  const { UserPool, $metadata } = await sdk.createUserPool({ PoolName: 'people' });
  expect($metadata.attempts).toBe(2);
  expect(UserPool?.Name).toBe('people');
});

test('The AWS SDK for JavaScript takes a refusal for an answer', async () => {
  const { endpoint } = await running();
  const sdk = new CognitoIdentityProvider({ ...settings, endpoint });
  onTestFinished(() => sdk.destroy());
  await expect(sdk.describeUserPool({ UserPoolId: 'us-east-1_Nowhere' })).rejects.toMatchObject({
    $metadata: { attempts: 1 },
  });
});

/** A way to the endpoint that loses the first connection in the middle of the request. */
async function breakingTheFirst(endpoint: string): Promise<string> {
  let broken = 0;
  const server = createServer((client) => {
    broken += 1;
    if (broken === 1) client.once('data', () => client.resetAndDestroy());
    else join(client, connect({ host: 'localhost', port: Number(new URL(endpoint).port) }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  // It listens on a port, so it has one.
  const { port } = server.address() as { readonly port: number };
  return `http://localhost:${port}`;
}

function join(client: Socket, service: Socket): void {
  for (const socket of [client, service]) socket.on('error', () => undefined);
  client.pipe(service).pipe(client);
}

function failingOnce(): Random {
  const { bytes } = seededRandom('retries');
  let calls = 0;
  return {
    bytes(length) {
      calls += 1;
      if (calls === 1) throw new Error('There is no entropy yet.');
      return bytes(length);
    },
  };
}
