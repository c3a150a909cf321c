/** Which attributes of users are taken from what an identity provider says. */
import { mappedAttributeImmutable, mappedAttributeUnknown } from '../contract/errors.ts';
import type { IdentityProvider, ProviderType } from '../model/identity-provider.ts';
import type { Pool } from '../model/pool.ts';
import { withoutUndefined } from './present.ts';
import { findAttribute } from './schema.ts';

type Mapping = IdentityProvider['mapping'];

/** As the API takes it. */
export type GivenMapping = Readonly<Partial<Record<string, string>>>;

/** The claims that name somebody, which the service maps unless it is told another; a SAML assertion has its NameID. */
const defaults: Readonly<Record<ProviderType, Mapping>> = {
  Google: { username: 'sub' },
  Facebook: { username: 'id' },
  LoginWithAmazon: { username: 'user_id' },
  SignInWithApple: { username: 'sub' },
  OIDC: { username: 'sub' },
  SAML: {},
};

/** Refuses attributes that no sign-in could write: each one writes all that are mapped. */
export function requireMapping(
  { schema }: Pick<Pool, 'schema'>,
  type: ProviderType,
  given: GivenMapping = {},
): Mapping {
  for (const name of Object.keys(given).filter((each) => each !== 'username')) {
    const attribute = findAttribute(schema, name);
    if (!attribute) throw mappedAttributeUnknown(name);
    if (!attribute.Mutable) throw mappedAttributeImmutable(name);
  }
  // Nothing is undefined in what is left.
  return withoutUndefined({ ...defaults[type], ...given }) as Mapping;
}
