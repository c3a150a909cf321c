/** The service behind the gateway of one machine, as tests see it when it runs elsewhere. */
import { DescribeUserPoolCommand, SignUpCommand } from '@aws-sdk/client-cognito-identity-provider';
import { expect, test } from 'vitest';
import { startGateway } from '../../lambdas/adapters/local/gateway.ts';
import { openOutbox } from '../../lambdas/adapters/local/outbox.ts';
import { outboxApi } from '../../lambdas/adapters/local/outbox-api.ts';
import { pipeline } from '../../lambdas/core/pipeline/pipeline.ts';
import { isWellKnown, wellKnown } from '../../lambdas/wellknown/index.ts';
import { operationTable } from '../support/entries.ts';
import { startService } from '../support/start-service.ts';

test('A served endpoint answers the same clients, keeps their messages and publishes its keys', async () => {
  const here = await startService();
  const outbox = await openOutbox({ clock: here.clock });
  const ports = { ...here.ports, messenger: outbox };
  const raise = (fault: unknown) => {
    throw fault;
  };
  const gateway = await startGateway({
    entry: pipeline(operationTable, () => ports, { onFault: raise }),
    routes: [
      { covers: isWellKnown, answer: wellKnown(ports) },
      {
        covers: (path) => path.startsWith('/_local/outbox'),
        answer: outboxApi(outbox, { isPublic: false, hostnames: [] }),
      },
    ],
    port: 0,
    host: '127.0.0.1',
    onFault: raise,
  });
  const endpoint = `http://127.0.0.1:${gateway.port}`;
  const service = await startService({ endpoint: `${endpoint}/` });
  const pool = await service.aPool({ AutoVerifiedAttributes: ['email'] });
  const app = await service.aClient(pool);
  const UserAttributes = [{ Name: 'email', Value: 'ada@example.com' }];
  await service.client.send(
    new SignUpCommand({ ClientId: app.id, Username: 'ada', Password: 'Correct-Horse-9', UserAttributes }),
  );

  expect(service.endpoint).toBe(endpoint);
  expect(await service.outbox.codeFor({ poolId: pool.id, username: 'ada' })).toMatch(/^\d{6}$/);
  await expect(service.outbox.last({ to: 'nobody@example.com' })).rejects.toThrow('No such message was sent');
  expect((await service.client.send(new DescribeUserPoolCommand({ UserPoolId: pool.id }))).UserPool?.Id).toBe(pool.id);
  expect(await service.call('GetUser', { AccessToken: 'x.y.z' })).toMatchObject({
    status: 400,
    json: { __type: 'NotAuthorizedException', message: 'Invalid Access Token' },
  });
  const keys = await service.send({ method: 'GET', target: `/${pool.id}/.well-known/jwks.json` });
  expect(keys.json).toEqual({ keys: (await here.ports.signer.published(pool.id)).keys });
  await gateway.close();
});
