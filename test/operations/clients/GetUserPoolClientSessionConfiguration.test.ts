import { DeleteUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { startProcesses } from '../../support/another-process.ts';
import { sessionsOf, tracking } from '../../support/client-sessions.ts';
import { refused } from '../../support/refused.ts';
import { startService } from '../../support/start-service.ts';

const goneClient = (id: string) => `ResourceNotFoundException: User pool client ${id} does not exist.`;

describe('GetUserPoolClientSessionConfiguration', () => {
  test.each(['LITE', 'ESSENTIALS', 'PLUS'] as const)(
    'answers sixty minutes where nobody set anything, in the plan %s (auth-flows 51)',
    async (UserPoolTier) => {
      const service = await startService();
      const app = await service.aClient(await service.aPool({ UserPoolTier }));
      expect(await sessionsOf(service, app).get()).toEqual({
        UserPoolId: app.poolId,
        ClientId: app.id,
        SSOSession: { MaxValidityMinutes: 60 },
      });
    },
  );

  test('answers what another process has just set', async () => {
    const [here, there] = await startProcesses();
    const pool = await here.aPool();
    const app = await here.aClient(pool);
    await tracking(here, pool, 'ENABLED');
    await sessionsOf(there, app).get();
    await sessionsOf(here, app).set(5);
    expect(await sessionsOf(there, app).get()).toMatchObject({ SSOSession: { MaxValidityMinutes: 5 } });
  });

  test('does not know a client that nobody made, or of another pool, or of a pool that is gone', async () => {
    const service = await startService();
    const app = await service.aClient(await service.aPool());
    const { id: other } = await service.aPool();
    const attempt = (poolId: string, id: string) => refused(sessionsOf(service, { poolId, id }).get());
    expect(await attempt(app.poolId, 'nobody')).toBe(goneClient('nobody'));
    expect(await attempt(other, app.id)).toBe(goneClient(app.id));
    await service.client.send(new DeleteUserPoolCommand({ UserPoolId: app.poolId }));
    expect(await attempt(app.poolId, app.id)).toBe(
      `ResourceNotFoundException: User pool ${app.poolId} does not exist.`,
    );
  });
});
