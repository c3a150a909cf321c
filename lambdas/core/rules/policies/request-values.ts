/** What a request says under each condition key. */
import type { Access, Identity } from '../../ports/signature-check.ts';
import { principalArnOf } from '../access/iam-arns.ts';
import { type PlainKey, splitKey, type TaggedKey } from './condition-keys.ts';
import type { FindValues } from './patterns.ts';

export type Tags = Readonly<Record<string, string | undefined>>;

export interface Circumstances {
  readonly identity: Identity;
  readonly access: Access;
  /** Of the pool that is asked for, where there is one. */
  readonly resourceTags: Tags;
  /** In milliseconds. */
  readonly now: number;
}

export function valuesOf({ identity, access, resourceTags, now }: Circumstances): FindValues {
  const requestTags = findRequestTags(access.input);
  const plain: Readonly<Record<PlainKey, readonly string[] | undefined>> = {
    'aws:currenttime': [new Date(now).toISOString()],
    'aws:principalarn': [principalArnOf(identity.arn)],
    'aws:securetransport': access.isSecure === undefined ? undefined : [String(access.isSecure)],
    'aws:sourceip': [access.sourceIp],
    'aws:tagkeys': tagKeysIn(access.input) ?? (requestTags && Object.keys(requestTags)),
    'aws:username': identity.name === undefined ? undefined : [identity.name],
  };
  const tagged: Readonly<Record<TaggedKey, Tags>> = {
    'aws:principaltag': identity.tags,
    'aws:requesttag': requestTags ?? {},
    'aws:resourcetag': resourceTags,
  };
  const all = new Map<string, readonly string[] | undefined>(Object.entries(plain));
  const tags = new Map<string, Tags>(Object.entries(tagged));
  return (key) => {
    const [name, tag] = splitKey(key);
    return tag === undefined ? all.get(name) : findTag(tags.get(name) ?? {}, tag);
  };
}

/** Keys of tags are compared as names of condition keys are: the values of all that differ in case alone. */
function findTag(tags: Tags, wanted: string): readonly string[] {
  return Object.entries(tags).flatMap(([key, value]) =>
    value !== undefined && isSameName(key, wanted) ? [value] : [],
  );
}

const isSameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** What a request puts on a pool: the inputs call it by two names. */
export function findRequestTags({ UserPoolTags, Tags }: Access['input']): Tags | undefined {
  const tags = UserPoolTags ?? Tags;
  // Both are maps of text by their shape.
  return tags === undefined ? undefined : (tags as Tags);
}

/** What a request takes off a pool. */
const tagKeysIn = ({ TagKeys }: Access['input']): readonly string[] | undefined =>
  Array.isArray(TagKeys) ? TagKeys.map(String) : undefined;
