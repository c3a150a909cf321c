/** Brings the principals in the table in line with a start: those of its file, and the administrator, with a key each. */
import { isDeepStrictEqual } from 'node:util';
import type { AccessKey } from '../../core/model/access-key.ts';
import type { Principal } from '../../core/model/principal.ts';
import type { AccessKeyStore } from '../../core/ports/access-key-store.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { PrincipalStore } from '../../core/ports/principal-store.ts';
import type { Random } from '../../core/ports/random.ts';
import { fullAccess } from '../../core/rules/access/built-in.ts';
import { newAccessKey } from '../../core/rules/access-keys.ts';
import { badMachine } from './cannot-start.ts';
import type { PrincipalDocument } from './principals-file.ts';

export interface PrincipalPorts {
  readonly accessKeys: AccessKeyStore;
  readonly principals: PrincipalStore;
  readonly clock: Clock;
  readonly random: Random;
}

/** The principal that there always is, and the profile of its key. */
export const administrator = 'millpond';

type Wanted = Pick<Principal, 'name' | 'policies' | 'inline' | 'tags' | 'status'>;

/** The keys of those who are named. Who left is disabled, and is back on return; who came through the API stays. */
export async function havePrincipals(
  ports: PrincipalPorts,
  documents: readonly PrincipalDocument[],
): Promise<readonly AccessKey[]> {
  const there = await ports.principals.list();
  const wanted = wantedOf(documents);
  const keys: AccessKey[] = [];
  for (const each of wanted) {
    await havePrincipal(ports, each, findNamed(there, each.name));
    keys.push(await haveKey(ports, each.name));
  }
  const left = there.filter(({ name, origin }) => origin === 'file' && !findNamed(wanted, name));
  for (const each of left) await change(ports, each, { status: 'disabled' });
  return keys;
}

/** Whoever lists the administrator says what the administrator may do. */
function wantedOf(documents: readonly PrincipalDocument[]): readonly Wanted[] {
  const listed = documents.map(({ name, policy, tags = {} }) => wantedAs(name, policy, tags));
  if (findNamed(listed, administrator)) return listed;
  // Of its own, so that whoever disables the policy of this name does not lock everybody out.
  return [wantedAs(administrator, fullAccess), ...listed];
}

const wantedAs = (name: string, policy: PrincipalDocument['policy'], tags: Wanted['tags'] = {}): Wanted => ({
  name,
  policies: [],
  inline: [policy],
  tags,
  status: 'active',
});

async function havePrincipal(ports: PrincipalPorts, wanted: Wanted, there: Principal | undefined): Promise<void> {
  if (there) return change(ports, there, wanted);
  const { principals, clock, random } = ports;
  const made: Principal = { ...wanted, createdAt: clock.now(), origin: 'file', version: 0 };
  // With its key in one write: of several processes that share the table, all find the same one.
  if ((await principals.add(made, newAccessKey(random, wanted.name, clock.now()))) === 'added') return;
  const theirs = await principals.find(wanted.name);
  if (!theirs) throw new Error(`The principal ${wanted.name} is not there although another one took its place.`);
  await change(ports, theirs, wanted);
}

/** What was written in an older layout is written anew. */
async function change({ principals }: PrincipalPorts, there: Principal, members: Partial<Principal>): Promise<void> {
  if (there.origin !== 'file') {
    throw badMachine(`There is a principal ${there.name} that was made with millpond: name the one in the file anew.`);
  }
  const changed = { ...there, ...members };
  if (there.version > 0 && isDeepStrictEqual(changed, there)) return;
  // Where another process was faster, it says the same.
  await principals.save(there, changed);
}

/** Of several keys, the oldest that is not disabled. */
async function haveKey({ accessKeys, clock, random }: PrincipalPorts, name: string): Promise<AccessKey> {
  const keys = await accessKeys.list(name);
  const active = keys.find(({ status }) => status === 'active');
  if (active) return active;
  const [oldest, ...others] = keys;
  if (oldest && others.length > 0) await accessKeys.remove(oldest);
  const made = newAccessKey(random, name, clock.now());
  const outcome = await accessKeys.add(made);
  if (outcome !== 'added') throw new Error(`The principal ${name} can have no key (${outcome}).`);
  return made;
}

const findNamed = <T extends { readonly name: string }>(all: readonly T[], name: string): T | undefined =>
  all.find((each) => each.name === name);
