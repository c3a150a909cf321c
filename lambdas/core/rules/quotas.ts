/** The bounds on resources: those that the documentation gives, unless the deployment was told others. */
import type { QuotaName, Quotas } from '../model/quota.ts';
import type { Ports } from '../ports/index.ts';

/** "Quotas in Amazon Cognito" in its developer guide; of those that can be raised, the value before. */
export const usualQuotas: Quotas = {
  poolsPerAccount: 1000,
  customDomainsPerAccount: 4,
  usersPerPool: 40_000_000,
  clientsPerPool: 1000,
  groupsPerPool: 10_000,
  customAttributesPerPool: 50,
  tagsPerPool: 50,
  identityProvidersPerPool: 300,
  resourceServersPerPool: 25,
  replicasPerPool: 1,
  brandingStylesPerPool: 20,
  termsPerPool: 40,
  groupsPerUser: 100,
  identitiesPerUser: 5,
  secretsPerClient: 2,
  identifiersPerProvider: 50,
  scopesPerResourceServer: 100,
  scopesPerClient: 50,
  redirectUrisPerClient: 100,
};

export const quotaOf = ({ settings }: Pick<Ports, 'settings'>, name: QuotaName): number =>
  settings.quotas?.[name] ?? usualQuotas[name];
