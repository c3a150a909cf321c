/** How many there may be of what an account, a pool, a client or a user has. */

export type QuotaName =
  | 'poolsPerAccount'
  | 'customDomainsPerAccount'
  | 'usersPerPool'
  | 'clientsPerPool'
  | 'groupsPerPool'
  | 'customAttributesPerPool'
  | 'tagsPerPool'
  | 'identityProvidersPerPool'
  | 'resourceServersPerPool'
  | 'replicasPerPool'
  | 'brandingStylesPerPool'
  | 'termsPerPool'
  | 'groupsPerUser'
  | 'identitiesPerUser'
  | 'secretsPerClient'
  | 'identifiersPerProvider'
  | 'scopesPerResourceServer'
  | 'scopesPerClient'
  | 'redirectUrisPerClient';

export type Quotas = Readonly<Record<QuotaName, number>>;
