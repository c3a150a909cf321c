/** An administrator ends one tracked session of a user. */
import { GetUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { tracking } from '../../support/client-sessions.ts';
import { refused } from '../../support/refused.ts';
import { signingIn, type Tokens } from '../../support/signing-in.ts';
import { startService } from '../../support/start-service.ts';
import { idsIn, userSessionsOf } from '../../support/user-sessions.ts';

const revoked = 'NotAuthorizedException: Access Token has been revoked';
const done = 'nothing is refused';

async function aRoom() {
  const service = await startService();
  const pool = await service.aPool();
  await tracking(service, pool, 'ENABLED');
  await service.aUser(pool, { username: 'ada' });
  await service.aUser(pool, { username: 'ben' });
  const signIn = signingIn(service, await service.aClient(pool));
  const state = ({ access }: Tokens) => refused(service.client.send(new GetUserCommand({ AccessToken: access })));
  return { service, pool, signIn, state, ...userSessionsOf(service, pool) };
}

describe('AdminRevokeUserSession', () => {
  test.each([undefined, 'NONE', 'LINKED'] as const)(
    'ends this session and no other (auth-flows 51): %s',
    async (linked) => {
      const { service, signIn, state, adminList, adminRevoke } = await aRoom();
      const one = await signIn.tokens('ada');
      service.clock.advance(1000);
      const two = await signIn.tokens('ada');
      const [newer, older] = idsIn(await adminList('ada'));
      await adminRevoke('ada', older, linked);
      expect([await state(one), await state(two)]).toEqual([revoked, done]);
      expect(await refused(signIn.refresh(one.refresh))).toBe('NotAuthorizedException: Refresh Token has been revoked');
      expect(idsIn(await adminList('ada'))).toEqual([newer]);
    },
  );

  test('finds no session under the name of somebody else (auth-flows 51)', async () => {
    const { signIn, state, adminList, adminRevoke } = await aRoom();
    const tokens = await signIn.tokens('ada');
    const [id] = idsIn(await adminList('ada'));
    expect(await refused(adminRevoke('ben', id))).toBe(`ResourceNotFoundException: Session ${id} does not exist.`);
    expect(await refused(adminRevoke('nobody', id))).toBe('UserNotFoundException: User does not exist.');
    expect(await state(tokens)).toBe(done);
  });

  test('finds none of a pool from another one', async () => {
    const { service, signIn, adminList } = await aRoom();
    await signIn.tokens('ada');
    const [id] = idsIn(await adminList('ada'));
    const elsewhere = await service.aPool();
    await tracking(service, elsewhere, 'ENABLED');
    await service.aUser(elsewhere, { username: 'ada' });
    expect(await refused(userSessionsOf(service, elsewhere).adminRevoke('ada', id))).toBe(
      `ResourceNotFoundException: Session ${id} does not exist.`,
    );
    expect(idsIn(await adminList('ada'))).toEqual([id]);
  });

  test('is refused where sessions are not tracked (auth-flows 51)', async () => {
    const { service, pool, signIn, adminList, adminRevoke } = await aRoom();
    await signIn.tokens('ada');
    const [id] = idsIn(await adminList('ada'));
    await tracking(service, pool, 'DISABLED');
    expect(await refused(adminRevoke('ada', id))).toMatch(/^InvalidParameterException: /);
  });

  test('ends a session whose end failed half-way, when it is asked again', async () => {
    const { service, pool, signIn, state, adminList } = await aRoom();
    const tokens = await signIn.tokens('ada');
    const [id] = idsIn(await adminList('ada'));
    let fails = true;
    const userSessions: typeof service.ports.userSessions = {
      ...service.ports.userSessions,
      remove: (...given) => {
        if (fails) throw new Error('the database is away');
        return service.ports.userSessions.remove(...given);
      },
    };
    const broken = await startService({ ports: { ...service.ports, userSessions }, lenient: true });
    const { adminRevoke } = userSessionsOf(broken, pool);
    expect(await refused(adminRevoke('ada', id))).toMatch(/^InternalErrorException/);
    expect([await state(tokens), idsIn(await adminList('ada'))]).toEqual([revoked, [id]]);
    fails = false;
    await adminRevoke('ada', id);
    expect(await adminList('ada')).toEqual([]);
  });
});
