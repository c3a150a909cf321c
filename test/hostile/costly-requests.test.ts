/** Small requests that would take much: rows too large to write, answers larger than what was asked, reads for nothing. */
import type { CreateUserPoolCommandInput } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { masterKeyInMemory } from '../../lambdas/adapters/local/master-key.ts';
import { stillClock } from '../../lambdas/adapters/local/still-clock.ts';
import { ringSealer } from '../../lambdas/adapters/system/ring-sealer.ts';
import { systemRandom } from '../../lambdas/adapters/system/system-random.ts';
import { memoryRings } from '../support/memory-keys.ts';
import { refusal, sessionOf, signingIn } from '../support/signing-in.ts';
import { startService } from '../support/start-service.ts';

const numbers: CreateUserPoolCommandInput['Schema'] = ['a', 'b', 'c', 'd'].map((Name) => ({
  Name,
  AttributeDataType: 'Number',
  Mutable: true,
}));

describe('a request that would take much', () => {
  test('cannot fill a row with the digits of numbers', async () => {
    const service = await startService();
    const pool = await service.aPool({ Schema: numbers });
    const app = await service.aClient(pool);
    await service.aUser(pool, { username: 'bob', invited: true });
    const signIn = signingIn(service, app);
    const session = sessionOf(await signIn.byPassword('bob'));
    const digits = '9'.repeat(120_000);
    const attributes = Object.fromEntries(
      ['a', 'b', 'c', 'd'].map((name) => [`userAttributes.custom:${name}`, digits]),
    );
    const answer = { USERNAME: 'bob', NEW_PASSWORD: 'Another-Horse-9', ...attributes };
    expect(await refusal(signIn.respond('NEW_PASSWORD_REQUIRED', answer, session))).toMatch(
      /^InvalidParameterException: Invalid user attributes: user\.custom:a: Invalid number\n/,
    );
  });

  test('is told of the first hundred attributes that are not there', async () => {
    const service = await startService();
    const app = await service.aClient(await service.aPool());
    const unknown = Array.from({ length: 25_000 }, (_, at) => ({ Name: `a${at}`, Value: '1' }));
    const input = { ClientId: app.id, Username: 'ada', Password: 'Correct-Horse-9', UserAttributes: unknown };
    const { status, body, json } = await service.call('SignUp', input);
    expect(status).toBe(400);
    expect(json).toMatchObject({ __type: 'InvalidParameterException' });
    expect(body.match(/could not be determined/g)).toHaveLength(100);
  });

  test('costs no read by naming keys that were never made, and keeps nobody else from theirs', async () => {
    const rings = memoryRings();
    const parts = { rings, wrap: masterKeyInMemory(), clock: stillClock(0), random: systemRandom };
    const sealer = ringSealer(parts);
    const place = { purpose: 'refresh-token', poolId: 'us-east-1_aBcDeF123', item: '' } as const;
    const sealed = await sealer.seal(Buffer.from('a grant'), place);
    const before = rings.calls();
    const madeUp = Array.from({ length: 300 }, (_, at) => {
      const header = Buffer.of(1, 0, 0, 0, 0);
      header.writeUInt32BE(3 + at * 1_000_003, 1);
      return Buffer.concat([header, Buffer.alloc(60, at)]);
    });
    const opened = await Promise.all(madeUp.map((value) => sealer.open(value, place)));
    expect(opened.every((value) => value === undefined)).toBe(true);
    expect(await sealer.open(sealed, place)).toEqual(Buffer.from('a grant'));
    expect(rings.calls()).toBe(before);
  });
});
