/** Identity providers: what an administrator may say of one, and how answers show it. */
import {
  acrMappingLevelUnknown,
  acrMappingOfOtherType,
  limitExceeded,
  providerIdentifierRepeated,
  providerNotFound,
  providerTypeMismatch,
  type Refusal,
} from '../contract/errors.ts';
import type { Branded } from '../contract/shape.ts';
import type { IdentityProvider, ProviderType } from '../model/identity-provider.ts';
import type { Pool } from '../model/pool.ts';
import type { Ports } from '../ports/index.ts';
import { acrLevels } from './acr-levels.ts';
import { type GivenMapping, requireMapping } from './attribute-mapping.ts';
import { present, withoutUndefined } from './present.ts';
import { type GivenDetails, requireDetails, shownDetails } from './provider-details.ts';
import { quotaOf } from './quotas.ts';
import { requireSettingSize } from './setting-size.ts';

/** Of the request that creates or changes one. */
export interface ProviderSettings {
  readonly ProviderDetails?: GivenDetails | undefined;
  readonly AttributeMapping?: GivenMapping | undefined;
  readonly IdpIdentifiers?: readonly string[] | undefined;
  readonly AcrMapping?: Readonly<Partial<Record<string, string>>> | undefined;
}

const social: readonly ProviderType[] = ['Google', 'Facebook', 'LoginWithAmazon', 'SignInWithApple'];

export const isSocial = (type: ProviderType): boolean => social.includes(type);

/** A pool has one Google, and it is called Google; nothing else is. */
export function requireNameOfType(name: string, type: ProviderType): void {
  const isReserved = social.some((reserved) => reserved === name);
  if ((isSocial(type) || isReserved) && name !== type) throw providerTypeMismatch(name, type);
}

type Begun = Pick<IdentityProvider, 'poolId' | 'name' | 'type' | 'createdAt'>;

export function newProvider(
  ports: Pick<Ports, 'settings'>,
  pool: Pool,
  begun: Begun,
  settings: ProviderSettings,
): IdentityProvider {
  const blank = { ...begun, details: {}, mapping: {}, identifiers: [], modifiedAt: begun.createdAt, version: 0 };
  const { ProviderDetails = {}, AttributeMapping = {}, ...others } = settings;
  return withSettings(ports, pool, blank, { ProviderDetails, AttributeMapping, ...others }, limitExceeded);
}

type TooMany = (what: string, most: number) => Refusal;

/** Each part is replaced as a whole when it is given, and stays as it is otherwise. */
export function withSettings(
  { settings }: Pick<Ports, 'settings'>,
  pool: Pool,
  provider: IdentityProvider,
  given: ProviderSettings,
  tooMany: TooMany,
): IdentityProvider {
  const { ProviderDetails: details, AttributeMapping: mapping, IdpIdentifiers: identifiers, AcrMapping: acr } = given;
  const { type } = provider;
  if (identifiers) requireIdentifiers({ settings }, identifiers, tooMany);
  const changed = {
    ...provider,
    ...(details && { details: requireDetails(settings, { type, details }, provider.details) }),
    ...(mapping && { mapping: requireMapping(pool, type, mapping) }),
    ...(identifiers && { identifiers }),
    ...(acr && { acrMapping: requireAcrMapping(pool, type, acr) }),
  };
  requireSettingSize([changed.details, changed.mapping, changed.acrMapping]);
  return changed;
}

function requireIdentifiers(ports: Pick<Ports, 'settings'>, identifiers: readonly string[], tooMany: TooMany): void {
  const most = quotaOf(ports, 'identifiersPerProvider');
  if (identifiers.length > most) throw tooMany('identifiers of an identity provider', most);
  if (new Set(identifiers).size < identifiers.length) throw providerIdentifierRepeated();
}

function requireAcrMapping(
  pool: Pool,
  type: ProviderType,
  given: NonNullable<ProviderSettings['AcrMapping']>,
): IdentityProvider['acrMapping'] {
  const levels = Object.keys(given);
  if (levels.length === 0) return undefined;
  if (type !== 'OIDC') throw acrMappingOfOtherType();
  if (!levels.every((level) => Object.hasOwn(acrLevels(pool.settings), level))) throw acrMappingLevelUnknown();
  // Nothing is undefined in what is left.
  return withoutUndefined(given) as Readonly<Record<string, string>>;
}

export async function requireProvider(
  { identityProviders }: Pick<Ports, 'identityProviders'>,
  poolId: string,
  name: string,
): Promise<IdentityProvider> {
  const provider = await identityProviders.find(poolId, name);
  if (!provider) throw providerNotFound(name);
  return provider;
}

/** As `IdentityProviderType` of the API. */
export const describeProvider = (provider: IdentityProvider) => ({
  // Only the shape that read the id of the pool made it.
  UserPoolId: provider.poolId as Branded<'PoolId'>,
  ...describeListedProvider(provider),
  ProviderDetails: shownDetails(provider),
  ...(Object.keys(provider.mapping).length > 0 && { AttributeMapping: provider.mapping }),
  ...present({ IdpIdentifiers: provider.identifiers, AcrMapping: provider.acrMapping }),
});

/** As `ProviderDescription` of the API. */
export const describeListedProvider = (provider: IdentityProvider) => ({
  ProviderName: provider.name,
  ProviderType: provider.type,
  LastModifiedDate: provider.modifiedAt,
  CreationDate: provider.createdAt,
});
