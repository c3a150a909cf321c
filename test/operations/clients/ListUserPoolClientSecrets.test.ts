import {
  DeleteUserPoolClientCommand,
  DeleteUserPoolCommand,
  ListUserPoolClientSecretsCommand,
  ListUserPoolClientsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { secretsOf } from '../../support/client-secrets.ts';
import { bodyOf } from '../../support/people.ts';
import { refused } from '../../support/refused.ts';
import { startService } from '../../support/start-service.ts';

const badToken = 'InvalidParameterException: Invalid pagination token provided.';
const goneClient = (id: string) => `ResourceNotFoundException: User pool client ${id} does not exist.`;

async function aServer() {
  const service = await startService();
  const app = await service.aClient(await service.aPool(), { GenerateSecret: true });
  const list = (page: { readonly NextToken?: string } = {}) =>
    service.client.send(new ListUserPoolClientSecretsCommand({ UserPoolId: app.poolId, ClientId: app.id, ...page }));
  return { service, app, list };
}

describe('ListUserPoolClientSecrets', () => {
  test('shows all secrets on one page, eldest first, and what they are never (pools-and-users 28, 56)', async () => {
    const { service, app, list } = await aServer();
    service.clock.advance(60_000);
    const { ClientSecretValue = '', ...second } = await secretsOf(service, app).add();
    expect(bodyOf(await list())).toEqual({
      ClientSecrets: [
        { ClientSecretId: `${app.id}--${app.CreationDate?.getTime()}`, ClientSecretCreateDate: app.CreationDate },
        second,
      ],
    });
    const { body } = await service.call('ListUserPoolClientSecrets', { UserPoolId: app.poolId, ClientId: app.id });
    for (const secret of [app.ClientSecret ?? '', ClientSecretValue]) expect(body).not.toContain(secret);
  });

  test('is empty for a public client', async () => {
    const service = await startService();
    const app = await service.aClient(await service.aPool());
    expect(await secretsOf(service, app).list()).toEqual([]);
  });

  test('takes no token, as it never gives one (pools-and-users 56)', async () => {
    const { service, app, list } = await aServer();
    await service.aClient({ id: app.poolId });
    const clients = new ListUserPoolClientsCommand({ UserPoolId: app.poolId, MaxResults: 1 });
    const { NextToken = '' } = await service.client.send(clients);
    for (const token of [NextToken, 'x']) expect(await refused(list({ NextToken: token }))).toBe(badToken);
    expect(await refused(list({ NextToken: 'x'.repeat(131_073) }))).toMatch(/less than or equal to 131072$/);
    expect(await refused(list({ NextToken: '' }))).toMatch(/greater than or equal to 1/);
  });

  test('does not know a client that nobody made, or that is gone, or of another pool, or of one that is gone', async () => {
    const { service, app } = await aServer();
    const { id: other } = await service.aPool();
    const attempt = (poolId: string, id: string) => refused(secretsOf(service, { poolId, id }).list());
    expect(await attempt(app.poolId, 'nobody')).toBe(goneClient('nobody'));
    expect(await attempt(other, app.id)).toBe(goneClient(app.id));
    await service.client.send(new DeleteUserPoolClientCommand({ UserPoolId: app.poolId, ClientId: app.id }));
    expect(await attempt(app.poolId, app.id)).toBe(goneClient(app.id));
    await service.client.send(new DeleteUserPoolCommand({ UserPoolId: app.poolId }));
    expect(await attempt(app.poolId, app.id)).toBe(
      `ResourceNotFoundException: User pool ${app.poolId} does not exist.`,
    );
  });
});
