/** Policies and principals as they are: those of the table, and those that are built in as far as nobody changed them. */
import type { Policy, PolicyDocument } from '../../model/policy.ts';
import type { Principal } from '../../model/principal.ts';
import type { PolicyStore } from '../../ports/policy-store.ts';
import type { PrincipalStore } from '../../ports/principal-store.ts';
import type { Settings } from '../../ports/settings.ts';
import {
  accountPrincipal,
  asAccountPrincipal,
  asBuiltIn,
  builtInPolicies,
  isBuiltInPolicy,
  isBuiltInPrincipal,
} from './built-in.ts';
import { denialsOf } from './denials.ts';

export interface Registry {
  readonly principals: Pick<PrincipalStore, 'find' | 'list'>;
  readonly policies: Pick<PolicyStore, 'find' | 'list'>;
  readonly settings: Pick<Settings, 'account'>;
}

export async function findPolicy({ policies }: Pick<Registry, 'policies'>, name: string): Promise<Policy | undefined> {
  const found = await policies.find(name);
  if (!isBuiltInPolicy(name)) return found;
  return found ? asBuiltIn(found) : builtInPolicies.find((policy) => policy.name === name);
}

export async function findPrincipal(
  { principals, settings }: Pick<Registry, 'principals' | 'settings'>,
  name: string,
): Promise<Principal | undefined> {
  const found = await principals.find(name);
  if (!isBuiltInPrincipal(name)) return found;
  return found ? asAccountPrincipal(settings, found) : accountPrincipal(settings);
}

/** By name. */
export async function listPolicies({ policies }: Pick<Registry, 'policies'>): Promise<readonly Policy[]> {
  const found = await policies.list();
  const untouched = builtInPolicies.filter(({ name }) => found.every((policy) => policy.name !== name));
  return [...found.map(asBuiltIn), ...untouched].toSorted(byName);
}

/** By name. */
export async function listPrincipals({ principals, settings }: Registry): Promise<readonly Principal[]> {
  const found = await principals.list();
  const builtIn = found.find(({ name }) => isBuiltInPrincipal(name));
  const account = builtIn ? asAccountPrincipal(settings, builtIn) : accountPrincipal(settings);
  return [account, ...found.filter((each) => each !== builtIn)].toSorted(byName);
}

/** What counts of the policies of a principal: of one that is disabled, what it denies. */
export async function documentsOf(
  registry: Pick<Registry, 'policies'>,
  { inline, policies }: Principal,
): Promise<readonly PolicyDocument[]> {
  const named = await Promise.all(policies.map((name) => requirePolicy(registry, name)));
  return [
    ...inline,
    ...named.flatMap(({ status, document }) => (status === 'active' ? [document] : denialsOf(document))),
  ];
}

/** A policy is not removed while somebody names it. Without it nobody knows what it denied, so nothing goes on. */
async function requirePolicy(registry: Pick<Registry, 'policies'>, name: string): Promise<Policy> {
  const policy = await findPolicy(registry, name);
  if (!policy) throw new Error('A principal names a policy that is not there');
  return policy;
}

const byName = (one: { readonly name: string }, other: { readonly name: string }): number =>
  one.name < other.name ? -1 : 1;
