import {
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  GetUserCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { aPerson, bodyOf, lookAt, nobody, refusalOfCall, tokenOf } from '../../support/people.ts';
import { startService } from '../../support/start-service.ts';

async function administering() {
  const service = await startService();
  const pool = await service.aPool();
  const person = await aPerson(service, pool, { username: 'ada' });
  const enable = (Username: string) =>
    service.client.send(new AdminEnableUserCommand({ UserPoolId: pool.id, Username }));
  return { ...service, ...person, pool, enable };
}

describe('AdminEnableUser', () => {
  test('lets the user in again, whose former sessions stay over', async () => {
    const { client, pool, app, token, clock, enable } = await administering();
    await client.send(new AdminDisableUserCommand({ UserPoolId: pool.id, Username: 'ada' }));
    clock.advance(1);

    expect(bodyOf(await enable('ada'))).toEqual({});
    expect(await lookAt(client, pool, 'ada')).toMatchObject({ status: 'CONFIRMED', enabled: true });
    expect(await refusalOfCall(client.send(new GetUserCommand({ AccessToken: token })))).toBe(
      'NotAuthorizedException: Access Token has been revoked',
    );
    const AccessToken = await tokenOf(client, app, { username: 'ada' });
    expect((await client.send(new GetUserCommand({ AccessToken }))).Username).toBe('ada');
  });

  test('leaves who is enabled as they are, sessions too', async () => {
    const { client, token, enable } = await administering();

    expect(bodyOf(await enable('ada'))).toEqual({});
    expect((await client.send(new GetUserCommand({ AccessToken: token }))).Username).toBe('ada');
  });

  test('does not know users and pools that are not there', async () => {
    const { client, enable } = await administering();
    expect(await refusalOfCall(enable('nobody'))).toBe(nobody);
    const elsewhere = new AdminEnableUserCommand({ UserPoolId: 'us-east-1_nobody', Username: 'nobody' });
    expect(await refusalOfCall(client.send(elsewhere))).toBe(
      'ResourceNotFoundException: User pool us-east-1_nobody does not exist.',
    );
  });
});
