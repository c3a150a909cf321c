/** The condition keys that a request has values for. Their names are the same in upper and lower case. */

/** What follows the slash is the key of a tag. */
const tagged = ['aws:principaltag', 'aws:requesttag', 'aws:resourcetag'] as const;

const plain = [
  'aws:currenttime',
  'aws:principalarn',
  'aws:securetransport',
  'aws:sourceip',
  'aws:tagkeys',
  'aws:username',
] as const;

export type TaggedKey = (typeof tagged)[number];
export type PlainKey = (typeof plain)[number];

/** In lower case, but for the key of a tag; `undefined` where no request has it. */
export function findKey(written: string): string | undefined {
  const [name, tag] = splitKey(written);
  const known: readonly string[] = tag === undefined ? plain : tagged;
  if (tag === '' || !known.includes(name)) return undefined;
  return tag === undefined ? name : `${name}/${tag}`;
}

/** The key of a tag may hold slashes of its own. */
export function splitKey(key: string): readonly [name: string, tag: string | undefined] {
  const at = key.indexOf('/');
  return at < 0 ? [key.toLowerCase(), undefined] : [key.slice(0, at).toLowerCase(), key.slice(at + 1)];
}
