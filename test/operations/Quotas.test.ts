/** Every quota, met: as many as the deployment allows, one more, and many at once. */
import { randomInt } from 'node:crypto';
import {
  AddCustomAttributesCommand,
  AdminCreateUserCommand,
  AdminLinkProviderForUserCommand,
  CreateIdentityProviderCommand,
  CreateManagedLoginBrandingCommand,
  CreateUserPoolCommand,
  CreateUserPoolReplicaCommand,
  TagResourceCommand,
  UpdateUserPoolClientCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import type { QuotaName } from '../../lambdas/core/model/quota.ts';
import { usualQuotas } from '../../lambdas/core/rules/quotas.ts';
import { secretsOf } from '../support/client-secrets.ts';
import { createDomain, custom, newHostName } from '../support/domains.ts';
import { groupsOf } from '../support/groups.ts';
import { signUp } from '../support/people.ts';
import { neededDetails, providersOf } from '../support/providers.ts';
import { outcomes, refused } from '../support/refused.ts';
import { replicable } from '../support/replicated-pools.ts';
import { scopesNamed, serversOf } from '../support/resource-servers.ts';
import { type Service, startService } from '../support/start-service.ts';
import { createTerms } from '../support/terms.ts';

/** Makes what is counted: the `number`th of them, or as many as that at one stroke. */
type Make = (number: number) => Promise<unknown>;

interface Way {
  readonly by: string;
  /** In a service in which there is none of it yet. */
  prepare(service: Service): Promise<Make>;
  /** What is refused: the name of the error, and what there would be too many of. */
  readonly refusal: readonly ['LimitExceededException' | 'InvalidParameterException', string];
  /** A list is written whole: there are no two that come side by side. */
  readonly isList?: true;
}

const most = 2;
const upTo = <T>(number: number, each: (index: number) => T): T[] =>
  Array.from({ length: number }, (_, at) => each(at));
const customAttribute = (index: number) => ({ Name: `note${index}`, AttributeDataType: 'String' as const });
const tags = (number: number) => Object.fromEntries(upTo(number, (index) => [`team-${index}`, '']));
const uris = (number: number) => upTo(number, (index) => `shop:${index}`);
const regions = upTo(8, (index) => `eu-west-${index + 1}`);

const ways: Readonly<Record<QuotaName, readonly Way[]>> = {
  poolsPerAccount: [
    {
      by: 'CreateUserPool',
      prepare:
        async ({ aPool }) =>
        () =>
          aPool(),
      refusal: ['LimitExceededException', 'user pools of an account'],
    },
  ],
  customDomainsPerAccount: [
    {
      by: 'CreateUserPoolDomain',
      async prepare(service) {
        // A pool has one custom domain.
        const pools = await Promise.all(upTo(8, () => service.aPool()));
        return (number) => createDomain(service, pools[number - 1]?.id ?? '', newHostName(), custom);
      },
      refusal: ['LimitExceededException', 'custom domains of an account'],
    },
  ],
  usersPerPool: [
    {
      by: 'SignUp',
      async prepare({ client, aPool, aClient }) {
        const app = await aClient(await aPool());
        return (number) => signUp(client, app, { username: `user-${number}` });
      },
      refusal: ['LimitExceededException', 'users of a user pool'],
    },
    {
      by: 'AdminCreateUser',
      async prepare({ client, aPool }) {
        const { id: UserPoolId } = await aPool();
        return (number) => client.send(new AdminCreateUserCommand({ UserPoolId, Username: `user-${number}` }));
      },
      refusal: ['InvalidParameterException', 'users of a user pool'],
    },
  ],
  clientsPerPool: [
    {
      by: 'CreateUserPoolClient',
      async prepare({ aPool, aClient }) {
        const pool = await aPool();
        return () => aClient(pool);
      },
      refusal: ['LimitExceededException', 'clients of a user pool'],
    },
  ],
  groupsPerPool: [
    {
      by: 'CreateGroup',
      async prepare(service) {
        const groups = groupsOf(service, await service.aPool());
        return (number) => groups.create(`group-${number}`);
      },
      refusal: ['LimitExceededException', 'groups of a user pool'],
    },
  ],
  customAttributesPerPool: [
    {
      by: 'CreateUserPool',
      prepare:
        async ({ client }) =>
        (number) =>
          client.send(new CreateUserPoolCommand({ PoolName: 'people', Schema: upTo(number, customAttribute) })),
      refusal: ['LimitExceededException', 'custom attributes of a user pool'],
      isList: true,
    },
    {
      by: 'AddCustomAttributes',
      async prepare({ client, aPool }) {
        const { id: UserPoolId } = await aPool();
        return (number) =>
          client.send(new AddCustomAttributesCommand({ UserPoolId, CustomAttributes: [customAttribute(number)] }));
      },
      refusal: ['InvalidParameterException', 'custom attributes of a user pool'],
    },
  ],
  tagsPerPool: [
    {
      by: 'CreateUserPool',
      prepare:
        async ({ aPool }) =>
        (number) =>
          aPool({ UserPoolTags: tags(number) }),
      refusal: ['LimitExceededException', 'tags of a user pool'],
      isList: true,
    },
    {
      by: 'UpdateUserPool',
      async prepare({ client, aPool }) {
        const { id: UserPoolId } = await aPool();
        return (number) => client.send(new UpdateUserPoolCommand({ UserPoolId, UserPoolTags: tags(number) }));
      },
      refusal: ['InvalidParameterException', 'tags of a user pool'],
      isList: true,
    },
    {
      by: 'TagResource',
      async prepare({ client, aPool }) {
        const { Arn: ResourceArn } = await aPool();
        return (number) => client.send(new TagResourceCommand({ ResourceArn, Tags: { [`team-${number}`]: '' } }));
      },
      refusal: ['InvalidParameterException', 'tags of a user pool'],
    },
  ],
  identityProvidersPerPool: [
    {
      by: 'CreateIdentityProvider',
      async prepare(service) {
        const providers = providersOf(service, await service.aPool());
        return (number) => providers.create({ ProviderType: 'OIDC', ProviderName: `corp-${number}` });
      },
      refusal: ['LimitExceededException', 'identity providers of a user pool'],
    },
  ],
  resourceServersPerPool: [
    {
      by: 'CreateResourceServer',
      async prepare(service) {
        const servers = serversOf(service, await service.aPool());
        return (number) => servers.create(`server-${number}`);
      },
      refusal: ['LimitExceededException', 'resource servers of a user pool'],
    },
  ],
  replicasPerPool: [
    {
      by: 'CreateUserPoolReplica',
      async prepare({ client, aPool }) {
        const { id: UserPoolId } = await aPool(replicable);
        return (number) =>
          client.send(new CreateUserPoolReplicaCommand({ UserPoolId, RegionName: regions[number - 1] }));
      },
      refusal: ['LimitExceededException', 'replicas of a user pool'],
    },
  ],
  brandingStylesPerPool: [
    {
      by: 'CreateManagedLoginBranding',
      async prepare(service) {
        const pool = await service.aPool();
        const apps = await Promise.all(upTo(8, () => service.aClient(pool)));
        return (number) => {
          const ClientId = apps[number - 1]?.id;
          const asked = { UserPoolId: pool.id, ClientId, UseCognitoProvidedValues: true };
          return service.client.send(new CreateManagedLoginBrandingCommand(asked));
        };
      },
      refusal: ['LimitExceededException', 'managed login branding styles of a user pool'],
    },
  ],
  termsPerPool: [
    {
      by: 'CreateTerms',
      async prepare(service) {
        const pool = await service.aPool();
        const apps = await Promise.all(upTo(8, () => service.aClient(pool)));
        return (number) => createTerms(service, { poolId: pool.id, id: apps[number - 1]?.id ?? '' });
      },
      refusal: ['LimitExceededException', 'terms of a user pool'],
    },
  ],
  groupsPerUser: [
    {
      by: 'AdminAddUserToGroup',
      async prepare(service) {
        const pool = await service.aPool();
        const groups = groupsOf(service, pool);
        const { username } = await service.aUser(pool, { username: 'ada' });
        await Promise.all(upTo(8, (index) => groups.create(`group-${index + 1}`)));
        return (number) => groups.join(`group-${number}`, username);
      },
      refusal: ['InvalidParameterException', 'groups of a user'],
    },
  ],
  identitiesPerUser: [
    {
      by: 'AdminLinkProviderForUser',
      async prepare(service) {
        const pool = await service.aPool();
        await service.aUser(pool, { username: 'ada' });
        await providersOf(service, pool).create({ ProviderType: 'Google' });
        return (number) =>
          service.client.send(
            new AdminLinkProviderForUserCommand({
              UserPoolId: pool.id,
              DestinationUser: { ProviderName: 'Cognito', ProviderAttributeValue: 'ada' },
              SourceUser: {
                ProviderName: 'Google',
                ProviderAttributeName: 'Cognito_Subject',
                ProviderAttributeValue: `${number}`,
              },
            }),
          );
      },
      refusal: ['LimitExceededException', 'identities linked to a user'],
    },
  ],
  secretsPerClient: [
    {
      by: 'AddUserPoolClientSecret',
      async prepare(service) {
        const secrets = secretsOf(service, await service.aClient(await service.aPool(), { GenerateSecret: true }));
        // The first one comes with the client.
        return (number) => (number === 1 ? secrets.list() : secrets.add());
      },
      refusal: ['LimitExceededException', 'secrets of an app client'],
    },
  ],
  identifiersPerProvider: [
    {
      by: 'CreateIdentityProvider',
      async prepare({ client, aPool }) {
        const { id: UserPoolId } = await aPool();
        return (number) =>
          client.send(
            new CreateIdentityProviderCommand({
              UserPoolId,
              ProviderType: 'OIDC',
              ProviderName: `corp-${number}`,
              ProviderDetails: { ...neededDetails.OIDC },
              IdpIdentifiers: upTo(number, (index) => `of-${number}-${index}.example`),
            }),
          );
      },
      refusal: ['LimitExceededException', 'identifiers of an identity provider'],
      isList: true,
    },
    {
      by: 'UpdateIdentityProvider',
      async prepare(service) {
        const providers = providersOf(service, await service.aPool());
        await providers.create({ ProviderType: 'OIDC', ProviderName: 'corp' });
        return (number) => providers.update('corp', { IdpIdentifiers: upTo(number, (index) => `${index}.example`) });
      },
      refusal: ['InvalidParameterException', 'identifiers of an identity provider'],
      isList: true,
    },
  ],
  scopesPerResourceServer: [
    {
      by: 'CreateResourceServer',
      async prepare(service) {
        const servers = serversOf(service, await service.aPool());
        return (number) =>
          servers.create(`server-${number}`, { Scopes: scopesNamed(...upTo(number, (index) => `s${index}`)) });
      },
      refusal: ['LimitExceededException', 'scopes of a resource server'],
      isList: true,
    },
    {
      by: 'UpdateResourceServer',
      async prepare(service) {
        const servers = serversOf(service, await service.aPool());
        await servers.create('server');
        return (number) => servers.update('server', { Scopes: scopesNamed(...upTo(number, (index) => `s${index}`)) });
      },
      refusal: ['InvalidParameterException', 'scopes of a resource server'],
      isList: true,
    },
  ],
  scopesPerClient: settingsOfClients('scopes', (number) => ({
    AllowedOAuthScopes: ['openid', 'email', 'phone'].slice(0, number),
  })),
  redirectUrisPerClient: [
    ...settingsOfClients('callback URLs', (number) => ({ CallbackURLs: uris(number) })),
    ...settingsOfClients('logout URLs', (number) => ({ LogoutURLs: uris(number) })),
  ],
};

/** What a client is made with, and what it is changed to. */
function settingsOfClients(what: string, settings: (number: number) => object): readonly Way[] {
  return [
    {
      by: `CreateUserPoolClient with ${what}`,
      async prepare({ aPool, aClient }) {
        const pool = await aPool();
        return (number) => aClient(pool, settings(number));
      },
      refusal: ['LimitExceededException', `${what} of an app client`],
      isList: true,
    },
    {
      by: `UpdateUserPoolClient with ${what}`,
      async prepare({ client, aPool, aClient }) {
        const { id: ClientId, poolId: UserPoolId } = await aClient(await aPool());
        return (number) => client.send(new UpdateUserPoolClientCommand({ UserPoolId, ClientId, ...settings(number) }));
      },
      refusal: ['InvalidParameterException', `${what} of an app client`],
      isList: true,
    },
  ];
}

const rows = Object.entries(ways).flatMap(([quota, all]) =>
  all.map((way) => ({
    ...way,
    quota,
    told: `${way.refusal[0]}: The limit of ${most} ${way.refusal[1]} would be exceeded.`,
  })),
);

/** In an account of its own, as some quotas are of accounts. */
async function limited({ quota, prepare }: (typeof rows)[number]): Promise<Make> {
  const account = randomInt(1e11, 1e12).toString();
  const plenty = { poolsPerAccount: 100 };
  const service = await startService({ settings: { account, quotas: { ...plenty, [quota]: most } } });
  return prepare(service);
}

describe('The quota', () => {
  test('of each kind is met below', () => {
    expect(Object.keys(ways).toSorted()).toEqual(Object.keys(usualQuotas).toSorted());
  });

  test.each(rows)('$quota holds for $by, to the last one (pools-and-users 58)', async (row) => {
    const make = await limited(row);
    for (let number = 1; number <= most; number++) await make(number);
    expect(await refused(make(most + 1))).toBe(row.told);
    expect(await refused(make(most + 1))).toBe(row.told);
  });

  test.each(rows.filter(({ isList }) => !isList))(
    '$quota holds for $by when many come at once (pools-and-users 58)',
    async (row) => {
      const make = await limited(row);
      const atOnce = await outcomes(upTo(4, (index) => make(index + 1)));
      // Who loses every race to change the same thing is told to come again: there may be room still.
      const later: string[] = [];
      for (let number = 5; number <= 8 && later.at(-1) !== row.told; number++) later.push(await refused(make(number)));
      const made = [...atOnce, ...later].filter((told) => ['done', 'nothing is refused'].includes(told));
      expect(made).toHaveLength(most);
    },
  );
});
