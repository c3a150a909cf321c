/** Brings the access keys in the table in line with who may sign: a key for each, and none for anybody else. */
import { isDeepStrictEqual } from 'node:util';
import type { AccessKey } from '../../core/model/access-key.ts';
import type { AccessKeyStore } from '../../core/ports/access-key-store.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Random } from '../../core/ports/random.ts';
import { newAccessKey } from '../../core/rules/access-keys.ts';
import type { PrincipalDocument } from './principals-file.ts';

export interface PrincipalPorts {
  readonly keys: AccessKeyStore;
  readonly clock: Clock;
  readonly random: Random;
}

/** The principal that there always is, and the profile of its key. */
export const administrator = 'millpond';

const everything = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'cognito-idp:*', Resource: '*' }],
};

type Wanted = Pick<AccessKey, 'principal' | 'policies' | 'tags'>;

/** The keys of those who may sign. Who left keeps a disabled one, and has it back on return. */
export async function haveKeys(
  ports: PrincipalPorts,
  principals: readonly PrincipalDocument[],
): Promise<readonly AccessKey[]> {
  const there = await ports.keys.list();
  const wanted = wantedOf(principals);
  const active: AccessKey[] = [];
  for (const each of wanted) active.push(await haveKey(ports, each, findKey(there, each.principal)));
  const left = there.filter(({ principal }) => wanted.every((each) => each.principal !== principal));
  for (const key of left) await change(ports, key, { status: 'disabled' });
  return active;
}

/** Whoever lists the administrator says what the administrator may do. */
function wantedOf(principals: readonly PrincipalDocument[]): readonly Wanted[] {
  const listed = principals.map(({ name, policy, tags = {} }) => ({ principal: name, policies: [policy], tags }));
  if (findKey(listed, administrator)) return listed;
  return [{ principal: administrator, policies: [everything], tags: {} }, ...listed];
}

async function haveKey(ports: PrincipalPorts, wanted: Wanted, there: AccessKey | undefined): Promise<AccessKey> {
  if (there) return change(ports, there, { ...wanted, status: 'active' });
  const { keys, clock, random } = ports;
  const made = newAccessKey(random, wanted, clock.now());
  if ((await keys.add(made)) === 'added') return made;
  // Another process that shares the table came first.
  const theirs = findKey(await keys.list(), wanted.principal);
  if (!theirs) throw new Error(`The principal ${wanted.principal} has no key although another one took its place.`);
  return change(ports, theirs, { ...wanted, status: 'active' });
}

async function change({ keys }: PrincipalPorts, key: AccessKey, members: Partial<AccessKey>): Promise<AccessKey> {
  const changed = { ...key, ...members };
  if (!isDeepStrictEqual(changed, key)) await keys.save(changed);
  return changed;
}

const findKey = <T extends Wanted>(keys: readonly T[], name: string): T | undefined =>
  keys.find(({ principal }) => principal === name);
