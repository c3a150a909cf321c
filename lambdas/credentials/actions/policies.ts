/** Policies that principals name: made, looked at, put out of force and taken away. */
import { entityBuiltIn, entityExists, nameReserved, noSuchEntity, policyAttached } from '../../core/contract/errors.ts';
import { s } from '../../core/contract/shape.ts';
import type { Policy } from '../../core/model/policy.ts';
import { isBuiltInPolicy } from '../../core/rules/access/built-in.ts';
import { findPolicy, listPolicies } from '../../core/rules/access/registry.ts';
import { action, type CredentialsPorts } from '../action.ts';
import { readDocument } from '../read-document.ts';
import { dateText, nameOfPolicy, policyName, statusText } from '../shapes.ts';

export const CreatePolicy = action({
  input: s.structure({ Name: policyName, Document: s.document() }),
  access: 'Permissions management',
  about: ['policy', 'Name'],

  async handle({ Name: name, Document }, { policies, clock }) {
    const document = readDocument(Document);
    if (isBuiltInPolicy(name)) throw entityExists('policy', name);
    // Later versions may bring more of their own.
    if (/^millpond/i.test(name)) throw nameReserved(name);
    const policy: Policy = { name, document, status: 'active', createdAt: clock.now() };
    if ((await policies.add(policy)) === 'taken') throw entityExists('policy', name);
    return { Policy: describe(policy) };
  },
});

export const ListPolicies = action({
  input: s.structure({}),
  access: 'List',
  handle: async (_, ports) => ({ Policies: (await listPolicies(ports)).map(describe) }),
});

const changing = (status: Policy['status']) =>
  action({
    input: nameOfPolicy,
    access: 'Permissions management',
    about: ['policy', 'Name'],

    async handle({ Name: name }, ports) {
      const policy = { ...(await requirePolicy(ports, name)), status };
      if ((await ports.policies.save(policy)) === 'gone') throw noSuchEntity('policy', name);
      return { Policy: describe(policy) };
    },
  });

export const DisablePolicy = changing('disabled');
export const EnablePolicy = changing('active');

export const DeletePolicy = action({
  input: nameOfPolicy,
  access: 'Permissions management',
  about: ['policy', 'Name'],

  async handle({ Name: name }, { policies }) {
    if (isBuiltInPolicy(name)) throw entityBuiltIn('policy', name);
    const outcome = await policies.remove(name);
    if (outcome === 'gone') throw noSuchEntity('policy', name);
    if (outcome === 'attached') throw policyAttached(name);
    return {};
  },
});

export async function requirePolicy(ports: Pick<CredentialsPorts, 'policies'>, name: string): Promise<Policy> {
  const policy = await findPolicy(ports, name);
  if (!policy) throw noSuchEntity('policy', name);
  return policy;
}

const describe = ({ name, document, status, createdAt }: Policy) => ({
  Name: name,
  Document: document,
  Status: statusText(status),
  Managed: isBuiltInPolicy(name),
  ...(!isBuiltInPolicy(name) && { CreateDate: dateText(createdAt) }),
});
