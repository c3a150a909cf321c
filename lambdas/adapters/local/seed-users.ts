/** Makes the users of a seed and brings their attributes up to date. */
import { type ApiCaller, ApiError } from './api-caller.ts';
import type { Members, SeedUser } from './seed-document.ts';

export async function haveUser(api: ApiCaller, UserPoolId: string, user: SeedUser): Promise<void> {
  const ids = { UserPoolId, Username: user.username };
  const attributes = Object.entries(user.attributes ?? {}).map(([Name, value]) => ({ Name, Value: String(value) }));
  const before = await findUser(api, ids);
  if (!before) {
    await api('AdminCreateUser', {
      ...ids,
      MessageAction: 'SUPPRESS',
      UserAttributes: attributes,
      TemporaryPassword: user.temporaryPassword,
    });
  } else {
    const UserAttributes = changedAttributes(before, attributes);
    if (UserAttributes.length > 0) await api('AdminUpdateUserAttributes', { ...ids, UserAttributes });
  }
  // A password that was changed since stays as it is.
  if (user.password !== undefined && (before?.['UserStatus'] ?? 'FORCE_CHANGE_PASSWORD') === 'FORCE_CHANGE_PASSWORD') {
    await api('AdminSetUserPassword', { ...ids, Password: user.password, Permanent: true });
  }
}

async function findUser(api: ApiCaller, ids: object): Promise<Members | undefined> {
  try {
    return await api('AdminGetUser', ids);
  } catch (error) {
    if (error instanceof ApiError && error.code === 'UserNotFoundException') return undefined;
    throw error;
  }
}

interface Attribute {
  readonly Name: string;
  readonly Value: string;
}

/** A new address counts as unverified unless the same call says otherwise, so its flag goes with it. */
function changedAttributes(user: Members, declared: readonly Attribute[]): readonly Attribute[] {
  const current = (user['UserAttributes'] ?? []) as readonly Attribute[]; // As AdminGetUser answers.
  const isChanged = ({ Name, Value }: Attribute) => !current.some((one) => one.Name === Name && one.Value === Value);
  const changed = new Set(declared.filter(isChanged).map(({ Name }) => Name));
  return declared.filter(({ Name }) => changed.has(Name) || changed.has(Name.replace(/_verified$/, '')));
}
