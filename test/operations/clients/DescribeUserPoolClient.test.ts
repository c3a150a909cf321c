import { DescribeUserPoolClientCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { refused } from '../../support/refused.ts';
import { type Service, startService } from '../../support/start-service.ts';

const look = ({ client }: Pick<Service, 'client'>, UserPoolId: string, ClientId: string) =>
  client.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
const goneClient = (id: string) => `ResourceNotFoundException: User pool client ${id} does not exist.`;

describe('DescribeUserPoolClient', () => {
  test('answers what CreateUserPoolClient answered, and that nobody registered the client by itself', async () => {
    const service = await startService();
    const { id, poolId, ...made } = await service.aClient(await service.aPool(), { GenerateSecret: true });
    const { UserPoolClient } = await look(service, poolId, id);
    expect(UserPoolClient).toEqual({ ...made, ClientType: 'REGULAR' });
    expect(UserPoolClient?.ClientSecret).toMatch(/^[0-9a-v]{51,52}$/);
  });

  test('does not know a client that nobody made', async () => {
    const service = await startService();
    const { id } = await service.aPool();
    expect(await refused(look(service, id, 'nobody'))).toBe(goneClient('nobody'));
  });

  test('does not know a client of another pool', async () => {
    const service = await startService();
    const [one, other] = [await service.aPool(), await service.aPool()];
    const app = await service.aClient(one, { GenerateSecret: true });
    expect(await refused(look(service, other.id, app.id))).toBe(goneClient(app.id));
  });

  test('does not know a pool that nobody made, before it looks for the client', async () => {
    const service = await startService();
    const app = await service.aClient(await service.aPool());
    expect(await refused(look(service, 'us-east-1_000000000', app.id))).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
  });

  test('does not repeat what cannot be an id', async () => {
    const service = await startService();
    const { id } = await service.aPool();
    expect(await refused(look(service, id, 'no-client'))).toBe(
      "InvalidParameterException: 1 validation error detected: Value at 'clientId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+]+",
    );
  });

  test('finds nothing but clients', async () => {
    const service = await startService();
    const { id } = await service.aPool();
    for (const name of ['__proto__', 'constructor', 'x'.repeat(128), '+']) {
      expect(await refused(look(service, id, name))).toBe(goneClient(name));
    }
  });
});
