/** The globs of IAM: `*` is any text, `?` one character; ARNs are matched part by part. */

export function matchesGlob(glob: string, text: string, { ignoreCase = false } = {}): boolean {
  const source = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, ignoreCase ? 'is' : 's').test(text);
}

/** A wildcard of a resource may run over the colons and slashes of its last part alone. */
export function matchesArn(pattern: string, arn: string): boolean {
  if (pattern === '*') return true;
  const [parts, found] = [partsOf(pattern), partsOf(arn)];
  return parts.length === found.length && parts.every((part, index) => matchesGlob(part, found[index] ?? ''));
}

const partsOf = (arn: string): readonly string[] => {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
};
