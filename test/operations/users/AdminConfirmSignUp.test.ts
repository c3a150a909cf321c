import { AdminConfirmSignUpCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { bodyOf, lookAt, nobody, refusalOfCall, signIn, signUp } from '../../support/people.ts';
import { type Service, startService } from '../../support/start-service.ts';

const email = 'fixture@example.com';

async function registered(settings: Parameters<Service['aPool']>[0] = {}) {
  const service = await startService();
  const pool = await service.aPool({ AliasAttributes: ['email'], ...settings });
  const app = await service.aClient(pool);
  await signUp(service.client, app, { username: 'ada', attributes: { email } });
  const confirm = (Username: string) =>
    service.client.send(new AdminConfirmSignUpCommand({ UserPoolId: pool.id, Username }));
  return { ...service, pool, app, confirm };
}

describe('AdminConfirmSignUp', () => {
  test('confirms the user, and verifies nothing (pools-and-users 42)', async () => {
    const { client, pool, app, confirm } = await registered();

    expect(bodyOf(await confirm('ada'))).toEqual({});
    expect(await lookAt(client, pool, 'ada')).toMatchObject({
      status: 'CONFIRMED',
      attributes: { email_verified: 'false' },
    });
    expect((await signIn(client, app, { username: 'ada' })).AuthenticationResult).toBeDefined();
    expect(await refusalOfCall(lookAt(client, pool, email))).toBe(nobody);
  });

  test('refuses users who wait for nothing, by their state (pools-and-users 42)', async () => {
    const { pool, aUser, confirm } = await registered();
    await confirm('ada');
    await aUser(pool, { username: 'invited', invited: true });

    expect(await refusalOfCall(confirm('ada'))).toBe(
      'NotAuthorizedException: User cannot be confirmed. Current status is CONFIRMED',
    );
    expect(await refusalOfCall(confirm('invited'))).toBe(
      'NotAuthorizedException: User cannot be confirmed. Current status is FORCE_CHANGE_PASSWORD',
    );
  });

  test('does not know users and pools that are not there', async () => {
    const { client, confirm } = await registered();

    expect(await refusalOfCall(confirm('nobody'))).toBe(nobody);
    const elsewhere = new AdminConfirmSignUpCommand({ UserPoolId: 'us-east-1_nobody', Username: 'nobody' });
    expect(await refusalOfCall(client.send(elsewhere))).toBe(
      'ResourceNotFoundException: User pool us-east-1_nobody does not exist.',
    );
  });
});
