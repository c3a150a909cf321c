/** The one table, as its keys are declared beside the stores that use them. */
import { RemovalPolicy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { indexes, listedAttributes, ttlAttribute } from '../lambdas/adapters/dynamodb/keys.ts';
import { acknowledge } from './acknowledge.ts';
import { profiles } from './profiles.ts';
import type { Settings } from './settings.ts';

/** What roles, functions and alarms say of a table. */
export type NamedTable = Pick<dynamodb.ITable, 'tableArn' | 'tableName'>;

const text = (name: string): dynamodb.Attribute => ({ name, type: dynamodb.AttributeType.STRING });

/** The first index shows users in lists; the others lead to keys. */
const projectionOf = (
  index: string,
): Pick<dynamodb.GlobalSecondaryIndexProps, 'projectionType' | 'nonKeyAttributes'> =>
  index === '1'
    ? { projectionType: dynamodb.ProjectionType.INCLUDE, nonKeyAttributes: [...listedAttributes] }
    : { projectionType: dynamodb.ProjectionType.KEYS_ONLY };

export const indexNames: readonly string[] = Object.keys(indexes).map((number) => `GSI${number}`);

export const removalOf = ({ profile }: Settings): RemovalPolicy =>
  profiles[profile].retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;

/** All indexes are there from the start: an update can add only one. */
export function makeTable(scope: Construct, settings: Settings, encryptionKey: IKey | undefined): dynamodb.Table {
  const { protectData } = profiles[settings.profile];
  const bounds = { maxReadRequestUnits: settings.maxReadUnits, maxWriteRequestUnits: settings.maxWriteUnits };
  const table = new dynamodb.Table(scope, 'Table', {
    partitionKey: text('PK'),
    sortKey: text('SK'),
    billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
    ...bounds,
    timeToLiveAttribute: ttlAttribute,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: protectData },
    deletionProtection: protectData,
    removalPolicy: removalOf(settings),
    ...(settings.profile === 'production' && {
      contributorInsightsSpecification: {
        enabled: true,
        mode: dynamodb.ContributorInsightsMode.THROTTLED_KEYS,
      },
    }),
    ...(encryptionKey === undefined
      ? { encryption: dynamodb.TableEncryption.DEFAULT }
      : { encryption: dynamodb.TableEncryption.CUSTOMER_MANAGED, encryptionKey }),
  });
  if (!protectData) acknowledge(table, 'AwsSolutions-DDB3', 'What is in a sandbox may be lost.');
  for (const [number, { partition, sort }] of Object.entries(indexes)) {
    table.addGlobalSecondaryIndex({
      indexName: `GSI${number}`,
      partitionKey: text(partition),
      sortKey: text(sort),
      ...bounds,
      ...projectionOf(number),
    });
  }
  return table;
}
