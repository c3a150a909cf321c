/** Identity providers as rows, and their identifiers as rows that lead to them. How to reach a provider is sealed. */
import type { IdentityProvider, ProviderDetails, ProviderType } from '../../core/model/identity-provider.ts';
import type { Place } from '../../core/ports/sealer.ts';
import type { SecretSealer } from './client-rows.ts';
import { isAbsent } from './expressions.ts';
import {
  bytesIn,
  findTexts,
  layout,
  MalformedItem,
  numberIn,
  present,
  requireLayout,
  textIn,
  textListIn,
  textsIn,
} from './fields.ts';
import { providerIdentifierKey, providerKey, providersOfPool } from './keys.ts';
import type { RecordKind } from './record-store.ts';
import type { Item, Key, Write } from './table.ts';

const newest = 1;

export const providerKind = (sealer: SecretSealer): RecordKind<IdentityProvider> => ({
  counted: 'identityProviders',
  key: providerKey,
  all: providersOfPool,
  encode: (provider) => encode(sealer, provider),
  decode: (item) => decode(sealer, item),
  beside: (before, after) => [...writesFor(before, after, giveUp), ...writesFor(after, before, claim)],
});

async function encode(sealer: SecretSealer, provider: IdentityProvider): Promise<Item> {
  const key = providerKey(provider.poolId, provider.name);
  return present({
    ...key,
    ...layout(newest),
    p: provider.poolId,
    nm: provider.name,
    ty: provider.type,
    sec: await sealer.seal(Buffer.from(JSON.stringify(provider.details)), placeOf(provider.poolId, key)),
    map: provider.mapping,
    ids: provider.identifiers,
    acr: provider.acrMapping,
    la: provider.linkAttributes,
    ca: provider.createdAt,
    ma: provider.modifiedAt,
  });
}

async function decode(sealer: SecretSealer, item: Item): Promise<IdentityProvider> {
  requireLayout(item, newest);
  return {
    poolId: textIn(item, 'p'),
    name: textIn(item, 'nm'),
    type: typeIn(item),
    details: await openDetails(sealer, item),
    mapping: textsIn(item, 'map'),
    identifiers: textListIn(item, 'ids'),
    acrMapping: findTexts(item, 'acr'),
    linkAttributes: 'la' in item ? textListIn(item, 'la') : undefined,
    createdAt: numberIn(item, 'ca'),
    modifiedAt: numberIn(item, 'ma'),
    version: numberIn(item, 'n'),
  };
}

/** All in one: whoever could change where people are sent to sign in could sign in as any of them. */
async function openDetails(sealer: SecretSealer, item: Item): Promise<ProviderDetails> {
  const plain = await sealer.open(bytesIn(item, 'sec'), placeOf(textIn(item, 'p'), item));
  if (!plain) throw new MalformedItem(item, 'its details do not open');
  // Only our own sealing opens here, so its members need no second check.
  return JSON.parse(Buffer.from(plain).toString()) as ProviderDetails;
}

const placeOf = (poolId: string, { PK, SK }: Key): Place => ({
  purpose: 'identity-provider',
  poolId,
  item: `${PK} ${SK}`,
});

/** `satisfies` keeps the list complete. */
const types = {
  SAML: true,
  Facebook: true,
  Google: true,
  LoginWithAmazon: true,
  SignInWithApple: true,
  OIDC: true,
} as const satisfies Record<ProviderType, true>;

function typeIn(item: Item): ProviderType {
  const type = textIn(item, 'ty');
  if (!isType(type)) throw new MalformedItem(item, 'ty is not a type');
  return type;
}

const isType = (text: string): text is ProviderType => Object.hasOwn(types, text);

type Identified = Pick<IdentityProvider, 'poolId' | 'name' | 'identifiers'>;

/** One for each identifier that one version of a provider has and the other has not. */
const writesFor = (
  one: Identified | undefined,
  other: Identified | undefined,
  write: (provider: Identified, identifier: string) => Write,
): readonly Write[] =>
  one ? identifiersBeyond(one, other?.identifiers ?? []).map((identifier) => write(one, identifier)) : [];

export const identifiersBeyond = ({ identifiers }: Identified, others: readonly string[]): readonly string[] =>
  identifiers.filter((identifier) => !others.includes(identifier));

const claim = ({ poolId, name }: Identified, identifier: string): Write => ({
  put: { ...providerIdentifierKey(poolId, identifier), ...layout(newest), nm: name },
  condition: isAbsent,
});

/** No condition: that the provider has the identifier is what the version of its own row says. */
const giveUp = ({ poolId }: Identified, identifier: string): Write => ({
  remove: providerIdentifierKey(poolId, identifier),
});

/** The name of the provider that an identifier leads to. */
export const holderIn = (identifier: Item): string => textIn(identifier, 'nm');
