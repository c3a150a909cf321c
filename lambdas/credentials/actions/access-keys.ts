/** Access keys of principals, two each at most. The secret is shown once, when a key is made. */
import { keysNotForArn, noSuchEntity, tooManyKeys } from '../../core/contract/errors.ts';
import { s } from '../../core/contract/shape.ts';
import type { AccessKey } from '../../core/model/access-key.ts';
import { newAccessKey } from '../../core/rules/access-keys.ts';
import { action, type CredentialsPorts } from '../action.ts';
import { dateText, nameOfKey, principalName, statusText } from '../shapes.ts';
import { requirePrincipal } from './principals.ts';

export const CreateAccessKey = action({
  input: s.structure({ Principal: principalName }),
  access: 'Permissions management',
  about: ['principal', 'Principal'],

  async handle({ Principal: name }, ports) {
    const { arn } = await requirePrincipal(ports, name);
    if (arn !== undefined) throw keysNotForArn(name);
    const key = newAccessKey(ports.random, name, ports.clock.now());
    const outcome = await ports.accessKeys.add(key);
    if (outcome === 'full') throw tooManyKeys(name, 2);
    if (outcome === 'unknown') throw noSuchEntity('principal', name);
    if (outcome === 'taken') throw new Error('A new access key has the id of another one');
    return { AccessKey: { ...describe(key), SecretAccessKey: key.secret } };
  },
});

export const ListAccessKeys = action({
  input: s.structure({ Principal: s.optional(principalName) }),
  access: 'List',

  async handle({ Principal: name }, ports) {
    if (name !== undefined) await requirePrincipal(ports, name);
    return { AccessKeys: (await ports.accessKeys.list(name)).map(describe) };
  },
});

const changing = (status: AccessKey['status']) =>
  action({
    input: nameOfKey,
    access: 'Permissions management',
    about: ['access-key', 'AccessKeyId'],

    async handle({ AccessKeyId: id }, ports) {
      const key = { ...(await requireKey(ports, id)), status };
      if ((await ports.accessKeys.save(key)) === 'gone') throw noSuchEntity('access key', id);
      return { AccessKey: describe(key) };
    },
  });

export const DisableAccessKey = changing('disabled');
export const EnableAccessKey = changing('active');

export const DeleteAccessKey = action({
  input: nameOfKey,
  access: 'Permissions management',
  about: ['access-key', 'AccessKeyId'],

  async handle({ AccessKeyId: id }, ports) {
    const key = await requireKey(ports, id);
    if ((await ports.accessKeys.remove(key)) === 'gone') throw noSuchEntity('access key', id);
    return {};
  },
});

async function requireKey({ accessKeys }: CredentialsPorts, id: string): Promise<AccessKey> {
  const key = await accessKeys.find(id);
  if (!key) throw noSuchEntity('access key', id);
  return key;
}

const describe = ({ id, principal, status, createdAt, lastUsedOn }: AccessKey) => ({
  AccessKeyId: id,
  Principal: principal,
  Status: statusText(status),
  CreateDate: dateText(createdAt),
  ...(lastUsedOn !== undefined && { LastUsedDate: lastUsedOn }),
});
