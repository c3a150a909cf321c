/** Links accounts at identity providers to users: each account leads to one user, whoever asks for it at the same time. */
import {
  destinationImmutable,
  limitExceeded,
  providerBeingChanged,
  sourceUserLinkedAlready,
  sourceUserLinkedToAnother,
  sourceUserSignedUp,
} from '../core/contract/errors.ts';
import type { Identity } from '../core/model/identity.ts';
import type { IdentityProvider } from '../core/model/identity-provider.ts';
import type { Pool } from '../core/model/pool.ts';
import type { User } from '../core/model/user.ts';
import type { Ports } from '../core/ports/index.ts';
import { changeUser } from '../core/rules/change-user.ts';
import { findIdentity } from '../core/rules/identities.ts';
import { requireProvider } from '../core/rules/identity-providers.ts';
import { quotaOf } from '../core/rules/quotas.ts';
import { requireSamlMetadata } from '../core/rules/saml-metadata.ts';
import { findAttribute } from '../core/rules/schema.ts';
import { unlessLost } from '../core/rules/unless-lost.ts';
import { type Account, findLinked } from './provider-users.ts';

type LinkPorts = Pick<Ports, 'users' | 'identityProviders' | 'settings' | 'clock'>;

export async function link(ports: LinkPorts, pool: Pool, destination: User, account: Account): Promise<void> {
  const { provider, key } = account;
  await requireUnlinked(ports, pool, destination, account);
  requireLinkable(ports, pool, destination);
  // Before the link, or a sign-in would not look for it.
  if (key.attribute !== undefined) await rememberAttribute(ports, provider, key.attribute);
  const now = ports.clock.now();
  const identity = identityOf(account, now);
  await changeUser(ports, pool, destination, {
    decide: (user) => {
      if (findIdentity(user, key)) throw sourceUserLinkedAlready();
      requireLinkable(ports, pool, user);
      return { ...user, identities: [...(user.identities ?? []), identity], modifiedAt: now };
    },
    taken: sourceUserLinkedToAnother,
  });
}

/** Says why an account cannot be linked that leads to somebody already. */
async function requireUnlinked(ports: LinkPorts, pool: Pool, destination: User, { key }: Account): Promise<void> {
  const holder = await findLinked(ports, pool, key);
  if (!holder) return;
  if (holder.sub === destination.sub) throw sourceUserLinkedAlready();
  throw findIdentity(holder, key)?.primary ? sourceUserSignedUp() : sourceUserLinkedToAnother();
}

/** Every sign-in through a link writes to the user, who must have room for the link. */
function requireLinkable(ports: Pick<Ports, 'settings'>, { schema }: Pool, user: User): void {
  const most = quotaOf(ports, 'identitiesPerUser');
  const linked = user.identities?.filter(({ primary }) => !primary) ?? [];
  if (linked.length >= most) throw limitExceeded('identities linked to a user', most);
  const fixed = Object.keys(user.attributes).find((name) => findAttribute(schema, name)?.Mutable === false);
  if (fixed !== undefined) throw destinationImmutable(fixed);
}

/** A sign-in looks for a link by each of them. */
const mostAttributes = 5;

async function rememberAttribute(
  { identityProviders }: Pick<Ports, 'identityProviders'>,
  { poolId, name }: IdentityProvider,
  attribute: string,
): Promise<void> {
  await unlessLost(async () => {
    const provider = await requireProvider({ identityProviders }, poolId, name);
    const { linkAttributes = [] } = provider;
    if (linkAttributes.includes(attribute)) return provider;
    if (linkAttributes.length >= mostAttributes) {
      throw limitExceeded('attribute names in links of an identity provider', mostAttributes);
    }
    const after = { ...provider, linkAttributes: [...linkAttributes, attribute] };
    return (await identityProviders.save(provider, after)) === 'saved' ? after : 'lost';
  }, providerBeingChanged);
}

const identityOf = ({ provider, key }: Account, dateCreated: number): Identity => ({
  ...key,
  providerType: provider.type,
  ...issuerOf(provider),
  primary: false,
  dateCreated,
});

function issuerOf({ details }: IdentityProvider): Pick<Identity, 'issuer'> {
  const file = details['MetadataFile'];
  return file ? { issuer: requireSamlMetadata(file).entityId } : {};
}
