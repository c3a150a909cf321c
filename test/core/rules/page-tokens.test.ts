import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { type StillClock, stillClock } from '../../../lambdas/adapters/local/still-clock.ts';
import { type List, pageSize, pageToken, requireCursor } from '../../../lambdas/core/rules/page-tokens.ts';
import { aSealer } from '../../support/key-material.ts';
import { someMoment } from '../../support/model.ts';
import { refusalFrom } from '../../support/refusals.ts';

const list: List = { operation: 'ListGroups', within: 'us-east-1_aBcDeF123', parameters: { group: 'a' } };
const cursor = { after: 'x', at: 3 };
const invalid = 'InvalidParameterException: Invalid pagination token provided.';
const sealer = aSealer();

let clock: StillClock;

beforeEach(() => {
  clock = stillClock(someMoment);
});

const made = async (of = list) => (await pageToken({ sealer, clock }, of, { items: [], next: cursor })) ?? '';
const opened = (token: string | undefined, of = list) => requireCursor({ sealer, clock }, of, token);

describe('A page token', () => {
  test('leads to where its page ended', async () => {
    expect(await opened(await made())).toEqual(cursor);
  });

  test('has the form that the API gives it, and hides what it says', async () => {
    const token = await made();
    expect(token).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(Buffer.from(token, 'base64url').toString('latin1')).not.toContain('after');
  });

  test('is none after the last page, and before the first', async () => {
    expect(await pageToken({ sealer, clock }, list, { items: [1] })).toBeUndefined();
    expect(await opened(undefined)).toBeUndefined();
  });

  test('is good for an hour', async () => {
    const token = await made();
    clock.advance(3_599_999);
    expect(await opened(token)).toEqual(cursor);
    clock.advance(1);
    expect(await refusalFrom(opened(token))).toBe(invalid);
  });

  test.each<[string, List]>([
    ['operation', { ...list, operation: 'ListUsersInGroup' }],
    ['pool', { ...list, within: 'us-east-1_aBcDeF124' }],
    ['selection', { ...list, parameters: { group: 'b' } }],
    ['selection, which is none', { operation: list.operation, within: list.within }],
  ])('does not open for another %s', async (_what, other) => {
    expect(await refusalFrom(opened(await made(), other))).toBe(invalid);
  });

  test('does not open once it is changed', async () => {
    const token = await made();
    const bytes = Buffer.from(token, 'base64url');
    for (const at of [0, 1, 5, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8((bytes.readUInt8(at) ^ 1) & 0xff, at);
      expect(await refusalFrom(opened(changed.toString('base64url')))).toBe(invalid);
    }
    expect(await refusalFrom(opened(token.slice(0, -4)))).toBe(invalid);
  });

  test('is not made by anybody else, whatever they send', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1 }), async (text) => {
        expect(await refusalFrom(opened(text))).toBe(invalid);
      }),
    );
  });

  test('is quoted by the one operation that does so', async () => {
    const users: List = { operation: 'ListUsers', within: list.within, requestId: 'r-1' };
    expect(await refusalFrom(opened('abc', users))).toBe(
      'InvalidParameterException: Paging marker abc is invalid for request r-1',
    );
  });
});

describe('The size of a page', () => {
  test('is the largest when none is asked for', () => {
    expect([undefined, 0, 1, 60].map((asked) => pageSize(asked, 60))).toEqual([60, 60, 1, 60]);
  });
});
