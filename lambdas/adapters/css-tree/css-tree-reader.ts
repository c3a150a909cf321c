/** Reads CSS with the tokenizer of css-tree, and with nothing else of it: the rest would be twenty-five times as large. */
import { tokenize, tokenNames } from 'css-tree/tokenizer';
import type { CssReader, CssToken, CssTokenType } from '../../core/ports/css-reader.ts';

export const cssTreeReader: CssReader = {
  tokens(css) {
    const tokens: CssToken[] = [];
    tokenize(css, (type, start, end) => tokens.push({ type: nameOf(type), text: css.slice(start, end), start }));
    return tokens;
  },
};

/** `ident-token` is an `ident`. */
function nameOf(type: number): CssTokenType {
  const name = tokenNames[type]?.replace(/-token$/, '');
  if (name === undefined || !isKnown(name)) throw new Error('The tokenizer has a kind of token that is not known here');
  return name;
}

const isKnown = (name: string): name is CssTokenType => Object.hasOwn(known, name);

/** `satisfies` keeps the list complete. */
const known = {
  ident: true,
  function: true,
  'at-keyword': true,
  hash: true,
  string: true,
  'bad-string': true,
  url: true,
  'bad-url': true,
  delim: true,
  number: true,
  percentage: true,
  dimension: true,
  whitespace: true,
  CDO: true,
  CDC: true,
  colon: true,
  semicolon: true,
  comma: true,
  '[': true,
  ']': true,
  '(': true,
  ')': true,
  '{': true,
  '}': true,
  comment: true,
} as const satisfies Record<CssTokenType, true>;
