import {
  AdminResetUserPasswordCommand,
  AdminSetUserPasswordCommand,
  GetUserCommand,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import type { UserStatus } from '../../../lambdas/core/model/user.ts';
import { somePassword } from '../../support/builders.ts';
import { bodyOf, day, lookAt, nobody, refusalOfCall, signIn, signUp } from '../../support/people.ts';
import { type Service, startService } from '../../support/start-service.ts';

const next = 'Another-Horse-9';
const verified = { email: 'fixture@example.com', email_verified: 'true' };
const usedBefore = 'PasswordHistoryPolicyViolationException: Password has previously been used.';

async function administering(settings: Parameters<Service['aPool']>[0] = {}) {
  const service = await startService();
  const pool = await service.aPool(settings);
  const app = await service.aClient(pool);
  const set = (Username: string, Password: string, Permanent?: boolean) =>
    service.client.send(new AdminSetUserPasswordCommand({ UserPoolId: pool.id, Username, Password, Permanent }));
  const ask = (...given: Parameters<typeof set>) => refusalOfCall(set(...given));
  /** One user in each state that an operation leads to. */
  async function inEachState(): Promise<readonly UserStatus[]> {
    await signUp(service.client, app, { username: 'UNCONFIRMED' });
    await service.aUser(pool, { username: 'CONFIRMED' });
    await service.aUser(pool, { username: 'FORCE_CHANGE_PASSWORD', invited: true });
    await service.aUser(pool, { username: 'RESET_REQUIRED', attributes: verified });
    await service.client.send(new AdminResetUserPasswordCommand({ UserPoolId: pool.id, Username: 'RESET_REQUIRED' }));
    return ['UNCONFIRMED', 'CONFIRMED', 'FORCE_CHANGE_PASSWORD', 'RESET_REQUIRED'];
  }
  return { ...service, pool, app, set, ask, inEachState };
}

describe('AdminSetUserPassword', () => {
  test('confirms users of every state with a permanent password (pools-and-users 42)', async () => {
    const { client, pool, app, set, inEachState } = await administering();
    for (const username of await inEachState()) {
      expect((await lookAt(client, pool, username)).status).toBe(username);
      expect(bodyOf(await set(username, next, true))).toEqual({});
      expect((await lookAt(client, pool, username)).status).toBe('CONFIRMED');
      expect((await signIn(client, app, { username, password: next })).AuthenticationResult).toBeDefined();
    }
  });

  test('has users of every state choose another after a temporary one (pools-and-users 42)', async () => {
    const { client, pool, app, set, inEachState } = await administering();
    for (const username of await inEachState()) {
      await set(username, next);
      expect((await lookAt(client, pool, username)).status).toBe('FORCE_CHANGE_PASSWORD');
      const { ChallengeName } = await signIn(client, app, { username, password: next });
      expect(ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
    }
  });

  test('is refused for users of another provider (pools-and-users 42)', async () => {
    const { aUser, pool, ports, ask } = await administering();
    await aUser(pool, { username: 'ada' });
    const kept = await ports.pools.find(pool.id);
    const ada = kept && (await ports.users.find(kept, 'ada'));
    if (!kept || !ada) throw new Error('There is no such user');
    await ports.users.save(kept, ada, { ...ada, status: 'EXTERNAL_PROVIDER' });

    for (const permanent of [true, false]) {
      expect(await ask('ada', next, permanent)).toBe(
        'NotAuthorizedException: User password cannot be reset in the current state.',
      );
    }
  });

  test('gives a temporary password the days that the pool says (pools-and-users 41)', async () => {
    const { client, app, aUser, pool, clock, set } = await administering();
    await aUser(pool, { username: 'ada' });
    await set('ada', next, false);
    const temporary = { username: 'ada', password: next };
    clock.advance(7 * day - 1000);
    expect((await signIn(client, app, temporary)).ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
    clock.advance(2000);
    expect(await refusalOfCall(signIn(client, app, temporary))).toBe(
      'NotAuthorizedException: Temporary password has expired and must be reset by an administrator.',
    );
    await set('ada', next, false);
    clock.advance(1000);
    expect((await signIn(client, app, temporary)).ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
  });

  test('refuses a password that breaks the policy (pools-and-users 51)', async () => {
    const { aUser, pool, ask } = await administering();
    await aUser(pool, { username: 'ada' });

    for (const permanent of [true, false]) {
      expect(await ask('ada', 'Abcdefg1', permanent)).toBe(
        'InvalidPasswordException: Password did not conform with policy: Password must have symbol characters',
      );
    }
  });

  test('remembers permanent passwords, and no temporary ones', async () => {
    const { aUser, pool, ask } = await administering({ Policies: { PasswordPolicy: { PasswordHistorySize: 2 } } });
    await aUser(pool, { username: 'ada' });

    expect(await ask('ada', somePassword, true)).toBe(usedBefore);
    expect(await ask('ada', somePassword, false)).toBe('nothing is refused');
    expect(await ask('ada', 'Temporary-Horse-9', false)).toBe('nothing is refused');
    expect(await ask('ada', 'Temporary-Horse-9', true)).toBe('nothing is refused');
    expect(await ask('ada', somePassword, true)).toBe(usedBefore);
    expect(await ask('ada', 'Third-Horse-9', true)).toBe('nothing is refused');
    expect(await ask('ada', 'Temporary-Horse-9', true)).toBe(usedBefore);
    expect(await ask('ada', somePassword, true)).toBe('nothing is refused');
  });

  test('leaves sessions and flags as they are', async () => {
    const { client, app, aUser, pool, clock, set } = await administering();
    await aUser(pool, { username: 'ada', attributes: { email: verified.email } });
    const { AuthenticationResult } = await signIn(client, app, { username: 'ada' });
    clock.advance(1);
    await set('ada', next, true);

    expect((await client.send(new GetUserCommand({ AccessToken: AuthenticationResult?.AccessToken }))).Username).toBe(
      'ada',
    );
    const refreshed = await client.send(
      new InitiateAuthCommand({
        ClientId: app.id,
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN: AuthenticationResult?.RefreshToken ?? '' },
      }),
    );
    expect(refreshed.AuthenticationResult?.AccessToken).toBeDefined();
    expect((await lookAt(client, pool, 'ada')).attributes['email_verified']).not.toBe('true');
  });

  test('finds the user by every name, and nobody else', async () => {
    const { client, pool, app, aUser, set, ask } = await administering({ AliasAttributes: ['email'] });
    const { sub } = await aUser(pool, { username: 'ada', attributes: verified });
    for (const [name, password] of [
      [verified.email, 'First-Horse-9'],
      [sub, 'Second-Horse-9'],
    ] as const) {
      await set(name, password, true);
      expect((await signIn(client, app, { username: 'ada', password })).AuthenticationResult).toBeDefined();
    }
    expect(await ask('nobody', next)).toBe(nobody);
    const elsewhere = { UserPoolId: 'us-east-1_nobody', Username: 'nobody', Password: next };
    expect(await refusalOfCall(client.send(new AdminSetUserPasswordCommand(elsewhere)))).toBe(
      'ResourceNotFoundException: User pool us-east-1_nobody does not exist.',
    );
  });
});
