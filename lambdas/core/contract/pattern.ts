/** Compiles the API's patterns, which are written for another engine, to whole-value matches. */

const compiled = new Map<string, RegExp>();

/** Compiled at first use and kept. */
export function wholeMatch(pattern: string): RegExp {
  const known = compiled.get(pattern);
  if (known) return known;
  const expression = compile(pattern);
  compiled.set(pattern, expression);
  return expression;
}

const dotAllPrefix = '(?s)';

/** `\p` needs the `u` flag, which `\w` stays ASCII under; blanks are ASCII to the API. */
function compile(pattern: string): RegExp {
  const dotAll = pattern.startsWith(dotAllPrefix);
  const body = dotAll ? pattern.slice(dotAllPrefix.length) : pattern;
  return new RegExp(`^(?:${asciiBlanks(body)})$`, dotAll ? 'us' : 'u');
}

/** Every pattern has `\s` and `\S` inside brackets alone. The blanks are tab to carriage return, and the space. */
const asciiBlanks = (body: string): string =>
  body
    .replaceAll(String.raw`\s`, String.raw`\t-\r\x20`)
    .replaceAll(String.raw`\S`, String.raw`\0-\x08\x0e-\x1f\x21-\u{10ffff}`);
