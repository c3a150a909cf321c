/** Text of others, for a terminal: one line, and nothing in it that would steer the terminal. */

/** No sentence of the service is as long. */
const longest = 1_000;

export const printable = (text: string): string =>
  text
    .slice(0, longest)
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .trim();

/** JSON of others: what would steer the terminal is spelt out, so that programs read the same as without it. */
export const printableJson = (value: unknown, indentation = 0): string =>
  JSON.stringify(value, undefined, indentation).replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, spelt);

const spelt = (character: string): string =>
  character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
