/** `millpond policy`: what principals may do, in documents of IAM's policy language. */
import { actionsOn, type Noun } from './actions-on-names.ts';
import { type Command, command } from './command.ts';
import { readDocument } from './document-file.ts';
import { type Columns, jsonOf, listOf, textAt } from './lists.ts';
import { asJson, whereAndWho } from './options.ts';

const policy: Noun = {
  word: 'policy',
  action: 'Policy',
  member: 'Name',
  positional: { name: 'name', description: 'Name of the policy' },
};

const shown: Columns = {
  NAME: textAt('Name'),
  STATUS: textAt('Status'),
  CREATED: textAt('CreateDate'),
  MANAGED: (item) => (item['Managed'] === true ? 'yes' : 'no'),
};

const create = command({
  words: 'policy create',
  summary: 'Make a policy from a document',
  positional: policy.positional,
  options: {
    document: { type: 'string', hint: 'file|-', description: "JSON in IAM's policy language", required: true },
    ...whereAndWho,
    ...asJson,
  },
  async run({ name, values }, { call, outside }) {
    const answer = await call('CreatePolicy', { Name: name, Document: await readDocument(values.document, outside) });
    return values.json ? jsonOf(answer) : `Created policy ${name}.`;
  },
});

const list = command({
  words: 'policy list',
  summary: 'List the policies; --json has their documents',
  options: { ...whereAndWho, ...asJson },
  run: async ({ values }, { call }) =>
    listOf(await call('ListPolicies', {}), { member: 'Policies', shown, asJson: values.json }),
});

export const policyCommands: readonly Command[] = [
  create,
  list,
  ...actionsOn(policy, {
    delete: 'Delete a policy that no principal names',
    disable: 'Let a policy allow nothing for now; what it denies stays denied',
    enable: 'Let a policy allow what it says again',
  }),
];
