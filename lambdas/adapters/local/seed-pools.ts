/** Makes the pools and clients of a seed and brings their settings up to date. */
import type { ApiCaller } from './api-caller.ts';
import { badOption } from './cannot-start.ts';
import { covers, coversSchema, membersOf, pick } from './seed-compare.ts';
import type { Members, SeedClient, SeedPool } from './seed-document.ts';
import { clientMembers, fixedPoolMembers, poolMembers } from './seed-members.ts';

export async function havePool(api: ApiCaller, { name, settings = {} }: SeedPool): Promise<string> {
  const found = await findByName(
    api,
    'ListUserPools',
    { MaxResults: 60 },
    'UserPools',
    (pool) => pool['Name'] === name,
  );
  if (!found) {
    const { UserPool } = await api('CreateUserPool', { PoolName: name, ...settings });
    return String(membersOf(UserPool)['Id']);
  }
  const UserPoolId = String(found['Id']);
  const before = membersOf((await api('DescribeUserPool', { UserPoolId }))['UserPool']);
  const changeable = withoutFixed(before, settings);
  if (!covers(before, changeable)) {
    await api('UpdateUserPool', { UserPoolId, ...pick(before, poolMembers), ...changeable });
  }
  return UserPoolId;
}

/** The settings that an update may carry; a differing one of the others is refused. */
function withoutFixed(before: Members, settings: Members): Members {
  for (const name of fixedPoolMembers) {
    const declared = settings[name];
    const isSame =
      name === 'Schema' ? coversSchema(before['SchemaAttributes'], declared) : covers(before[name], declared);
    if (!isSame) throw badOption(`${name} cannot be changed once the pool exists`);
  }
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !fixedPoolMembers.includes(name)));
}

export async function haveClient(
  api: ApiCaller,
  UserPoolId: string,
  client: SeedClient,
): Promise<{ id: string; secret?: string }> {
  const { name, secret, settings = {} } = client;
  const list = { UserPoolId, MaxResults: 60 };
  const found = await findByName(
    api,
    'ListUserPoolClients',
    list,
    'UserPoolClients',
    (one) => one['ClientName'] === name,
  );
  if (!found) {
    const input = { UserPoolId, ClientName: name, GenerateSecret: secret ?? false, ...settings };
    return identityOf(membersOf((await api('CreateUserPoolClient', input))['UserPoolClient']));
  }
  const ids = { UserPoolId, ClientId: String(found['ClientId']) };
  const before = membersOf((await api('DescribeUserPoolClient', ids))['UserPoolClient']);
  if (secret !== undefined && secret !== (before['ClientSecret'] !== undefined))
    throw badOption('secret cannot be changed once the client exists');
  if (!covers(before, settings)) {
    await api('UpdateUserPoolClient', { ...ids, ...pick(before, clientMembers), ...settings });
  }
  return identityOf(before);
}

function identityOf(client: Members): { id: string; secret?: string } {
  const secret = client['ClientSecret'];
  return { id: String(client['ClientId']), ...(secret === undefined ? {} : { secret: String(secret) }) };
}

async function findByName(
  api: ApiCaller,
  operation: string,
  input: object,
  member: string,
  isNamed: (one: Members) => boolean,
): Promise<Members | undefined> {
  const found: Members[] = [];
  let NextToken: unknown;
  do {
    const answer = await api(operation, { ...input, NextToken });
    found.push(...((answer[member] ?? []) as readonly Members[]).filter(isNamed)); // As the operation answers.
    NextToken = answer['NextToken'];
  } while (NextToken !== undefined);
  if (found.length > 1) throw badOption('more than one has this name');
  return found[0];
}
