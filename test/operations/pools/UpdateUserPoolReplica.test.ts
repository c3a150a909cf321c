import { DeleteUserPoolCommand, UpdateUserPoolReplicaCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { outcomes, refused } from '../../support/refused.ts';
import { aReplicablePool, replicating } from '../../support/replicated-pools.ts';
import { startService } from '../../support/start-service.ts';

const notReady = (state: string) =>
  `InvalidParameterException: A replica can be updated when it is ACTIVE or INACTIVE; this one is ${state}.`;
const notThere = (id: string, region: string) =>
  `ResourceNotFoundException: User pool ${id} does not have a replica in ${region}.`;
const gone = (id: string) => `ResourceNotFoundException: User pool ${id} does not exist.`;

describe('UpdateUserPoolReplica', () => {
  test('switches a replica on and off, also when it is so already', async () => {
    const { copy, turn, states, settle } = await aReplicablePool();
    await copy('eu-west-1');
    settle();
    for (const status of ['INACTIVE', 'ACTIVE', 'ACTIVE', 'INACTIVE'] as const) {
      expect((await turn('eu-west-1', status)).UserPoolReplica?.Status).toBe(status);
      expect(await states()).toEqual(['us-east-1 ACTIVE', `eu-west-1 ${status}`]);
    }
  });

  test('refuses a replica that is being created or deleted', async () => {
    const { copy, turn, end, states, settle } = await aReplicablePool();
    await copy('eu-west-1');
    expect(await refused(turn('eu-west-1', 'ACTIVE'))).toBe(notReady('CREATING'));
    settle();
    expect(await states()).toEqual(['us-east-1 ACTIVE', 'eu-west-1 INACTIVE']);
    await end('eu-west-1');
    expect(await refused(turn('eu-west-1', 'ACTIVE'))).toBe(notReady('DELETING'));
  });

  test('does not know a replica that is not there, is gone, or is the pool itself', async () => {
    const { pool, copy, turn, end, settle } = await aReplicablePool();
    for (const region of ['eu-west-1', 'us-east-1', 'nowhere']) {
      expect(await refused(turn(region, 'ACTIVE'))).toBe(notThere(pool.id, region));
    }
    await copy('eu-west-1');
    settle();
    await end('eu-west-1');
    settle();
    expect(await refused(turn('eu-west-1', 'ACTIVE'))).toBe(notThere(pool.id, 'eu-west-1'));
  });

  test('does not know a pool that nobody made, that is gone, or that is in another region', async () => {
    const { service, pool, turn } = await aReplicablePool();
    const unknown = replicating(service, 'us-east-1_000000000');
    expect(await refused(unknown.turn('eu-west-1', 'ACTIVE'))).toBe(gone('us-east-1_000000000'));
    const abroad = replicating({ client: service.clientFor('eu-west-1') }, pool.id);
    expect(await refused(abroad.turn('eu-west-1', 'ACTIVE'))).toBe(gone(pool.id));
    await service.client.send(new DeleteUserPoolCommand({ UserPoolId: pool.id }));
    expect(await refused(turn('eu-west-1', 'ACTIVE'))).toBe(gone(pool.id));
  });

  test('takes no other status', async () => {
    const { service, pool } = await aReplicablePool();
    const input = { UserPoolId: pool.id, RegionName: 'eu-west-1', Status: 'DELETING' };
    expect((await service.call('UpdateUserPoolReplica', input)).json).toEqual({
      __type: 'InvalidParameterException',
      message:
        "1 validation error detected: Value 'DELETING' at 'status' failed to satisfy constraint: Member must satisfy enum value set: [ACTIVE, INACTIVE]",
    });
  });

  test('and a deletion side by side never leave an active replica that is being deleted', async () => {
    for (let round = 0; round < 5; round++) {
      const { copy, turn, end, states, settle } = await aReplicablePool();
      await copy('eu-west-1');
      settle();
      const [turned, ended] = await outcomes([turn('eu-west-1', 'ACTIVE'), end('eu-west-1')]);
      const active = 'InvalidParameterException: A replica can be deleted when it is INACTIVE; this one is ACTIVE.';
      expect([
        ['done', active],
        [notReady('DELETING'), 'done'],
      ]).toContainEqual([turned, ended]);
      expect(await states()).toEqual(['us-east-1 ACTIVE', `eu-west-1 ${turned === 'done' ? 'ACTIVE' : 'DELETING'}`]);
    }
  });

  test('asks for another try when others are always faster', async () => {
    const { service, pool, copy, settle } = await aReplicablePool();
    await copy('eu-west-1');
    settle();
    const replicas = { ...service.ports.replicas, save: async () => 'changed' as const };
    const slow = await startService({ ports: { replicas }, now: service.clock.now() });
    const command = { UserPoolId: pool.id, RegionName: 'eu-west-1', Status: 'ACTIVE' } as const;
    expect(await refused(slow.client.send(new UpdateUserPoolReplicaCommand(command)))).toBe(
      'TooManyRequestsException: Rate exceeded',
    );
  });
});
