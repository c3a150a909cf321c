/** Text of others, for a terminal: one line, and nothing in it that would steer the terminal. */

/** No sentence of the service is as long. */
const longest = 1_000;

export const printable = (text: string): string =>
  text
    .slice(0, longest)
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .trim();
