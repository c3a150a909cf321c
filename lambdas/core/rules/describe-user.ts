/** Users as answers show them. */
import type { Pool } from '../model/pool.ts';
import type { ListedUser, User } from '../model/user.ts';
import { attributeList } from './attributes.ts';

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
