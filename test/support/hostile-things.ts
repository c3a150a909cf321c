/** What a pool has beside people, for those who mean no good to find: each thing by the member that names it. */
import type { ExplicitAuthFlowsType } from '@aws-sdk/client-cognito-identity-provider';
import type { BuiltClient, BuiltPool } from './builders.ts';
import { secretsOf } from './client-secrets.ts';
import { tracking } from './client-sessions.ts';
import { groupsOf } from './groups.ts';
import { someLooks } from './hostile-looks.ts';
import { knownIdentifier } from './hostile-providers.ts';
import { providersOf } from './providers.ts';
import { replicating, settling } from './replicated-pools.ts';
import { scopesNamed, serversOf } from './resource-servers.ts';
import type { Service } from './start-service.ts';

export interface Things {
  /** What the pool has, by the member that names it. */
  readonly named: Readonly<Record<string, readonly string[]>>;
  readonly retiring: RetiringClient | undefined;
}

/** It gets tokens for itself, and people do not use it; one secret of its two is about to go. */
interface RetiringClient {
  readonly clientId: string;
  readonly secretId: string;
  readonly secrets: readonly string[];
}

/** Without a client whose pages look like something, the pool has no domain either. */
export async function thingsOf(service: Service, pool: BuiltPool, app: BuiltClient | undefined): Promise<Things> {
  await tracking(service, pool, 'ENABLED');
  return {
    named: {
      Identifier: await someServers(service, pool),
      GroupName: await someGroups(service, pool),
      RegionName: await someRegions(service, pool),
      ResourceArn: [String(pool.Arn)],
      ProviderName: await someProviders(service, pool),
      ...(app && (await someLooks(service, app))),
    },
    retiring: await aRetiringClient(service, pool),
  };
}

async function someGroups(service: Service, pool: { readonly id: string }): Promise<readonly string[]> {
  const names = ['staff', 'Others'];
  for (const name of names) await groupsOf(service, pool).create(name);
  return names;
}

/** The pool with the newer form of issuer has a copy in the first of them. */
async function someRegions(service: Service, { id, IssuerConfiguration }: BuiltPool): Promise<readonly string[]> {
  const regions = ['eu-west-1', 'ap-south-1'] as const;
  if (IssuerConfiguration?.Type === 'UPDATED') await replicating(service, id).copy(regions[0]);
  service.clock.advance(settling);
  return regions;
}

async function someServers(service: Service, pool: { readonly id: string }): Promise<readonly string[]> {
  const identifiers = ['shop', 'https://shop.example.com'];
  for (const identifier of identifiers) {
    await serversOf(service, pool).create(identifier, { Scopes: scopesNamed('read') });
  }
  return identifiers;
}

/** Only where there are any can accounts at them be linked; one has been. */
async function someProviders(service: Service, pool: { readonly id: string }): Promise<readonly string[]> {
  const { create } = providersOf(service, pool);
  await create({ ProviderType: 'Google', IdpIdentifiers: [knownIdentifier] });
  await create({ ProviderType: 'OIDC', AttributeMapping: { email: 'mail' } });
  return ['Google', 'Corp'];
}

async function aRetiringClient(service: Service, pool: { readonly id: string }): Promise<RetiringClient> {
  const app = await service.aClient(pool, {
    GenerateSecret: true,
    // The SDK's list of flows does not have it yet.
    ExplicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH' as ExplicitAuthFlowsType],
    AllowedOAuthScopes: ['shop/read'],
  });
  const { ClientSecretId = '', ClientSecretValue = '' } = await secretsOf(service, app).add();
  return { clientId: app.id, secretId: ClientSecretId, secrets: [app.ClientSecret ?? '', ClientSecretValue] };
}
