/** What the line of a request tells of a sign-in. */
import { describe, expect, test } from 'vitest';
import {
  attemptLimitExceeded,
  incorrectPassword,
  passwordAttemptsExceeded,
} from '../../lambdas/core/contract/errors.ts';
import type { RequestLine } from '../../lambdas/core/ports/logger.ts';
import { StaleConfiguration } from '../../lambdas/core/ports/stale-configuration.ts';
import { DescribeUserPool } from '../../lambdas/pools/operations/DescribeUserPool.ts';
import { storelessEntry, withHandle } from '../support/entries.ts';
import { refusal, signingIn, tokensOf } from '../support/signing-in.ts';
import { startService } from '../support/start-service.ts';
import { inProcess, jsonHeaders, signature } from '../support/wire.ts';

async function aSignIn() {
  const service = await startService();
  const pool = await service.aPool();
  const app = await service.aClient(pool);
  await service.aUser(pool, { username: 'ada' });
  await service.aUser(pool, { username: 'bob', invited: true });
  return { ...signingIn(service, app), last: (): RequestLine | undefined => service.lines.at(-1) };
}

async function lineOf(error: Error, once = false): Promise<RequestLine | undefined> {
  let times = 0;
  const operations = withHandle(DescribeUserPool, async () => {
    times += 1;
    if (times === 1 || !once) throw error;
    return {};
  });
  const { entry, lines } = storelessEntry(operations);
  const body = '{"UserPoolId":"us-east-1_Ab1"}';
  await inProcess(entry)({ headers: { ...jsonHeaders('DescribeUserPool'), ...signature() }, body });
  return lines[0];
}

describe('The line of a sign-in', () => {
  test('tells the flow and how many tokens came of it', async () => {
    const { byPassword, initiate, last } = await aSignIn();
    const { refresh } = tokensOf(await byPassword('ada'));
    expect(last()).toMatchObject({ outcome: 'ok', flow: 'USER_PASSWORD_AUTH', tokens: 3, challenge: undefined });

    await initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: refresh });
    expect(last()).toMatchObject({ outcome: 'ok', flow: 'REFRESH_TOKEN_AUTH', tokens: 2 });
  });

  test('tells what somebody was asked for next', async () => {
    const { byPassword, last } = await aSignIn();
    await byPassword('bob');

    expect(last()).toMatchObject({ outcome: 'ok', challenge: 'NEW_PASSWORD_REQUIRED', tokens: undefined });
  });

  test('tells of a wrong password, and when there were too many', async () => {
    const { byPassword, last } = await aSignIn();
    await refusal(byPassword('ada', 'wrong'));
    expect(last()).toMatchObject({ outcome: 'NotAuthorizedException', locked: undefined });

    for (let guess = 0; guess < 6; guess += 1) await refusal(byPassword('ada', 'wrong'));
    expect(last()).toMatchObject({ outcome: 'NotAuthorizedException', locked: true });
  });
});

describe('The line of a request', () => {
  test.each([
    [passwordAttemptsExceeded(), true],
    [attemptLimitExceeded(), true],
    [incorrectPassword(), undefined],
    [new Error('Password attempts exceeded'), undefined],
  ])('takes %s for a lockout: %s', async (error, locked) => {
    expect((await lineOf(error))?.locked).toBe(locked);
  });

  test('tells when it was begun again with newer settings', async () => {
    expect(await lineOf(new StaleConfiguration('us-east-1_Ab1'), true)).toMatchObject({
      outcome: 'ok',
      reloaded: true,
    });
    expect((await lineOf(incorrectPassword()))?.reloaded).toBeUndefined();
  });
});
