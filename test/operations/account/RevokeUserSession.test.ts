/** A person ends another of their tracked sessions. */
import { type CreateUserPoolClientCommandInput, GetUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { tracking } from '../../support/client-sessions.ts';
import { refused } from '../../support/refused.ts';
import { signingIn, type Tokens } from '../../support/signing-in.ts';
import { startService } from '../../support/start-service.ts';
import { idsIn, userSessionsOf } from '../../support/user-sessions.ts';

const revoked = 'NotAuthorizedException: Access Token has been revoked';
const refreshRevoked = 'NotAuthorizedException: Refresh Token has been revoked';
const done = 'nothing is refused';
const notFound = (id: string | undefined) => `ResourceNotFoundException: Session ${id} does not exist.`;

async function aRoom(settings: Partial<CreateUserPoolClientCommandInput> = {}) {
  const service = await startService();
  const pool = await service.aPool();
  await tracking(service, pool, 'ENABLED');
  const app = await service.aClient(pool, settings);
  await service.aUser(pool, { username: 'ada' });
  await service.aUser(pool, { username: 'ben' });
  const sessions = userSessionsOf(service, pool);
  const signIn = signingIn(service, app);
  return {
    service,
    pool,
    signIn,
    ...sessions,
    /** Each one is newer than the one before. */
    signInTwice: async (): Promise<readonly [Tokens, Tokens]> => {
      const one = await signIn.tokens('ada');
      service.clock.advance(1000);
      return [one, await signIn.tokens('ada')];
    },
    currentOf: async ({ access }: Tokens) =>
      (await sessions.list(access)).find(({ IsCurrentSession }) => IsCurrentSession)?.SessionId,
    state: ({ access }: Tokens) => refused(service.client.send(new GetUserCommand({ AccessToken: access }))),
  };
}

describe('RevokeUserSession', () => {
  test.each([undefined, 'NONE', 'LINKED'] as const)(
    'ends the tokens of another session, and it is no longer listed (auth-flows 51): %s',
    async (linked) => {
      const { signInTwice, currentOf, revoke, list, state, signIn } = await aRoom();
      const [one, two] = await signInTwice();
      const [id, own] = [await currentOf(one), await currentOf(two)];
      expect(await revoke(two.access, id, linked)).toMatchObject({ $metadata: { httpStatusCode: 200 } });
      expect([await state(one), await refused(signIn.refresh(one.refresh))]).toEqual([revoked, refreshRevoked]);
      expect([await state(two), await refused(signIn.refresh(two.refresh))]).toEqual([done, done]);
      expect(idsIn(await list(two.access))).toEqual([own]);
      expect(await refused(revoke(two.access, id))).toBe(notFound(id));
    },
  );

  test('refuses the session that asks, and leaves it good (auth-flows 51)', async () => {
    const { signInTwice, currentOf, revoke, state } = await aRoom();
    const [one] = await signInTwice();
    expect(await refused(revoke(one.access, await currentOf(one)))).toMatch(/^InvalidParameterException: /);
    expect(await state(one)).toBe(done);
  });

  test('refuses the session that asks where the client has token revocation off', async () => {
    const { signInTwice, currentOf, revoke, signIn } = await aRoom({ EnableTokenRevocation: false });
    const [one, two] = await signInTwice();
    expect(await refused(revoke(one.access, await currentOf(one)))).toMatch(/^InvalidParameterException: /);
    await revoke(two.access, await currentOf(one));
    expect(await refused(signIn.refresh(one.refresh))).toBe(refreshRevoked);
  });

  test('does not find sessions of somebody else, of another pool, or of nobody (auth-flows 51)', async () => {
    const { service, signInTwice, signIn, currentOf, revoke, state } = await aRoom();
    const [one, two] = await signInTwice();
    const ben = await signIn.tokens('ben');
    const elsewhere = await service.aPool();
    await tracking(service, elsewhere, 'ENABLED');
    await service.aUser(elsewhere, { username: 'ada' });
    const twin = await signingIn(service, await service.aClient(elsewhere)).tokens('ada');
    const id = await currentOf(one);
    expect(await refused(revoke(ben.access, id))).toBe(notFound(id));
    expect(await refused(revoke(twin.access, id))).toBe(notFound(id));
    for (const unknown of [`tkn${'0'.repeat(25)}`, `sso${id?.slice(3)}`]) {
      expect(await refused(revoke(two.access, unknown))).toBe(notFound(unknown));
    }
    expect([await state(one), await state(two)]).toEqual([done, done]);
  });

  test('refuses ids that are none', async () => {
    const { signInTwice, currentOf, revoke } = await aRoom();
    const [one, two] = await signInTwice();
    const id = (await currentOf(one)) ?? '';
    for (const malformed of [id.toUpperCase(), id.slice(1), `${id}0`, `abc${id.slice(3)}`]) {
      expect(await refused(revoke(two.access, malformed))).toMatch(/^InvalidParameterException: [12] validation error/);
    }
  });

  test('is refused where sessions are not tracked, and leaves all of them good (auth-flows 51)', async () => {
    const { service, pool, signInTwice, currentOf, revoke, state } = await aRoom();
    const [one, two] = await signInTwice();
    const id = await currentOf(one);
    await tracking(service, pool, 'DISABLED');
    expect(await refused(revoke(two.access, id))).toMatch(/^InvalidParameterException: /);
    expect(await state(one)).toBe(done);
  });

  test('is done once by each of two sessions that end one another at once, and no token survives its session', async () => {
    const { signInTwice, currentOf, revoke, state, adminList } = await aRoom();
    const [one, two] = await signInTwice();
    const [first, second] = [await currentOf(one), await currentOf(two)];
    await Promise.allSettled([revoke(one.access, second), revoke(two.access, first)]);
    const listed = idsIn(await adminList('ada'));
    expect([await state(one), await state(two)]).toEqual([
      listed.includes(first) ? done : revoked,
      listed.includes(second) ? done : revoked,
    ]);
  });

  test('is not undone by a refresh that runs beside it', async () => {
    const { signInTwice, currentOf, revoke, signIn, adminList } = await aRoom();
    const [one, two] = await signInTwice();
    const id = await currentOf(one);
    await Promise.allSettled([revoke(two.access, id), ...Array.from({ length: 5 }, () => signIn.refresh(one.refresh))]);
    expect(idsIn(await adminList('ada'))).not.toContain(id);
    expect(await refused(signIn.refresh(one.refresh))).toBe(refreshRevoked);
  });
});
