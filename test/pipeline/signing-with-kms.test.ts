/** The service with signing keys in KMS, as its clients see it: also when KMS is too busy or refuses. */
import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterEach, describe, expect, test } from 'vitest';
import { kmsKeyMaker } from '../../lambdas/adapters/kms/kms-key-maker.ts';
import { kmsKeySigner } from '../../lambdas/adapters/kms/kms-key-signer.ts';
import { rsaSigner } from '../../lambdas/adapters/system/rsa-signer.ts';
import { Throttled } from '../../lambdas/core/ports/unavailable.ts';
import { operationTable, storelessEntry, withHandle } from '../support/entries.ts';
import { memorySigningKeys } from '../support/memory-keys.ts';
import { refused } from '../support/refused.ts';
import { signingIn, tokensOf } from '../support/signing-in.ts';
import type { KmsCall } from '../support/small-kms.ts';
import { startService } from '../support/start-service.ts';
import { impatient } from '../support/table.ts';
import { usingSmallKms } from '../support/using-small-kms.ts';
import { inProcess, jsonHeaders, signature } from '../support/wire.ts';

let whenCalled: ((call: KmsCall) => Promise<void> | void) | undefined;
const used = usingSmallKms({ onCall: async (call) => void (await whenCalled?.(call)) });

afterEach(() => {
  whenCalled = undefined;
});

/** A pool with a client and one user, `ada`, whose tokens KMS signs. */
async function aRoom() {
  const { client, kms } = used();
  const keys = memorySigningKeys();
  const clock = { now: () => Date.UTC(2026, 8, 1) };
  const maker = kmsKeyMaker({ client, clock, generations: kms.signingKeys, patience: impatient });
  const signers = { kms: kmsKeySigner({ client, patience: impatient }) };
  const signer = rsaSigner({ keys, clock, signers, maker });
  const service = await startService({ ports: { signer }, lenient: true });
  const pool = await service.aPool();
  const app = await service.aClient(pool);
  await service.aUser(pool, { username: 'ada' });
  return { ...service, keys, signer, pool, app, signIn: signingIn(service, app) };
}

describe('A pool whose keys are in KMS', () => {
  test('has both of its keys as soon as it is created', async () => {
    const { keys, pool } = await aRoom();
    const made = await keys.list(pool.id);
    expect(made.map(({ use, state, provider }) => [use, state, provider]).toSorted()).toEqual([
      ['access', 'active', 'kms'],
      ['id', 'active', 'kms'],
    ]);
  });

  test('answers a sign-in with tokens that the published keys verify, and takes them itself', async () => {
    const { signIn, signer, pool, call } = await aRoom();
    const { access, id } = await signIn.tokens('ada');
    const published = (await signer.published(pool.id)).keys.map((jwk) => ({ ...jwk }));
    const currentDate = new Date(Date.UTC(2026, 8, 1));
    for (const token of [access, id]) await jwtVerify(token, createLocalJWKSet({ keys: published }), { currentDate });
    expect(await call('GetUser', { AccessToken: access })).toMatchObject({ status: 200, json: { Username: 'ada' } });
  });

  test('has the ID token and the access token of a sign-in signed side by side', async () => {
    const { signIn } = await aRoom();
    const waiting = new Set<string>();
    const both = Promise.withResolvers<void>();
    whenCalled = ({ action, keyArn }) => {
      if (action !== 'kms:Sign') return;
      waiting.add(keyArn);
      if (waiting.size === 2) both.resolve();
      return both.promise;
    };
    tokensOf(await signIn.byPassword('ada'));
    expect(waiting.size).toBe(2);
  });
});

describe('A sign-in that KMS is too busy for', () => {
  test('succeeds when the second or third try does', async () => {
    const { signIn } = await aRoom();
    used().kms.fail(2);
    expect(await refused(signIn.byPassword('ada'))).toBe('nothing is refused');
  });

  test('is refused so that clients try again later, and the log says why', async () => {
    const { signIn, lines } = await aRoom();
    used().kms.fail(6);
    expect(await refused(signIn.byPassword('ada'))).toBe('TooManyRequestsException: Rate exceeded');
    expect(lines.at(-1)).toMatchObject({
      level: 'error',
      outcome: 'TooManyRequestsException',
      status: 400,
      fault: { name: 'Throttled', cause: { name: 'ThrottlingException' } },
    });
  });

  test('is 503 when the connection breaks', async () => {
    const { signIn } = await aRoom();
    used().kms.hangUp(6);
    expect(await refused(signIn.byPassword('ada'))).toMatch(/^ServiceUnavailableException: /);
  });
});

describe('A sign-in that KMS refuses to sign for', () => {
  test('is a fault without detail, and the log names the reason', async () => {
    const { signIn, lines } = await aRoom();
    const { kms } = used();
    const arns = kms.signingKeys.flatMap(({ id, access }) => [id, access]);
    for (const arn of arns) kms.disable(arn);
    expect(await refused(signIn.byPassword('ada'))).toBe('InternalErrorException: Internal server error');
    expect(lines.at(-1)).toMatchObject({
      level: 'error',
      status: 500,
      fault: { message: 'KMS refused Sign: DisabledException', cause: { name: 'DisabledException' } },
    });
    for (const arn of arns) kms.enable(arn);
  });
});

describe('Too many calls behind an operation', () => {
  const answerOf = async (name: string, input: object) => {
    const operation = operationTable[name];
    if (!operation) throw new Error(`There is no operation ${name}`);
    const { entry } = storelessEntry(withHandle(operation, () => Promise.reject(new Throttled('too busy'))));
    return inProcess(entry)({ headers: { ...jsonHeaders(name), ...signature() }, body: JSON.stringify(input) });
  };

  test('are told as TooManyRequestsException where the operation knows it, and else as 503', async () => {
    expect(await answerOf('DescribeUserPool', { UserPoolId: 'us-east-1_Ab1' })).toMatchObject({
      status: 400,
      json: { __type: 'TooManyRequestsException', message: 'Rate exceeded' },
    });
    expect(await answerOf('DescribeUserPoolDomain', { Domain: 'shop' })).toMatchObject({
      status: 503,
      json: { __type: 'ServiceUnavailableException' },
    });
  });

  test('are told as such by every operation that signs tokens', () => {
    // Two verify a token at most, which asks nobody.
    const signing = Object.values(operationTable).filter(
      ({ name, uses = [] }) => uses.includes('signer') && !/^(Associate|Verify)SoftwareToken$/.test(name),
    );
    expect(signing.length).toBeGreaterThan(4);
    for (const { name, errors } of signing)
      expect({ name, errors }).toMatchObject({
        errors: expect.arrayContaining(['TooManyRequestsException']),
      });
  });
});
