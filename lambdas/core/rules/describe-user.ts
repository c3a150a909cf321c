/** Users as answers show them. */
import type { Pool } from '../model/pool.ts';
import type { SoftwareToken } from '../model/software-token.ts';
import type { ListedUser, User } from '../model/user.ts';
import type { Ports } from '../ports/index.ts';
import { attributeList } from './attributes.ts';
import { availableFactors } from './first-factors.ts';
import { relyingPartyOf } from './passkeys.ts';

/** As `UserType` of the API: what lists show, and the answer to creation. */
export const describeUser = (pool: Pool, user: ListedUser) => ({
  Username: user.username,
  Attributes: attributeList(pool, user),
  UserCreateDate: user.createdAt,
  UserLastModifiedDate: user.modifiedAt,
  Enabled: user.enabled,
  UserStatus: user.status,
  ...(user.mfa?.options && { MFAOptions: user.mfa.options }),
});

/** Second factors, as the answers about a single user show them: absent until there are some. */
export const describeFactors = ({ mfa }: Pick<User, 'mfa'>) => ({
  MFAOptions: mfa?.options,
  PreferredMfaSetting: mfa?.preferred,
  UserMFASettingList: mfa?.enabled.length ? mfa.enabled : undefined,
});

/** What the user can sign in with, first and second factors together; an app is one once a code has proven it. */
export function describeAuthFactors(
  { settings }: Pick<Ports, 'settings'>,
  pool: Pool,
  user: User,
  app: SoftwareToken | undefined,
) {
  const { PreferredMfaSetting, UserMFASettingList } = describeFactors(user);
  return {
    Username: user.username,
    PreferredMfaSetting,
    UserMFASettingList,
    ConfiguredUserAuthFactors: [
      ...availableFactors(pool, user, relyingPartyOf(settings, pool)),
      ...(app?.secret ? (['SOFTWARE_TOKEN'] as const) : []),
    ],
  };
}
