/** Principals: who may sign, with keys of their own or as callers of IAM, and which policies speak for them. */
import {
  arnPatternMalformed,
  changedByOthers,
  entityBuiltIn,
  entityExists,
  noSuchEntity,
} from '../../core/contract/errors.ts';
import { s } from '../../core/contract/shape.ts';
import type { Principal } from '../../core/model/principal.ts';
import { isBuiltInPrincipal } from '../../core/rules/access/built-in.ts';
import { findArnPattern } from '../../core/rules/access/iam-arns.ts';
import { findPrincipal, listPrincipals } from '../../core/rules/access/registry.ts';
import { unlessLost } from '../../core/rules/unless-lost.ts';
import { action, type CredentialsPorts } from '../action.ts';
import { dateText, nameOfPrincipal, policyNames, principalName, statusText, tags } from '../shapes.ts';
import { requirePolicy } from './policies.ts';

export const CreatePrincipal = action({
  input: s.structure({
    Name: principalName,
    Arn: s.optional(s.string({ min: 1, max: 2048 })),
    Policies: policyNames,
    Tags: s.optional(tags),
  }),
  access: 'Permissions management',
  about: ['principal', 'Name'],

  async handle({ Name: name, Arn: arn, Policies, Tags }, ports) {
    if (arn !== undefined && findArnPattern(arn)?.length !== 6) throw arnPatternMalformed();
    if (isBuiltInPrincipal(name)) throw entityExists('principal', name);
    const principal: Principal = {
      name,
      ...(arn !== undefined && { arn }),
      policies: await requirePolicies(ports, Policies),
      inline: [],
      tags: textsOf(Tags),
      status: 'active',
      createdAt: ports.clock.now(),
      origin: 'api',
      version: 0,
    };
    const outcome = await ports.principals.add(principal);
    if (outcome === 'taken') throw entityExists('principal', name);
    if (outcome === 'unknown') throw changedByOthers();
    return { Principal: describe(principal) };
  },
});

export const ListPrincipals = action({
  input: s.structure({}),
  access: 'List',
  handle: async (_, ports) => ({ Principals: (await listPrincipals(ports)).map(describe) }),
});

/** What is not named stays as it is. */
export const UpdatePrincipal = action({
  input: s.structure({ Name: principalName, Policies: s.optional(policyNames), Tags: s.optional(tags) }),
  access: 'Permissions management',
  about: ['principal', 'Name'],

  async handle({ Name, Policies, Tags }, ports) {
    const policies = Policies && (await requirePolicies(ports, Policies));
    const named = { ...(policies && { policies }), ...(Tags && { tags: textsOf(Tags) }) };
    return { Principal: describe(await change(ports, Name, named)) };
  },
});

const changing = (status: Principal['status']) =>
  action({
    input: nameOfPrincipal,
    access: 'Permissions management',
    about: ['principal', 'Name'],
    handle: async ({ Name }, ports) => ({ Principal: describe(await change(ports, Name, { status })) }),
  });

export const DisablePrincipal = changing('disabled');
export const EnablePrincipal = changing('active');

export const DeletePrincipal = action({
  input: nameOfPrincipal,
  access: 'Permissions management',
  about: ['principal', 'Name'],

  async handle({ Name: name }, ports) {
    if (isBuiltInPrincipal(name)) throw entityBuiltIn('principal', name);
    await unlessLost(async () => ports.principals.remove(await requirePrincipal(ports, name)), changedByOthers);
    return {};
  },
});

function change(ports: CredentialsPorts, name: string, members: Partial<Principal>): Promise<Principal> {
  return unlessLost(async () => {
    const before = await requirePrincipal(ports, name);
    const after = { ...before, ...members };
    const outcome = await save(ports, before, after);
    if (outcome === 'unknown') throw changedByOthers();
    return outcome === 'lost' ? outcome : after;
  }, changedByOthers);
}

/** What is built in has no row before it is changed. */
async function save({ principals }: CredentialsPorts, before: Principal, after: Principal) {
  if (before.origin !== 'built-in' || before.version > 0) return principals.save(before, after);
  const outcome = await principals.add(after);
  return outcome === 'taken' ? 'lost' : outcome;
}

export async function requirePrincipal(ports: CredentialsPorts, name: string): Promise<Principal> {
  const principal = await findPrincipal(ports, name);
  if (!principal) throw noSuchEntity('principal', name);
  return principal;
}

/** Each once. */
async function requirePolicies(ports: CredentialsPorts, names: readonly string[]): Promise<readonly string[]> {
  const all = [...new Set(names)];
  for (const name of all) await requirePolicy(ports, name);
  return all;
}

/** The shape lets no other values through. */
const textsOf = (given: Readonly<Partial<Record<string, string>>> = {}): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(given).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));

const describe = ({ name, arn, policies, inline, tags: own, status, createdAt, origin }: Principal) => ({
  Name: name,
  ...(arn !== undefined && { Arn: arn }),
  Policies: policies,
  ...(inline.length > 0 && { InlinePolicies: inline }),
  Tags: own,
  Status: statusText(status),
  Managed: origin === 'built-in',
  ...(origin !== 'built-in' && { CreateDate: dateText(createdAt) }),
});
