import { DeleteUserPoolCommand, DeleteUserPoolReplicaCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { outcomes, refused } from '../../support/refused.ts';
import { aReplicablePool, replicating } from '../../support/replicated-pools.ts';
import { startService } from '../../support/start-service.ts';

const notInactive = (state: string) =>
  `InvalidParameterException: A replica can be deleted when it is INACTIVE; this one is ${state}.`;
const notThere = (id: string, region: string) =>
  `ResourceNotFoundException: User pool ${id} does not have a replica in ${region}.`;
const gone = (id: string) => `ResourceNotFoundException: User pool ${id} does not exist.`;

describe('DeleteUserPoolReplica', () => {
  test('refuses a replica in any state but one', async () => {
    const { pool, copy, turn, end, settle } = await aReplicablePool();
    await copy('eu-west-1');
    expect(await refused(end('eu-west-1'))).toBe(notInactive('CREATING'));
    settle();
    await turn('eu-west-1', 'ACTIVE');
    expect(await refused(end('eu-west-1'))).toBe(notInactive('ACTIVE'));
    await turn('eu-west-1', 'INACTIVE');
    expect((await end('eu-west-1')).UserPoolReplica).toEqual({
      RegionName: 'eu-west-1',
      Status: 'DELETING',
      Role: 'SECONDARY',
      UserPoolArn: `arn:aws:cognito-idp:eu-west-1:000000000000:userpool/${pool.id}`,
    });
    expect(await refused(end('eu-west-1'))).toBe(notInactive('DELETING'));
    settle();
    expect(await refused(end('eu-west-1'))).toBe(notThere(pool.id, 'eu-west-1'));
  });

  test('does not know a replica that is not there, or is the pool itself', async () => {
    const { pool, end, states } = await aReplicablePool();
    for (const region of ['eu-west-1', 'us-east-1', 'nowhere']) {
      expect(await refused(end(region))).toBe(notThere(pool.id, region));
    }
    expect(await states()).toEqual(['us-east-1 ACTIVE']);
  });

  test('is a matter of the primary region', async () => {
    const { service, pool, copy, settle } = await aReplicablePool();
    await copy('eu-west-1');
    settle();
    const abroad = replicating({ client: service.clientFor('eu-west-1') }, pool.id);
    expect(await refused(abroad.end('eu-west-1'))).toBe(gone(pool.id));
    expect(await refused(replicating(service, 'us-east-1_000000000').end('eu-west-1'))).toBe(
      gone('us-east-1_000000000'),
    );
  });

  test('happens once', async () => {
    const { copy, end, states, settle } = await aReplicablePool();
    await copy('eu-west-1');
    settle();
    const told = await outcomes([1, 2, 3].map(() => end('eu-west-1')));
    expect(told.toSorted()).toEqual([notInactive('DELETING'), notInactive('DELETING'), 'done']);
    expect(await states()).toEqual(['us-east-1 ACTIVE', 'eu-west-1 DELETING']);
  });

  test('asks for another try when others are always faster', async () => {
    const { service, pool, copy, settle } = await aReplicablePool();
    await copy('eu-west-1');
    settle();
    const replicas = { ...service.ports.replicas, save: async () => 'changed' as const };
    const slow = await startService({ ports: { replicas }, now: service.clock.now() });
    const command = new DeleteUserPoolReplicaCommand({ UserPoolId: pool.id, RegionName: 'eu-west-1' });
    expect(await refused(slow.client.send(command))).toBe('TooManyRequestsException: Rate exceeded');
  });
});

describe('DeleteUserPool', () => {
  test('refuses a pool as long as it has a replica', async () => {
    const { client, pool, copy, turn, end, listedRegions, settle } = await aReplicablePool({ region: 'xx-keeps-1' });
    const remove = () => refused(client.send(new DeleteUserPoolCommand({ UserPoolId: pool.id })));
    const kept =
      'InvalidParameterException: User pool cannot be deleted. It has a replica that should be deleted first.';
    await copy('eu-west-1');
    expect(await remove()).toBe(kept);
    settle();
    expect(await remove()).toBe(kept);
    await turn('eu-west-1', 'ACTIVE');
    expect(await remove()).toBe(kept);
    await turn('eu-west-1', 'INACTIVE');
    await end('eu-west-1');
    expect(await remove()).toBe(kept);
    expect(await listedRegions()).toEqual(['eu-west-1']);
    settle();
    expect(await remove()).toBe('nothing is refused');
    expect(await remove()).toBe(gone(pool.id));
  });
});
