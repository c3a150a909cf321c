/** Splits CSS into tokens as browsers do (CSS Syntax Module Level 3, section 4). */

export type CssTokenType =
  | 'ident'
  | 'function'
  | 'at-keyword'
  | 'hash'
  | 'string'
  | 'bad-string'
  | 'url'
  | 'bad-url'
  | 'delim'
  | 'number'
  | 'percentage'
  | 'dimension'
  | 'whitespace'
  | 'CDO'
  | 'CDC'
  | 'colon'
  | 'semicolon'
  | 'comma'
  | '['
  | ']'
  | '('
  | ')'
  | '{'
  | '}'
  | 'comment';

export interface CssToken {
  readonly type: CssTokenType;
  /** As it stands in the CSS. */
  readonly text: string;
  /** Where it stands. */
  readonly start: number;
}

export interface CssReader {
  /** All of the CSS, comments and white space included. */
  tokens(css: string): readonly CssToken[];
}
