/** An administrator looks at the tracked sessions of a user. */
import { describe, expect, test } from 'vitest';
import { tracking } from '../../support/client-sessions.ts';
import { refused } from '../../support/refused.ts';
import { signingIn } from '../../support/signing-in.ts';
import { startService } from '../../support/start-service.ts';
import { idsIn, userSessionsOf } from '../../support/user-sessions.ts';

async function aRoom() {
  const service = await startService();
  const pool = await service.aPool({ AliasAttributes: ['email'] });
  await tracking(service, pool, 'ENABLED');
  const ada = await service.aUser(pool, {
    username: 'ada',
    attributes: { email: 'ada@example.com', email_verified: 'true' },
  });
  return {
    service,
    pool,
    ada,
    signIn: signingIn(service, await service.aClient(pool)),
    ...userSessionsOf(service, pool),
  };
}

describe('AdminListUserSessions', () => {
  test('shows what the user sees, and calls none of it current (auth-flows 51)', async () => {
    const { signIn, list, adminList } = await aRoom();
    await signIn.tokens('ada');
    const { access } = await signIn.tokens('ada');
    const own = await list(access);
    expect(own.filter(({ IsCurrentSession }) => IsCurrentSession)).toHaveLength(1);
    expect(await adminList('ada')).toEqual(own.map((session) => ({ ...session, IsCurrentSession: false })));
  });

  test('finds the user by every name', async () => {
    const { ada, signIn, adminList } = await aRoom();
    await signIn.tokens('ada');
    for (const name of ['ada', ada.sub, 'ada@example.com']) expect(idsIn(await adminList(name))).toHaveLength(1);
  });

  test('is empty for a user who has no session, and where none is tracked (auth-flows 51)', async () => {
    const { service, pool, signIn, adminList } = await aRoom();
    expect(await adminList('ada')).toEqual([]);
    await signIn.tokens('ada');
    await tracking(service, pool, 'DISABLED');
    expect(await adminList('ada')).toEqual([]);
  });

  test('does not know a user or a pool that is not there', async () => {
    const { service, adminList } = await aRoom();
    expect(await refused(adminList('nobody'))).toBe('UserNotFoundException: User does not exist.');
    expect(await refused(userSessionsOf(service, { id: 'us-east-1_000000000' }).adminList('ada'))).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
  });
});
