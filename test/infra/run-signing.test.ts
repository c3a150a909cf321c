/** Keys of the synthesised app over their lives: made, published, followed by others, and gone, in KMS and sealed. */
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { describe, expect, inject, test } from 'vitest';
import { type RunningStack, runAssembly } from '../support/cloud/run-assembly.ts';
import { sdkOf } from './running-stack.contract.ts';
import { credentialsOf } from './running-stack.ts';

const hour = 3_600_000;
const day = 24 * hour;
const password = 'Correct-horse-7-battery';

interface App {
  readonly poolId: string;
  readonly clientId: string;
}

async function anApp(stack: RunningStack): Promise<App> {
  const sdk = sdkOf(stack, await credentialsOf(stack));
  const { UserPool } = await sdk.send(new CreateUserPoolCommand({ PoolName: 'signing' }));
  const UserPoolId = String(UserPool?.Id);
  const { UserPoolClient } = await sdk.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: 'app',
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      // Longer than it takes until another key signs.
      IdTokenValidity: 24,
      TokenValidityUnits: { IdToken: 'hours' },
    }),
  );
  await sdk.send(new AdminCreateUserCommand({ UserPoolId, Username: 'ada', MessageAction: 'SUPPRESS' }));
  await sdk.send(new AdminSetUserPasswordCommand({ UserPoolId, Username: 'ada', Password: password, Permanent: true }));
  return { poolId: UserPoolId, clientId: String(UserPoolClient?.ClientId) };
}

async function idToken(stack: RunningStack, { clientId: ClientId }: App): Promise<string> {
  const AuthParameters = { USERNAME: 'ada', PASSWORD: password };
  const { AuthenticationResult } = await sdkOf(stack, nobody).send(
    new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }),
  );
  return String(AuthenticationResult?.IdToken);
}

const nobody = { accessKeyId: 'AKIDNOBODY', secretAccessKey: 'of nobody' };

async function keysOf({ client, endpoint }: RunningStack, { poolId }: App): Promise<JSONWebKeySet> {
  return JSON.parse((await client.send(`${endpoint}/${poolId}/.well-known/jwks.json`)).text);
}

const kidOf = (token: string): string => String(decodeProtectedHeader(token).kid);

/** As a verifier that reads the keys now, at the time that the stack is in. */
async function verify(stack: RunningStack, app: App, token: string): Promise<unknown> {
  const keys = createLocalJWKSet(await keysOf(stack, app));
  const issuer = `${stack.endpoint}/${app.poolId}`;
  return (await jwtVerify(token, keys, { issuer, currentDate: new Date(stack.clock.now()) })).payload[
    'cognito:username'
  ];
}

/** Time goes by in steps of the schedule that moves keys along. */
async function pass(stack: RunningStack, milliseconds: number): Promise<void> {
  stack.clock.advance(milliseconds);
  await stack.tick();
}

/** Until another key signs: one that verifiers could read long before, beside those whose tokens are still good. */
async function untilAnotherSigns(stack: RunningStack, app: App, before: string): Promise<string> {
  const publishedAt = new Map<string, number>();
  for (let rounds = 0; rounds < 20; rounds += 1) {
    await pass(stack, hour / 2);
    const token = await idToken(stack, app);
    expect(await verify(stack, app, token)).toBe('ada');
    const now = stack.clock.now();
    if (kidOf(token) !== before) {
      expect(now - (publishedAt.get(kidOf(token)) ?? now)).toBeGreaterThanOrEqual(hour);
      return token;
    }
    for (const { kid = '' } of (await keysOf(stack, app)).keys) if (!publishedAt.has(kid)) publishedAt.set(kid, now);
  }
  throw new Error('No other key has begun to sign');
}

const judge = ({ guard, faults }: RunningStack): void => {
  expect(guard.refusals).toEqual([]);
  expect(faults.map(String)).toEqual([]);
};

describe('Keys', { timeout: 240_000 }, () => {
  test('in KMS are followed by those of the next generation, while every token stays good', async () => {
    const first = await runAssembly({ context: { routing: 'direct' }, engine: inject('engine') });
    const app = await anApp(first);
    const early = await idToken(first, app);
    expect((await keysOf(first, app)).keys).toHaveLength(2);
    judge(first);
    const second = await first.redeploy({ routing: 'direct', signingGeneration: '2' });
    try {
      const between = await idToken(second, app);
      expect(kidOf(between)).toBe(kidOf(early));
      const late = await untilAnotherSigns(second, app, kidOf(early));
      expect(await verify(second, app, between)).toBe('ada');
      expect(await verify(second, app, late)).toBe('ada');
      const [, newer] = second.services.kms.signingKeys;
      expect(second.services.kms.calls.filter(({ action }) => action === 'kms:Sign').at(-1)?.keyArn).toSatisfy(
        (arn: string) => arn === newer?.id || arn === newer?.access,
      );
      judge(second);
    } finally {
      await second.close();
    }
  });

  test('that are sealed into the table are followed by others in time, without a signature of KMS', async () => {
    const stack = await runAssembly({ context: { routing: 'direct', signing: 'sealed' }, engine: inject('engine') });
    try {
      expect(stack.services.kms.calls).toEqual([]);
      const app = await anApp(stack);
      const early = await idToken(stack, app);
      expect(await verify(stack, app, early)).toBe('ada');
      await pass(stack, 30 * day);
      expect(kidOf(await idToken(stack, app))).toBe(kidOf(early));
      stack.clock.advance(151 * day);
      await untilAnotherSigns(stack, app, kidOf(early));
      // What was retired is gone once no token of it can be good any more.
      await pass(stack, 2 * day);
      await pass(stack, hour);
      await pass(stack, hour);
      expect((await keysOf(stack, app)).keys.map(({ kid }) => kid)).not.toContain(kidOf(early));
      expect(new Set(stack.services.kms.calls.map(({ action }) => action))).toEqual(
        new Set(['kms:Encrypt', 'kms:Decrypt']),
      );
      judge(stack);
    } finally {
      await stack.close();
    }
  });
});
