/** Every key and every index attribute of the table: nothing else in the project spells one out. */
import { createHash } from 'node:crypto';
import type { Alias } from '../../core/model/alias.ts';
import type { CodePurpose, SignInPurpose } from '../../core/model/code.ts';
import type { Place } from '../../core/model/request-rate.ts';
import type { User, UserStatus } from '../../core/model/user.ts';
import type { Budget } from '../../core/ports/code-store.ts';
import type { Key } from './table.ts';

/** The attribute after whose moment (seconds) a row is garbage. Readers compare times of their own. */
export const ttlAttribute = 'ttl';

/** Partition and sort attribute of each index. The first one is shared by several lists, the others are filters. */
export const indexes = {
  1: { partition: 'g1p', sort: 'g1s' },
  2: { partition: 'P', sort: 'xe' },
  3: { partition: 'P', sort: 'xp' },
  4: { partition: 'P', sort: 'xn' },
  5: { partition: 'P', sort: 'xg' },
  6: { partition: 'P', sort: 'xf' },
  7: { partition: 'P', sort: 'xr' },
  8: { partition: 'P', sort: 'xs' },
} as const;

/** What the first index carries beside keys: all that a list of users shows. The other indexes carry keys alone. */
export const listedAttributes = ['u', 'sub', 'at', 'st', 'en', 'ca', 'ma', 'mf'] as const;

/** Attributes of users that can be searched for by value, with the index that finds them. */
export const valueIndexes = {
  email: 2,
  phone_number: 3,
  name: 4,
  given_name: 5,
  family_name: 6,
  preferred_username: 7,
} as const;

export type ValueAttribute = keyof typeof valueIndexes;

export const statusIndex = 8;

/** The sort key of the one main row of a partition, and the prefix of all rows that a sign-in reads. */
const main = '@';
const longest = { part: 512, indexed: 900 } as const;

/**
 * Text of a caller as the last part of a key. Long text is replaced by its digest, and so is text that looks like
 * one: otherwise it could be made to collide.
 */
