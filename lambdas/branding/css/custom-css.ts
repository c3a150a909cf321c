/** The CSS of the classic pages, as far as they take it from whoever administers a pool. */
import { cssClassUnknown, cssInvalid } from '../../core/contract/errors.ts';
import type { CssReader, CssToken } from '../../core/ports/css-reader.ts';
import { allowedFunctions, allowedUnits, isAllowedProperty, isAllowedSelector } from './allowed.ts';
import { type Declaration, type Rule, readRules } from './read-rules.ts';

/**
 * To the letter as it was given, but for declarations of properties that do not belong to their classes: these are left
 * out. What may be harmful is refused wherever it stands, so that nobody believes it to have an effect.
 */
export function requireCustomCss(reader: CssReader, css: string): string {
  const rules = readRules(css, reader.tokens(css));
  const dropped = rules.flatMap((rule) => droppedFrom(css, rule));
  let kept = '';
  let next = 0;
  for (const { start, end } of dropped) {
    kept += css.slice(next, start);
    next = end;
  }
  return kept + css.slice(next);
}

function droppedFrom(css: string, { selectors, declarations }: Rule): readonly Declaration[] {
  const unknown = selectors.find(({ text }) => !isAllowedSelector(text));
  if (unknown) throw cssClassUnknown(unknown.text.slice(0, longestShown));
  const names = selectors.map(({ text }) => text);
  return declarations.filter((declaration) => {
    if (isHarmful(declaration)) throw invalidAt(css, declaration.property);
    const isKept = isAllowedProperty(names, declaration.property.text.toLowerCase());
    if (isKept && !declaration.value.every(isPlain)) throw invalidAt(css, declaration.property);
    return !isKept;
  });
}

/** As much of a name as a message repeats. */
const longestShown = 100;

const invalidAt = (css: string, { start }: CssToken) => cssInvalid(css.slice(0, start).split(/\r\n|[\r\n]/).length);

/** What loads something, what once ran scripts, and what could cover the rest of a page. */
function isHarmful({ property, value }: Declaration): boolean {
  const name = property.text.toLowerCase();
  const words = value.map(({ text }) => text.toLowerCase());
  if (name.endsWith('behavior') || name.endsWith('binding')) return true;
  if (name === 'position' && words.includes('fixed')) return true;
  return words.some((word) => word === 'url(' || word === 'src(' || word === 'expression(');
}

/** Words, numbers, colours, and what is made of them. */
function isPlain({ type, text }: CssToken, index: number, value: readonly CssToken[]): boolean {
  switch (type) {
    case 'ident':
      return /^-?[a-z]+(-[a-z]+)*$/i.test(text);
    case 'hash':
      return /^#[0-9a-f]{3,8}$/i.test(text);
    case 'function':
      return allowedFunctions.includes(text.slice(0, -1).toLowerCase());
    case 'delim':
      return text === '!' ? isImportance(value.slice(index)) : ['/', '+', '-', '*'].includes(text);
    case 'dimension':
      return allowedUnits.includes(text.replace(/^[-+.\d]+(e[-+]?\d+)?/i, '').toLowerCase());
    case '(':
      // Of a sum; after a word or a number it would look like a function, and be none.
      return isBeforeOperand(value[index - 1]);
    case 'number':
    case 'percentage':
    case 'comma':
    case ')':
      return true;
    default:
      return false;
  }
}

const isBeforeOperand = (token: CssToken | undefined): boolean =>
  token?.type === 'function' || token?.type === '(' || token?.type === 'delim';

/** At the end, and that alone. */
const isImportance = ([, word, ...others]: readonly CssToken[]): boolean =>
  word?.text.toLowerCase() === 'important' && others.length === 0;
