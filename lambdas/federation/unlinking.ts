/** Ends a way for a user to sign in: through an account at an identity provider, or with the password. */
import { accountNotLinked, subjectExpected, userNotFound } from '../core/contract/errors.ts';
import type { Pool } from '../core/model/pool.ts';
import type { User } from '../core/model/user.ts';
import type { Ports } from '../core/ports/index.ts';
import { changeUser } from '../core/rules/change-user.ts';
import { findIdentity, type IdentityKey, subject } from '../core/rules/identities.ts';
import { rememberedPasswords } from '../core/rules/stored-passwords.ts';
import { findLinked, findNative } from './provider-users.ts';

type UnlinkPorts = Pick<Ports, 'users' | 'clock'>;

/** The account that a user came from is no link, and stays. */
export async function unlink(ports: UnlinkPorts, pool: Pool, key: IdentityKey): Promise<void> {
  const holder = await findLinked(ports, pool, key);
  if (!holder) throw accountNotLinked();
  await changeUser(ports, pool, holder, { decide: (user) => withoutLink(user, key, ports.clock.now()) });
}

function withoutLink(user: User, key: IdentityKey, now: number): User {
  const linked = findIdentity(user, key);
  if (!linked || linked.primary) throw accountNotLinked();
  return { ...user, identities: user.identities?.filter((identity) => identity !== linked), modifiedAt: now };
}

/** Of a user of the pool itself; one who came from an identity provider has none. */
export async function takePassword(
  ports: UnlinkPorts,
  pool: Pool,
  { attribute, value }: { readonly attribute: string; readonly value: string },
): Promise<void> {
  if (attribute !== subject) throw subjectExpected();
  const holder = await findNative(ports, pool, value);
  if (!holder) throw userNotFound();
  await changeUser(ports, pool, holder, {
    decide: (user) => ({
      ...user,
      password: undefined,
      passwordHistory: rememberedPasswords(pool, user),
      modifiedAt: ports.clock.now(),
    }),
  });
}
