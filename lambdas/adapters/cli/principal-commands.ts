/** `millpond principal`: who may sign requests, with keys of their own or as callers of IAM. */
import { actionsOn, type Noun } from './actions-on-names.ts';
import { badUsage } from './cannot-do.ts';
import { type Command, command } from './command.ts';
import { type Columns, jsonOf, listOf, textAt, textsAt } from './lists.ts';
import { asJson, whereAndWho } from './options.ts';

const principal: Noun = {
  word: 'principal',
  action: 'Principal',
  member: 'Name',
  positional: { name: 'name', description: 'Name of the principal' },
};

const shown: Columns = {
  NAME: textAt('Name'),
  STATUS: textAt('Status'),
  CREATED: textAt('CreateDate'),
  POLICIES: (item) => [textsAt('Policies')(item), item['InlinePolicies'] && '(inline)'].filter(Boolean).join(', '),
  TAGS: textsAt('Tags'),
  ARN: textAt('Arn'),
};

const create = command({
  words: 'principal create',
  summary: 'Make a principal that policies speak for',
  positional: principal.positional,
  options: {
    policy: {
      type: 'string',
      multiple: true,
      hint: 'name',
      description: 'What it may do; may be repeated',
      required: true,
    },
    arn: {
      type: 'string',
      hint: 'glob',
      description: 'The callers of IAM that it stands for, in place of keys; * and ? match as in policies',
    },
    tag: {
      type: 'string',
      multiple: true,
      hint: 'name=value',
      description: 'What policies read as aws:PrincipalTag; may be repeated',
    },
    ...whereAndWho,
    ...asJson,
  },
  async run({ name, values }, { call }) {
    const { policy: Policies, arn, tag, json } = values;
    const answer = await call('CreatePrincipal', {
      Name: name,
      Policies,
      ...(arn !== undefined && { Arn: arn }),
      ...(tag !== undefined && { Tags: readTags(tag) }),
    });
    return json ? jsonOf(answer) : `Created principal ${name}.`;
  },
});

function readTags(tags: readonly string[]): Readonly<Record<string, string>> {
  const pairs = tags.map((tag) => {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(tag) ?? [];
    if (name === undefined || value === undefined) throw badUsage('--tag must be a name and a value: team=shop.');
    return [name, value] as const;
  });
  const repeated = pairs.find(([name], index) => pairs.findIndex(([other]) => other === name) < index);
  if (repeated) throw badUsage(`--tag ${repeated[0]} is there twice.`);
  return Object.fromEntries(pairs);
}

const update = command({
  words: 'principal update',
  summary: 'Give a principal other policies or tags; what is not named stays as it is',
  positional: principal.positional,
  options: {
    policy: { type: 'string', multiple: true, hint: 'name', description: 'All that it may do; may be repeated' },
    tag: { type: 'string', multiple: true, hint: 'name=value', description: 'All of its tags; may be repeated' },
    ...whereAndWho,
    ...asJson,
  },
  async run({ name, values: { policy, tag, json } }, { call }) {
    if (policy === undefined && tag === undefined) throw badUsage('Say what is to change, with --policy or --tag.');
    const answer = await call('UpdatePrincipal', {
      Name: name,
      ...(policy !== undefined && { Policies: policy }),
      ...(tag !== undefined && { Tags: readTags(tag) }),
    });
    return json ? jsonOf(answer) : `Updated principal ${name}.`;
  },
});

const list = command({
  words: 'principal list',
  summary: 'List the principals',
  options: { ...whereAndWho, ...asJson },
  run: async ({ values }, { call }) =>
    listOf(await call('ListPrincipals', {}), { member: 'Principals', shown, asJson: values.json }),
});

export const principalCommands: readonly Command[] = [
  create,
  update,
  list,
  ...actionsOn(principal, {
    delete: 'Delete a principal with its keys',
    disable: 'Make the keys and credentials of a principal good for nothing for now',
    enable: 'Make the keys and credentials of a principal good again',
  }),
];
