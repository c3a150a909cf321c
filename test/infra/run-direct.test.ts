/** The synthesised app with `routing=direct`: an HTTP API in front of one function that holds every room. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { childEnvironment } from '../support/child-environment.ts';
import { runningStackContract, sdkOf } from './running-stack.contract.ts';
import { credentialsOf, runningStack } from './running-stack.ts';
import { townOf } from './sign-in-place.ts';
import {
  confirmPeople,
  decideSignIns,
  handCodesOver,
  installForbidden,
  keepFromRunning,
  ownFunctions,
  senderKey,
} from './trigger-life.ts';

const running = runningStack({ routing: 'direct', replayGuard: 'true', senderKeys: senderKey });

describe('Without an edge', () => {
  runningStackContract(running, { functionOf: () => 'rooms' });

  test('paths of the edge lead nowhere', async () => {
    const { client, endpoint, functions } = running();
    const before = functions.get('rooms')?.invocations;
    const answer = await client.send(`${endpoint}/_api/pools`, { method: 'POST', body: '{}' });
    expect(answer.status).toBe(404);
    expect(functions.get('rooms')?.invocations).toBe(before);
  });

  test('the documents of a pool are kept by whoever reads them, and not by the gateway', async () => {
    const { client, endpoint } = running();
    const answer = await client.send(`${endpoint}/eu-west-1_000000000/.well-known/jwks.json`);
    expect(answer.status).toBe(400);
    expect(answer.headers).not.toHaveProperty('x-cache');
  });

  test('pools have functions run by the role of the one that answers', { timeout: 60_000 }, async () => {
    const stack = running();
    const town = townOf(stack, sdkOf(stack, await credentialsOf(stack)));
    await decideSignIns(town);
    await confirmPeople(town);
  });

  test('pools have codes encrypted for a sender of their own, under the key that the operator lists', async () => {
    const stack = running();
    await handCodesOver(townOf(stack, sdkOf(stack, await credentialsOf(stack))));
  });

  test('pools have no function run without the tag, nor any of the service itself', { timeout: 60_000 }, async () => {
    const stack = running();
    const town = townOf(stack, sdkOf(stack, await credentialsOf(stack)));
    for (const forbidden of [...installForbidden(town), ...ownFunctions(stack)]) {
      await keepFromRunning(town, forbidden);
    }
  });

  test('operators try it with npm run smoke', { timeout: 90_000 }, async () => {
    const { endpoint, credentialsEndpoint, region, ca, people } = running();
    const folder = await mkdtemp(join(tmpdir(), 'millpond-smoke-'));
    try {
      const caFile = join(folder, 'ca.crt');
      await writeFile(caFile, ca);
      const { accessKeyId, secretAccessKey, sessionToken } = people.administrator;
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [smoke, '--endpoint', endpoint, '--credentials-endpoint', credentialsEndpoint, '--region', region],
        {
          env: {
            ...childEnvironment,
            HOME: folder,
            NODE_EXTRA_CA_CERTS: caFile,
            AWS_CA_BUNDLE: caFile,
            AWS_ACCESS_KEY_ID: accessKeyId,
            AWS_SECRET_ACCESS_KEY: secretAccessKey,
            AWS_SESSION_TOKEN: sessionToken,
            AWS_EC2_METADATA_DISABLED: 'true',
          },
        },
      );
      expect(stdout).toContain('signed in by SRP');
      expect(stdout).toMatch(/All of it went as it should\.\n$/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

const smoke = fileURLToPath(new URL('../smoke/run.ts', import.meta.url));
