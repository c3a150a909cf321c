/** People with names and passwords of whatever Unicode has. */
import fc from 'fast-check';

export interface Person {
  readonly username: string;
  readonly password: string;
}

/** The same in every run: whatever of Unicode the API takes, in pairs, with marks, in any script. */
export function people(count: number): readonly Person[] {
  const text = (unit: 'grapheme' | 'binary' | 'grapheme-ascii') => fc.string({ unit, minLength: 6, maxLength: 12 });
  const anyText = fc.oneof(text('grapheme'), text('binary'), text('grapheme-ascii'));
  const person = fc.record({
    username: anyText.filter((drawn) => /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,64}$/u.test(drawn)),
    password: anyText.filter((drawn) => /^\S+$/u.test(drawn)),
  });
  // To the service, names that differ only in case are one.
  const selector = ({ username }: Person) => username.toLowerCase();
  const everybody = fc.uniqueArray(person, { selector, minLength: count, maxLength: count });
  return fc.sample(everybody, { numRuns: 1, seed: 1843 }).flat();
}
