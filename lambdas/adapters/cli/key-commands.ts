/** `millpond key`: long-lived access keys of principals, for what cannot run a process to get others. */
import { isObject } from '../../core/contract/is-object.ts';
import { actionsOn, type Noun } from './actions-on-names.ts';
import { failed } from './cannot-do.ts';
import { type Command, command } from './command.ts';
import { type Columns, jsonOf, listOf, textAt } from './lists.ts';
import { asJson, whereAndWho } from './options.ts';
import { openProfileFile } from './profile-file.ts';
import type { Answer, Profile, Workplace } from './workplace.ts';

const key: Noun = {
  word: 'key',
  action: 'AccessKey',
  member: 'AccessKeyId',
  positional: { name: 'id', description: 'Id of the key: AKIA and 16 characters' },
};

const shown: Columns = {
  ID: textAt('AccessKeyId'),
  PRINCIPAL: textAt('Principal'),
  STATUS: textAt('Status'),
  CREATED: textAt('CreateDate'),
  'LAST USED': textAt('LastUsedDate'),
};

const create = command({
  words: 'key create',
  summary: 'Make a key; its secret is shown this once',
  positional: { name: 'principal', description: 'Name of the principal' },
  options: {
    'write-profile': {
      type: 'string',
      hint: 'name',
      description: 'Write it to the credentials file of the AWS tools as this profile, and do not print it',
    },
    ...whereAndWho,
  },
  async run({ name, values }, workplace) {
    const profile = values['write-profile'];
    if (profile !== undefined) return createProfile(name, profile, workplace);
    return jsonOf(await workplace.call('CreateAccessKey', { Principal: name }));
  },
});

/** The file is looked at first: a key whose secret went nowhere is of no use. */
async function createProfile(principal: string, profile: string, { call, outside }: Workplace): Promise<string> {
  const file = await openProfileFile(profile, outside);
  const made = keyOf(await call('CreateAccessKey', { Principal: principal }), profile);
  await file.write(made).catch(async (error: unknown) => {
    await call('DeleteAccessKey', { AccessKeyId: made.keyId });
    throw error;
  });
  return `Wrote key ${made.keyId} of ${principal} to ${file.path} as profile ${profile}.`;
}

function keyOf({ AccessKey }: Answer, name: string): Profile {
  const { AccessKeyId: keyId, SecretAccessKey: secret } = isObject(AccessKey) ? AccessKey : {};
  if (!isWord(keyId) || !isWord(secret)) {
    throw failed('The answer has no key in it. Is it the endpoint of Millpond?');
  }
  return { name, keyId, secret };
}

/** Nothing that would end its line in a file, or steer a terminal. */
const isWord = (value: unknown): value is string => typeof value === 'string' && /^[\w+/=]+$/.test(value);

const list = command({
  words: 'key list',
  summary: 'List the keys, without their secrets',
  options: {
    principal: { type: 'string', hint: 'name', description: 'Those of this principal alone' },
    ...whereAndWho,
    ...asJson,
  },
  async run({ values: { principal, json } }, { call }) {
    const answer = await call('ListAccessKeys', principal === undefined ? {} : { Principal: principal });
    return listOf(answer, { member: 'AccessKeys', shown, asJson: json });
  },
});

export const keyCommands: readonly Command[] = [
  create,
  list,
  ...actionsOn(key, {
    delete: 'Delete a key',
    disable: 'Make a key good for nothing for now; it takes half a minute to be so everywhere',
    enable: 'Make a key good again',
  }),
];
