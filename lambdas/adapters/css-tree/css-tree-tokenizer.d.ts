/** What is used here of a package that comes without types. */
declare module 'css-tree/tokenizer' {
  /** `type` is an index of `tokenNames`; the token ends before `end`. */
  export function tokenize(source: string, onToken: (type: number, start: number, end: number) => void): void;
  export const tokenNames: readonly string[];
}
