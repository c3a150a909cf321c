/** A pool that can be copied to other regions, and what is done with its copies. */
import {
  type CreateUserPoolCommandInput,
  CreateUserPoolReplicaCommand,
  DeleteUserPoolReplicaCommand,
  ListUserPoolReplicasCommand,
  ListUserPoolsCommand,
  UpdateUserPoolReplicaCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { builders } from './builders.ts';
import { type Service, type ServiceOptions, startService } from './start-service.ts';

/** With a key that is known in several regions. */
export const replicable: Partial<CreateUserPoolCommandInput> = {
  KeyConfiguration: {
    KeyType: 'CUSTOMER_MANAGED_KEY',
    KmsKeyArn: 'arn:aws:kms:us-east-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab',
  },
  IssuerConfiguration: { Type: 'UPDATED' },
};

/** What a copy takes to come or to go. */
export const settling = 2_000;

export async function aReplicablePool(options: ServiceOptions & { readonly region?: string } = {}) {
  const service = await startService(options);
  const client = service.clientFor(options.region ?? 'us-east-1');
  const pool = await builders(client).aPool(replicable);
  return { service, client, pool, ...replicating({ client }, pool.id), ...waiting(service) };
}

export const replicating = ({ client }: Pick<Service, 'client'>, UserPoolId: string) => ({
  copy: (RegionName: string, UserPoolTags?: Readonly<Record<string, string>>) =>
    client.send(new CreateUserPoolReplicaCommand({ UserPoolId, RegionName, UserPoolTags })),
  turn: (RegionName: string, Status: 'ACTIVE' | 'INACTIVE') =>
    client.send(new UpdateUserPoolReplicaCommand({ UserPoolId, RegionName, Status })),
  end: (RegionName: string) => client.send(new DeleteUserPoolReplicaCommand({ UserPoolId, RegionName })),
  list: async (NextToken?: string) => client.send(new ListUserPoolReplicasCommand({ UserPoolId, NextToken })),
  /** By region, in the order of the list. */
  states: async () => {
    const { UserPoolReplicas = [] } = await client.send(new ListUserPoolReplicasCommand({ UserPoolId }));
    return UserPoolReplicas.map(({ RegionName, Status }) => `${RegionName} ${Status}`);
  },
  listedRegions: async () => {
    const { UserPools = [] } = await client.send(new ListUserPoolsCommand({ MaxResults: 60 }));
    return UserPools.find(({ Id }) => Id === UserPoolId)?.ReplicaRegions;
  },
});

const waiting = ({ clock }: Pick<Service, 'clock'>) => ({ settle: () => clock.advance(settling) });
