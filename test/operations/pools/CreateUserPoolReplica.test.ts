import {
  CreateUserPoolReplicaCommand,
  DeleteUserPoolCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { outcomes, refused } from '../../support/refused.ts';
import { aReplicablePool, replicable, replicating } from '../../support/replicated-pools.ts';
import { startService } from '../../support/start-service.ts';

const invalid = (message: string) => `InvalidParameterException: ${message}`;
const keyMissing = invalid(
  'KeyConfiguration must name a customer managed multi-Region key before a replica can be created.',
);
const gone = (id: string) => `ResourceNotFoundException: User pool ${id} does not exist.`;
const full = (most: number) =>
  `LimitExceededException: The limit of ${most} replicas of a user pool would be exceeded.`;

describe('A replica', () => {
  test('is created, activated, deactivated and deleted (pools-and-users 23)', async () => {
    const { service, pool, copy, turn, end, list, states, listedRegions, settle } = await aReplicablePool({
      region: 'xx-alife-1',
    });
    const secondary = (Status: string) => ({
      RegionName: 'eu-west-1',
      Status,
      Role: 'SECONDARY',
      UserPoolArn: `arn:aws:cognito-idp:eu-west-1:000000000000:userpool/${pool.id}`,
    });
    const primary = { RegionName: 'xx-alife-1', Status: 'ACTIVE', Role: 'PRIMARY', UserPoolArn: pool.Arn };
    const shown = async () => (await list()).UserPoolReplicas;
    expect([await shown(), await listedRegions()]).toEqual([[primary], undefined]);

    expect((await copy('eu-west-1')).UserPoolReplica).toEqual(secondary('CREATING'));
    expect([await shown(), await listedRegions()]).toEqual([[primary, secondary('CREATING')], ['eu-west-1']]);
    service.clock.advance(1_999);
    expect(await states()).toEqual(['xx-alife-1 ACTIVE', 'eu-west-1 CREATING']);
    service.clock.advance(1);
    expect(await shown()).toEqual([primary, secondary('INACTIVE')]);

    expect((await turn('eu-west-1', 'ACTIVE')).UserPoolReplica).toEqual(secondary('ACTIVE'));
    expect(await shown()).toEqual([primary, secondary('ACTIVE')]);
    expect(await refused(end('eu-west-1'))).toBe(
      invalid('A replica can be deleted when it is INACTIVE; this one is ACTIVE.'),
    );
    expect((await turn('eu-west-1', 'INACTIVE')).UserPoolReplica).toEqual(secondary('INACTIVE'));

    expect((await end('eu-west-1')).UserPoolReplica).toEqual(secondary('DELETING'));
    expect([await shown(), await listedRegions()]).toEqual([[primary, secondary('DELETING')], ['eu-west-1']]);
    settle();
    expect([await shown(), await listedRegions()]).toEqual([[primary], undefined]);
    expect((await copy('eu-west-1')).UserPoolReplica).toEqual(secondary('CREATING'));
  });
});

describe('CreateUserPoolReplica', () => {
  test('needs a customer managed multi-Region key', async () => {
    const service = await startService();
    const { KmsKeyArn = '' } = replicable.KeyConfiguration ?? {};
    const keys = [
      undefined,
      { KeyType: 'AWS_OWNED_KEY' },
      { KeyType: 'CUSTOMER_MANAGED_KEY' },
      { KeyType: 'AWS_OWNED_KEY', KmsKeyArn },
      { KmsKeyArn },
      { KeyType: 'CUSTOMER_MANAGED_KEY', KmsKeyArn: KmsKeyArn.replace('mrk-', '') },
      { KeyType: 'CUSTOMER_MANAGED_KEY', KmsKeyArn: KmsKeyArn.replace('key/', 'alias/') },
    ] as const;
    for (const KeyConfiguration of keys) {
      const { id } = await service.aPool({ KeyConfiguration });
      const { copy, states } = replicating(service, id);
      expect(await refused(copy('eu-west-1')), JSON.stringify(KeyConfiguration)).toBe(keyMissing);
      const update = new UpdateUserPoolCommand({ UserPoolId: id, KeyConfiguration: replicable.KeyConfiguration });
      await service.client.send(update);
      expect(await refused(copy('eu-west-1'))).toBe('nothing is refused');
      expect(await states()).toEqual(['us-east-1 ACTIVE', 'eu-west-1 CREATING']);
    }
  });

  test('is not for the plan of the fewest features', async () => {
    const service = await startService();
    const { id } = await service.aPool({ ...replicable, UserPoolTier: 'LITE' });
    expect(await refused(replicating(service, id).copy('eu-west-1'))).toBe(
      'FeatureUnavailableInTierException: Multi-Region replication is not available in the LITE tier.',
    );
  });

  test.each(['europe', 'EU-WEST-1', 'eu-west-1 ', 'eu_west_1', 'eu-west-100', '-west-1', 'eu-west-1\n', '../../etc'])(
    'takes %j for no Region',
    async (name) => {
      const { copy, states } = await aReplicablePool();
      expect(await refused(copy(name))).toBe(invalid('RegionName must be the name of a Region.'));
      expect(await states()).toEqual(['us-east-1 ACTIVE']);
    },
  );

  test('refuses the region of the pool itself, and one that has a replica', async () => {
    const { copy, states } = await aReplicablePool();
    expect(await refused(copy('us-east-1'))).toBe(
      invalid('RegionName must be another Region than that of the user pool.'),
    );
    await copy('eu-west-1');
    expect(await refused(copy('eu-west-1'))).toBe(invalid('The user pool has a replica in eu-west-1 already.'));
    expect(await states()).toEqual(['us-east-1 ACTIVE', 'eu-west-1 CREATING']);
  });

  test('refuses a second replica, until the first one is gone (pools-and-users 58)', async () => {
    const { copy, end, states, settle } = await aReplicablePool();
    await copy('eu-west-1');
    settle();
    expect(await refused(copy('eu-west-2'))).toBe(full(1));
    await end('eu-west-1');
    expect(await refused(copy('eu-west-2'))).toBe(full(1));
    settle();
    await copy('eu-west-2');
    expect(await states()).toEqual(['us-east-1 ACTIVE', 'eu-west-2 CREATING']);
  });

  test('has a limit that a deployment can change (pools-and-users 58)', async () => {
    const { copy, states } = await aReplicablePool({ settings: { quotas: { replicasPerPool: 2 } } });
    await copy('eu-west-1');
    await copy('ap-south-1');
    expect(await refused(copy('eu-west-2'))).toBe(full(2));
    expect(await states()).toEqual(['us-east-1 ACTIVE', 'ap-south-1 CREATING', 'eu-west-1 CREATING']);
  });

  test('refuses tags that a pool cannot have', async () => {
    const { copy, states } = await aReplicablePool({ settings: { quotas: { tagsPerPool: 2 } } });
    expect(await refused(copy('eu-west-1', { 'aws:x': '' }))).toBe(
      invalid('Tag key aws:x is reserved: keys that begin with aws: cannot be set.'),
    );
    expect(await refused(copy('eu-west-1', { a: '', b: '', c: '' }))).toBe(
      'LimitExceededException: The limit of 2 tags of a user pool would be exceeded.',
    );
    expect(await states()).toEqual(['us-east-1 ACTIVE']);
    await copy('eu-west-1', { a: '', b: '' });
  });

  test('does not know a pool that nobody made, that is gone, or that is in another region', async () => {
    const { service, pool, copy } = await aReplicablePool();
    const unknown = replicating(service, 'us-east-1_000000000');
    expect(await refused(unknown.copy('eu-west-1'))).toBe(gone('us-east-1_000000000'));
    const abroad = replicating({ client: service.clientFor('eu-west-1') }, pool.id);
    expect(await refused(abroad.copy('us-east-1'))).toBe(gone(pool.id));
    await service.client.send(new DeleteUserPoolCommand({ UserPoolId: pool.id }));
    expect(await refused(copy('eu-west-1'))).toBe(gone(pool.id));
  });

  test.each([
    ['abcd', 'Member must have length greater than or equal to 5'],
    ['x'.repeat(33), 'Member must have length less than or equal to 32'],
  ])('refuses the name %s', async (name, clause) => {
    const { copy } = await aReplicablePool();
    expect(await refused(copy(name))).toBe(
      invalid(`1 validation error detected: Value '${name}' at 'regionName' failed to satisfy constraint: ${clause}`),
    );
  });
});

describe('CreateUserPoolReplica beside other calls', () => {
  test('keeps to the limit, and to one replica in a region', async () => {
    const { copy, states } = await aReplicablePool({ settings: { quotas: { replicasPerPool: 2 } } });
    const told = await outcomes(['eu-west-1', 'eu-west-1', 'eu-west-2', 'eu-west-3'].map((name) => copy(name)));
    expect(told.filter((each) => each === 'done')).toHaveLength(2);
    for (const each of told) {
      expect(['done', full(2), invalid('The user pool has a replica in eu-west-1 already.')]).toContain(each);
    }
    expect(await states()).toHaveLength(3);
  });

  test('takes the place of one that is gone once', async () => {
    const { copy, end, states, settle } = await aReplicablePool();
    await copy('eu-west-1');
    settle();
    await end('eu-west-1');
    settle();
    const told = await outcomes([copy('eu-west-1'), copy('eu-west-2'), copy('eu-west-1')]);
    expect(told.filter((each) => each === 'done')).toHaveLength(1);
    expect(await states()).toHaveLength(2);
  });

  test('leaves no replica of a pool that is deleted', async () => {
    for (let round = 0; round < 5; round++) {
      const { client, pool, copy } = await aReplicablePool();
      const remove = () => client.send(new DeleteUserPoolCommand({ UserPoolId: pool.id }));
      const [removed, copied] = await outcomes([remove(), copy('eu-west-1')]);
      const kept = invalid('User pool cannot be deleted. It has a replica that should be deleted first.');
      expect([
        ['done', gone(pool.id)],
        [kept, 'done'],
      ]).toContainEqual([removed, copied]);
    }
  });

  test('asks for another try when others are always faster', async () => {
    const { service, pool, copy, end, settle } = await aReplicablePool();
    await copy('eu-west-1');
    settle();
    await end('eu-west-1');
    settle();
    const replicas = { ...service.ports.replicas, remove: async () => 'changed' as const };
    const slow = await startService({ ports: { replicas }, now: service.clock.now() });
    const command = new CreateUserPoolReplicaCommand({ UserPoolId: pool.id, RegionName: 'eu-west-1' });
    expect(await refused(slow.client.send(command))).toBe('TooManyRequestsException: Rate exceeded');
  });
});
