/** Finds who may use an access key, or the credentials of a session, and keeps it for a while. */
import { securityTokenExpired, securityTokenInvalid } from '../../core/contract/errors.ts';
import type { AccessKey } from '../../core/model/access-key.ts';
import type { PrincipalId } from '../../core/model/principal.ts';
import type { AccessKeyStore } from '../../core/ports/access-key-store.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Sealer } from '../../core/ports/sealer.ts';
import type { Settings } from '../../core/ports/settings.ts';
import type { Identity } from '../../core/ports/signature-check.ts';
import type { Registry } from '../../core/rules/access/registry.ts';
import { findSession } from '../../core/rules/access/session-credentials.ts';
import { findSubject, rightsOf, type Subject } from '../../core/rules/access/subjects.ts';
import { isAccessKeyId, principalArn } from '../../core/rules/access-keys.ts';
import { deploymentOf } from '../../core/rules/deployment.ts';
import { cacheOf } from '../system/cache.ts';

export interface BearerPorts extends Pick<Registry, 'principals' | 'policies'> {
  readonly accessKeys: Pick<AccessKeyStore, 'find' | 'used'>;
  readonly sealer: Pick<Sealer, 'open'>;
  readonly clock: Clock;
  readonly settings: Pick<Settings, 'account' | 'partition' | 'region'>;
}

/** Who signs with the secret. */
export interface Bearer {
  readonly secret: string;
  readonly identity: Omit<Identity, 'region'>;
  /** Notes that the key was used; to be called once the signature is known to be right. */
  noteUse(): Promise<void>;
}

export interface Bearers {
  /** Refuses what is unknown, disabled or over, and a token that does not go with the id. */
  require(keyId: string, token: string | undefined): Promise<Bearer>;
}

/** For how long what was disabled, or taken away, may go on. */
const lifetime = 30_000;

export function bearers(ports: BearerPorts): Bearers {
  const { accessKeys, sealer, clock } = ports;
  const { account, partition } = deploymentOf(ports.settings);
  const keys = cacheOf<string, AccessKey>(clock, { lifetime, size: 1_000 });
  const subjects = cacheOf<string, Subject>(clock, { lifetime, size: 1_000 });
  const noted = new Map<string, string>();

  // What is refused is not kept: whoever was just made, or enabled, is let in at once.
  const requireKey = (id: string) =>
    keys.get(id, async () => requireActive(isAccessKeyId(id), () => accessKeys.find(id)));
  const requireSubject = (name: string) => subjects.get(name, async () => (await findSubject(ports, name)) ?? refuse());

  const requireSame = async ({ name, createdAt }: PrincipalId): Promise<Subject> => {
    const kept = await requireSubject(name);
    if (kept.principal.createdAt === createdAt) return kept;
    // What is kept may be the former one of the name.
    subjects.forget(name);
    const found = await requireSubject(name);
    return found.principal.createdAt === createdAt ? found : refuse();
  };

  async function ofKey(keyId: string): Promise<Bearer> {
    const { secret, principal: name, lastUsedOn } = await requireKey(keyId);
    const rights = rightsOf([await requireSubject(name)]);
    const identity = { keyId, arn: principalArn(partition, account, name), account, name, ...rights };
    return { secret, identity, noteUse: () => noteUse(keyId, lastUsedOn) };
  }

  async function ofSession(keyId: string, token: string): Promise<Bearer> {
    const session = (await findSession(sealer, keyId, token)) ?? refuse();
    const { secret, arn, name, principals, boundaries, expiresAt } = session;
    if (expiresAt <= clock.now()) throw securityTokenExpired();
    // It ends with the first of those whom it was made for: what that one denied must not be forgotten.
    const rights = rightsOf(await Promise.all(principals.map(requireSame)));
    const identity = { keyId, arn, account, name, ...rights, session: { expiresAt, boundaries } };
    return { secret, identity, noteUse: async () => undefined };
  }

  /** Once a day; whether it can be noted decides about nothing. */
  async function noteUse(id: string, lastUsedOn: string | undefined): Promise<void> {
    const day = new Date(clock.now()).toISOString().slice(0, 10);
    if (lastUsedOn === day || noted.get(id) === day) return;
    if (noted.size >= 1_000) noted.clear();
    noted.set(id, day);
    await accessKeys.used(id, day).catch(() => undefined);
  }

  return {
    require: (keyId, token) => (token === undefined ? ofKey(keyId) : ofSession(keyId, token)),
  };
}

async function requireActive(isPossible: boolean, find: () => Promise<AccessKey | undefined>): Promise<AccessKey> {
  const key = isPossible ? await find() : undefined;
  return key?.status === 'active' ? key : refuse();
}

function refuse(): never {
  throw securityTokenInvalid();
}
