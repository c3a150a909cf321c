/** Reads CSS as rules of selectors and declarations, and nothing but these: whatever else it holds is refused. */

import type { Refusal } from '../../core/contract/errors.ts';
import { cssInvalid } from '../../core/contract/errors.ts';
import type { CssToken, CssTokenType } from '../../core/ports/css-reader.ts';

export interface Rule {
  readonly selectors: readonly Selector[];
  readonly declarations: readonly Declaration[];
}

export interface Selector {
  readonly text: string;
  /** For a refusal. */
  readonly at: CssToken;
}

export interface Declaration {
  readonly property: CssToken;
  /** Without white space and comments. */
  readonly value: readonly CssToken[];
  /** Where it begins, and where it has ended, its semicolon included. */
  readonly start: number;
  readonly end: number;
}

/**
 * Escapes could spell any word without its letters, and `<` could end the element that CSS stands in: neither has a use
 * here. Control characters are read differently by different browsers.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const forbidden = /[\\<\0-\x08\x0b\x0c\x0e-\x1f\x7f]/;

export function readRules(css: string, tokens: readonly CssToken[]): readonly Rule[] {
  const found = forbidden.exec(css);
  if (found) throw invalidAt(css, found.index);
  // What the tokenizer passed over, such as a byte order mark, nobody would look at.
  if (tokens.map(({ text }) => text).join('') !== css) throw cssInvalid(1);
  const reading = new Reading(css, tokens);
  const rules: Rule[] = [];
  while (!reading.isAtEnd()) rules.push(reading.rule());
  return rules;
}

const invalidAt = (css: string, index: number): Refusal => cssInvalid(css.slice(0, index).split(/\r\n|[\r\n]/).length);

/** A place among the tokens; each method reads one thing that must be there. */
class Reading {
  readonly #css: string;
  readonly #tokens: readonly CssToken[];
  #next = 0;

  constructor(css: string, tokens: readonly CssToken[]) {
    this.#css = css;
    this.#tokens = tokens;
  }

  isAtEnd(): boolean {
    this.#skipBlanks();
    return this.#next >= this.#tokens.length;
  }

  rule(): Rule {
    const selectors = [this.#selector()];
    while (this.#take('comma')) selectors.push(this.#selector());
    this.#require('{');
    const declarations: Declaration[] = [];
    this.#skipSemicolons();
    while (!this.#take('}')) {
      declarations.push(this.#declaration());
      this.#skipSemicolons();
    }
    return { selectors, declarations };
  }

  /** A class, and perhaps the state that it is in. Nothing may stand between its parts, not even a comment. */
  #selector(): Selector {
    this.#skipBlanks();
    const at = this.#requireNext('delim', '.');
    const name = this.#requireNext('ident');
    const colon = this.#takeNext('colon');
    const text = `.${name.text}${colon ? `:${this.#requireNext('ident').text}` : ''}`;
    this.#skipBlanks();
    return { text, at };
  }

  /** Ends with a semicolon, which belongs to it, or before the end of the block. */
  #declaration(): Declaration {
    const property = this.#require('ident');
    this.#require('colon');
    const value = this.#value();
    const last = this.#take('semicolon') ?? value.at(-1) ?? property;
    return { property, value, start: property.start, end: last.start + last.text.length };
  }

  /** Brackets must close in it: open ones would take in what follows. */
  #value(): readonly CssToken[] {
    const value: CssToken[] = [];
    let depth = 0;
    for (let token = this.#peek(); !isEnd(token, depth); token = this.#peek()) {
      if (!token || neverInValues.includes(token.type) || isOpen(token)) throw this.#invalid();
      if (token.type === 'function' || token.type === '(') depth += 1;
      if (token.type === ')') depth -= 1;
      if (depth < 0) throw this.#invalid();
      value.push(token);
      this.#next += 1;
    }
    if (value.length === 0) throw this.#invalid();
    return value;
  }

  #skipSemicolons(): void {
    while (this.#take('semicolon'));
  }

  #skipBlanks(): void {
    for (;;) {
      const token = this.#tokens[this.#next];
      if (token?.type !== 'whitespace' && token?.type !== 'comment') return;
      if (isOpen(token)) throw this.#invalid();
      this.#next += 1;
    }
  }

  /** What is not blank. */
  #peek(): CssToken | undefined {
    this.#skipBlanks();
    return this.#tokens[this.#next];
  }

  #take(type: CssTokenType): CssToken | undefined {
    this.#skipBlanks();
    return this.#takeNext(type);
  }

  #takeNext(type: CssTokenType, text?: string): CssToken | undefined {
    const token = this.#tokens[this.#next];
    if (token?.type !== type || (text !== undefined && token.text !== text)) return undefined;
    this.#next += 1;
    return token;
  }

  #require(type: CssTokenType): CssToken {
    this.#skipBlanks();
    return this.#requireNext(type);
  }

  #requireNext(type: CssTokenType, text?: string): CssToken {
    const token = this.#takeNext(type, text);
    if (!token) throw this.#invalid();
    return token;
  }

  #invalid(): Refusal {
    return invalidAt(this.#css, this.#tokens[this.#next]?.start ?? this.#css.length);
  }
}

const isEnd = (token: CssToken | undefined, depth: number): boolean =>
  depth === 0 && (token?.type === 'semicolon' || token?.type === '}');

/** Inside brackets the ends of a declaration and of a block would not be what they seem. */
const neverInValues: readonly CssTokenType[] = [
  'at-keyword',
  'bad-string',
  'bad-url',
  'url',
  'CDO',
  'CDC',
  '[',
  ']',
  '{',
  '}',
  'semicolon',
  'colon',
];

/** A comment or a string that goes on to the end of the CSS would go on in whatever CSS follows it. */
function isOpen({ type, text }: CssToken): boolean {
  if (type === 'comment') return text.length < 4 || !text.endsWith('*/');
  return type === 'string' && (text.length < 2 || text.at(-1) !== text[0]);
}
