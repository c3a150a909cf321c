/** The contracts of all stores, kept by the DynamoDB adapter: alone on its table, and as one of several writers. */
import { randomUUID } from 'node:crypto';
import { dynamodbTable } from '../../lambdas/adapters/dynamodb/dynamodb-table.ts';
import { ringStore } from '../../lambdas/adapters/dynamodb/ring-store.ts';
import { createTable } from '../../lambdas/adapters/dynamodb/table-definition.ts';
import { testWire } from '../support/table.ts';
import { attemptStoreContract } from './attempt-store.contract.ts';
import { challengeStateStoreContract } from './challenge-state-store.contract.ts';
import { clientStoreContract } from './client-store.contract.ts';
import { codeStoreContract } from './code-store.contract.ts';
import { deviceStoreContract } from './device-store.contract.ts';
import { domainStoreContract } from './domain-store.contract.ts';
import { openDynamodbStores } from './dynamodb-stores.ts';
import { familyStoreContract } from './family-store.contract.ts';
import { groupStoreContract } from './group-store.contract.ts';
import { identityProviderStoreContract } from './identity-provider-store.contract.ts';
import { nonceStoreContract } from './nonce-store.contract.ts';
import type { OpenAll } from './open-stores.ts';
import { passkeyStoreContract } from './passkey-store.contract.ts';
import { poolStoreContract } from './pool-store.contract.ts';
import { provisionedLimitsContract } from './provisioned-limits.contract.ts';
import { replicaStoreContract } from './replica-store.contract.ts';
import { resourceServerStoreContract } from './resource-server-store.contract.ts';
import { ringStoreContract } from './ring-store.contract.ts';
import { signingKeyStoreContract } from './signing-key-store.contract.ts';
import { softwareTokenStoreContract } from './software-token-store.contract.ts';
import { styleStoreContract } from './style-store.contract.ts';
import { termsStoreContract } from './terms-store.contract.ts';
import { uiCustomizationStoreContract } from './ui-customization-store.contract.ts';
import { userIdentitiesContract } from './user-identities.contract.ts';
import { userListContract } from './user-list.contract.ts';
import { userSessionStoreContract } from './user-session-store.contract.ts';
import { userStoreContract } from './user-store.contract.ts';

for (const versionCheck of ['never', 'always'] as const) {
  const name = `dynamodbStores (versionCheck ${versionCheck})`;
  const open: OpenAll = (clock) => openDynamodbStores({ clock, versionCheck });
  poolStoreContract(name, open);
  clientStoreContract(name, open);
  domainStoreContract(name, open);
  resourceServerStoreContract(name, open);
  replicaStoreContract(name, open);
  userStoreContract(name, open);
  userIdentitiesContract(name, open);
  identityProviderStoreContract(name, open);
  groupStoreContract(name, open);
  styleStoreContract(name, open);
  termsStoreContract(name, open);
  uiCustomizationStoreContract(name, open);
}

userListContract('dynamodbStores', (clock) => openDynamodbStores({ clock }));
codeStoreContract('dynamodbStores', (clock) => openDynamodbStores({ clock }));
attemptStoreContract('dynamodbStores', (clock) => openDynamodbStores({ clock }));
familyStoreContract('dynamodbStores', (clock) => openDynamodbStores({ clock }));
deviceStoreContract('dynamodbStores', (clock) => openDynamodbStores({ clock }));
provisionedLimitsContract('dynamodbStores', (clock) => openDynamodbStores({ clock }));
userSessionStoreContract('dynamodbStores', (clock) => openDynamodbStores({ clock }));
passkeyStoreContract('dynamodbStores', (clock) => openDynamodbStores({ clock }));
softwareTokenStoreContract('dynamodbStores', (clock) => openDynamodbStores({ clock }));
nonceStoreContract('dynamodbStores', (clock) => openDynamodbStores({ clock }));
challengeStateStoreContract('dynamodbStores', (clock) => openDynamodbStores({ clock }));
signingKeyStoreContract('dynamodbStores', (clock) => openDynamodbStores({ clock }));

ringStoreContract('ringStore', async () => {
  const tableName = `rings-${randomUUID()}`;
  await createTable(testWire(), tableName);
  return ringStore({ table: dynamodbTable({ wire: testWire(), tableName }) });
});
