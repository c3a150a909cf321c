/** Fills templates with what they ask for. Templates are their pool's own words; the values in them are not. */

/** A placeholder without a value stays as it is. */
export interface Values {
  /** The code or the temporary password. */
  readonly '{####}'?: string | undefined;
  readonly '{username}'?: string | undefined;
}

/** For text messages and the plain-text part of mail. */
export const fillText = (template: string, values: Values): string => fill(template, values, (value) => value);

export const fillHtml = (template: string, values: Values): string => fill(template, values, escapeHtml);

/** On one line: a line break in a subject could begin another header. */
export const fillSubject = (template: string, values: Values): string =>
  fillText(template, values)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** All in one pass, so that a value which looks like a placeholder is never filled in turn. */
const fill = (template: string, values: Values, encode: (value: string) => string): string =>
  template.replace(/\{####\}|\{username\}/g, (placeholder) => {
    // The pattern matches nothing but the two names.
    const value = values[placeholder as keyof Values];
    return value === undefined ? placeholder : encode(value);
  });