function part(text: string): string {
  const short = Buffer.byteLength(text) <= longest.part && !text.startsWith('sha256:');
  return short ? text : `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** Text as the sort key of an index: cut, never inside a character. Whoever reads the index compares the whole. */
export function indexed(text: string): string {
  if (Buffer.byteLength(text) <= longest.indexed) return text;
  const cut = Buffer.from(text).subarray(0, longest.indexed + 1);
  let end = longest.indexed;
  while (isContinuation(cut[end])) end -= 1;
  return cut.toString('utf8', 0, end);
}

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

// Pools and what is configured in them

/** Some operations take any text for the id of a pool. */
const poolPartition = (poolId: string): string => `P#${part(poolId)}`;
const inPool = (poolId: string, SK: string): Key => ({ PK: poolPartition(poolId), SK });

export const poolKey = (poolId: string): Key => inPool(poolId, main);
export const versionKey = (poolId: string): Key => inPool(poolId, 'V');
export const clientKey = (poolId: string, clientId: string): Key => inPool(poolId, `C#${part(clientId)}`);
export const signingKeyKey = (poolId: string, kid: string): Key => inPool(poolId, `K#${part(kid)}`);
/** Says which signing key of a use is the active one, so that two first ones cannot be. */
export const activeKeyKey = (poolId: string, use: string): Key => inPool(poolId, `A#${use}`);
export const counterKey = (poolId: string, shard: number): Key => inPool(poolId, `#${shard}`);
/** Every counter of a pool: spread, so that sign-ups side by side seldom meet on one. */
export const counterShards = 16;
export const counterKeys = (poolId: string): readonly Key[] =>
  Array.from({ length: counterShards }, (_, shard) => counterKey(poolId, shard));

export const providerKey = (poolId: string, name: string): Key => inPool(poolId, `I#${part(name)}`);
export const providersOfPool = (poolId: string) => ({ partition: poolPartition(poolId), sort: { prefix: 'I#' } });
/** Where an identifier of a provider leads to it. */
export const providerIdentifierKey = (poolId: string, identifier: string): Key =>
  inPool(poolId, `N#${part(identifier)}`);

/** Of a counter. */
export const shardIn = ({ SK }: Key): number => Number(SK.slice(1));

export const everythingOfPool = (poolId: string) => ({ partition: poolPartition(poolId) });
export const isClientKey = ({ SK }: Key): boolean => SK.startsWith('C#');

export const clientsOfPool = (poolId: string) => ({ partition: poolPartition(poolId), sort: { prefix: 'C#' } });
export const signingKeysOfPool = (poolId: string) => ({ partition: poolPartition(poolId), sort: { prefix: 'K#' } });
export const countersOfPool = (poolId: string) => ({ partition: poolPartition(poolId), sort: { prefix: '#' } });

export const resourceServerKey = (poolId: string, identifier: string): Key => inPool(poolId, `R#${part(identifier)}`);
export const resourceServersOfPool = (poolId: string) => ({ partition: poolPartition(poolId), sort: { prefix: 'R#' } });

/** `name` is folded. */
export const groupKey = (poolId: string, name: string): Key => inPool(poolId, `G#${part(name)}`);
export const groupsOfPool = (poolId: string) => ({ partition: poolPartition(poolId), sort: { prefix: 'G#' } });

export const replicaKey = (poolId: string, region: string): Key => inPool(poolId, `Q#${part(region)}`);
export const replicasOfPool = (poolId: string) => ({ partition: poolPartition(poolId), sort: { prefix: 'Q#' } });

// How the pages of a pool look; their ids are made by this software alone

export const styleKey = (poolId: string, id: string): Key => inPool(poolId, `B#${part(id)}`);
export const stylesOfPool = (poolId: string) => ({ partition: poolPartition(poolId), sort: { prefix: 'B#' } });
/** Which style a client has. */
export const styleOfClientKey = (poolId: string, clientId: string): Key => inPool(poolId, `BC#${part(clientId)}`);

interface AssetPart {
  readonly upload: string;
  readonly number: number;
  readonly part: number;
}

const uploadPrefix = (styleId: string, upload: string): string => `BA#${styleId}#${upload}#`;
export const assetPartKey = (poolId: string, styleId: string, { upload, number, part }: AssetPart): Key =>
  inPool(poolId, `${uploadPrefix(styleId, upload)}${number}#${part}`);
export const assetPartsOf = (poolId: string, styleId: string, upload: string) => ({
  partition: poolPartition(poolId),
  sort: { prefix: uploadPrefix(styleId, upload) },
});

export const termsKey = (poolId: string, id: string): Key => inPool(poolId, `T#${part(id)}`);
export const termsOfPool = (poolId: string) => ({ partition: poolPartition(poolId), sort: { prefix: 'T#' } });
/** Which terms of a name a client has. */
export const termsOfClientKey = (poolId: string, clientId: string, name: string): Key =>
  inPool(poolId, `TC#${name}#${part(clientId)}`);

export const uiCustomizationKey = (poolId: string, clientId: string): Key => inPool(poolId, `U#${part(clientId)}`);
export const uiCustomizationsOfPool = (poolId: string) => ({
  partition: poolPartition(poolId),
  sort: { prefix: 'U#' },
});

/** Where a client id alone leads to. */
export const lookupKey = (clientId: string): Key => ({ PK: `C#${part(clientId)}`, SK: main });

export const directory = { partition: 'POOLS' } as const;
/** The directory sorts by region, then by creation; 15 digits hold every millisecond until the year 33658. */
export const directoryKey = (region: string, createdAt: number, poolId: string): Key => ({
  PK: directory.partition,
  SK: `${region}#${String(createdAt).padStart(15, '0')}#${poolId}`,
});
export const directoryOf = (region: string) => ({ ...directory, sort: { prefix: `${region}#` } });

/** Of a pool's domain, wherever in the deployment the pool is. Its names are texts of one kind, in lower case. */
export const domainKey = (name: string): Key => ({ PK: `D#${part(name)}`, SK: main });

export const accounts = { partition: 'ACCOUNTS' } as const;
/** How many an account has of what is counted for it. Accounts are digits, and regions hold no `#`. */
export const accountKey = ({ account, region }: Place): Key => ({ PK: accounts.partition, SK: `${account}#${region}` });
export const raisedRatesKey = ({ account, region }: Place): Key => ({
  PK: accounts.partition,
  SK: `${account}#${region}#rates`,
});
/** A counter for one second; `share` tells those apart that count together. */
export const rateKey = ({ account, region }: Place, of: string, second: number, share: number): Key => ({
  PK: `L#${account}#${region}#${share}#${part(of)}`,
  SK: String(second),
});

/** Ids of jobs are made by this software alone. */
export const jobKey = (jobId: string): Key => ({ PK: 'JOBS', SK: jobId });
export const jobs = { partition: 'JOBS' } as const;

// Users and their collections

/** `un` is a folded username. */
const userPartition = (poolId: string, un: string): string => `U#${poolId}#${part(un)}`;
const ofUser = (poolId: string, un: string, SK: string): Key => ({ PK: userPartition(poolId, un), SK });

export const userKey = (poolId: string, un: string): Key => ofUser(poolId, un, main);
export const failuresKey = (poolId: string, un: string): Key => ofUser(poolId, un, '@F');
export const codeKey = (poolId: string, un: string, purpose: CodePurpose): Key => ofUser(poolId, un, `@C#${purpose}`);
export const budgetKey = (poolId: string, un: string, budget: Budget): Key => ofUser(poolId, un, `Q#${budget}`);
export const familyKey = (poolId: string, un: string, originJti: string): Key =>
  ofUser(poolId, un, `${familyPrefix}${part(originJti)}`);
const familyPrefix = 'R#';
/** The `origin_jti` of a family, if it is the key of one. */
export const familyIn = ({ SK }: Key): string | undefined =>
  SK.startsWith(familyPrefix) ? SK.slice(familyPrefix.length) : undefined;

/** Secret of an authenticator app; a sign-in reads it. */
export const softwareTokenKey = (poolId: string, un: string): Key => ofUser(poolId, un, '@T');
export const isSoftwareTokenKey = ({ SK }: Key): boolean => SK === '@T';

const devicePrefix = 'D#';
export const deviceKeyOf = (poolId: string, un: string, deviceKey: string): Key =>
  ofUser(poolId, un, `${devicePrefix}${part(deviceKey)}`);
export const devicesOfUser = (poolId: string, un: string) => ({
  partition: userPartition(poolId, un),
  sort: { prefix: devicePrefix },
});

const forgottenPrefix = 'DX#';
/** Says that the user had a device of this key. */
export const forgottenDeviceKey = (poolId: string, un: string, deviceKey: string): Key =>
  ofUser(poolId, un, `${forgottenPrefix}${part(deviceKey)}`);
export const isForgottenDeviceKey = ({ SK }: Key): boolean => SK.startsWith(forgottenPrefix);

const passkeyPrefix = 'W#';
export const passkeyKey = (poolId: string, un: string, id: string): Key =>
  ofUser(poolId, un, `${passkeyPrefix}${part(id)}`);
export const passkeysOfUser = (poolId: string, un: string) => ({
  partition: userPartition(poolId, un),
  sort: { prefix: passkeyPrefix },
});
export const isPasskeyKey = ({ SK }: Key): boolean => SK.startsWith(passkeyPrefix);
/** Of the one registration of a passkey that has begun. */
export const pendingPasskeyKey = (poolId: string, un: string): Key => ofUser(poolId, un, 'Q#passkey');
/** Says that somebody in the pool has a passkey of this id. */
export const passkeyIdKey = (poolId: string, id: string): Key => ({ PK: `A#${poolId}#w#${part(id)}`, SK: main });

const userSessionPrefix = 'S#';
export const userSessionKey = (poolId: string, un: string, id: string): Key =>
  ofUser(poolId, un, `${userSessionPrefix}${part(id)}`);
export const sessionsOfUser = (poolId: string, un: string) => ({
  partition: userPartition(poolId, un),
  sort: { prefix: userSessionPrefix },
});

export const everythingOfUser = (poolId: string, un: string) => ({ partition: userPartition(poolId, un) });
/** The row of the user in whose collection another row stands. */
export const userOfCollection = ({ PK }: Key): Key => ({ PK, SK: main });
export const signInSetOf = (poolId: string, un: string) => ({
  partition: userPartition(poolId, un),
  sort: { prefix: main },
});

export const isUserKey = ({ SK }: Key): boolean => SK === main;
export const isFailuresKey = ({ SK }: Key): boolean => SK === '@F';
export const isSignInCodeKey = ({ SK }: Key, purpose: SignInPurpose): boolean => SK === `@C#${purpose}`;
export const isMembershipKey = ({ SK }: Key): boolean => SK.startsWith(membershipPrefix);
const membershipPrefix = '@G#';
/** By the id of the group, which no other group ever has: what is found to be of a group that is gone stays garbage. */
export const membershipKey = (poolId: string, un: string, groupId: string): Key =>
  ofUser(poolId, un, `${membershipPrefix}${groupId}`);
export const groupIdIn = ({ SK }: Key): string => SK.slice(membershipPrefix.length);

const aliasLetters = { email: 'e', phone_number: 'p', preferred_username: 'n', sub: 's', identity: 'i' } as const;

export const aliasKey = (poolId: string, { kind, value }: Alias): Key => ({
  PK: `A#${poolId}#${aliasLetters[kind]}#${part(value)}`,
  SK: main,
});

// Indexes

export const usersOfPool = (poolId: string): string => `P#${poolId}#u`;
export const subsOfPool = (poolId: string): string => `P#${poolId}#s`;
export const membersOfGroup = (poolId: string, groupId: string): string => `P#${poolId}#g#${groupId}`;
/** The partition of the filter indexes. */
export const filterPartition = (poolId: string): string => poolId;

/** All users of a status, or only those that are enabled or not. */
export const statusPrefix = (status: UserStatus, enabled?: boolean): string =>
  enabled === undefined ? `${status}#` : `${status}#${enabled ? 'E' : 'D'}#`;

export const statusSort = (user: Pick<User, 'status' | 'enabled'>, un: string): string =>
  indexed(`${statusPrefix(user.status, user.enabled)}${un}`);

// Everything else

export const nonceKey = (nonce: string): Key => ({ PK: `X#${part(nonce)}`, SK: main });
/** Beside the nonce of the session, so that both are seen to be of one. */
export const challengeStateKey = (sessionId: string): Key => ({ PK: `X#${part(sessionId)}`, SK: 'state' });

/** Says that a pool has messages in the outbox, and numbers them. */
export const outboxKey = (poolId: string): Key => ({ PK: 'OUTBOX', SK: poolId });
export const outboxes = { partition: 'OUTBOX' } as const;
/** So many messages of a pool have a row; the next one takes the row of the eldest. */
const outboxRows = 1000;
export const sentMessageKey = (poolId: string, number: number): Key => ({
  PK: `OUTBOX#${poolId}`,
  SK: String(number % outboxRows).padStart(3, '0'),
});
export const sentMessagesOf = (poolId: string) => ({ partition: `OUTBOX#${poolId}` });

export const textsToNumberKey = (number: string): Key => ({ PK: `T#n#${part(number)}`, SK: main });
/** `hour` since 1970. */
export const textsOfPoolKey = (poolId: string, hour: number): Key => ({ PK: `T#p#${poolId}`, SK: String(hour) });

export const accessKeyKey = (accessKeyId: string): Key => ({ PK: `K#${part(accessKeyId)}`, SK: main });
/** Holds the principal, and the ids of its access keys. */
export const principalKey = (name: string): Key => ({ PK: 'PRINCIPALS', SK: part(name) });
export const principals = { partition: 'PRINCIPALS' } as const;
export const policyKey = (name: string): Key => ({ PK: 'POLICIES', SK: part(name) });
export const policies = { partition: 'POLICIES' } as const;

export const rings = { partition: 'RING' } as const;
/** Ten digits, so that versions sort as numbers. */
export const ringKey = (version: number): Key => ({ PK: 'RING', SK: String(version).padStart(10, '0') });
