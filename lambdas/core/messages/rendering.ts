/** Fills templates with what they ask for. Templates are their pool's own words; the values in them are not. */

/** A placeholder without a value stays as it is. */
export interface Values {
  /** The code or the temporary password. */
  readonly '{####}'?: string | undefined;
  readonly '{username}'?: string | undefined;
  /** The address that `{##text##}` links to. */
  readonly link?: string | undefined;
}

/** How values stand in what is made of a template. */
interface Form {
  readonly value: (value: string) => string;
  readonly link: (text: string, address: string) => string;
}

/** For text messages and the plain-text part of mail. */
export const fillText = (template: string, values: Values): string =>
  fill(template, values, { value: (value) => value, link: (text, address) => `${text} (${address})` });

/** The text of a link is the template's own, as everything around it. */
export const fillHtml = (template: string, values: Values): string =>
  fill(template, values, {
    value: escapeHtml,
    link: (text, address) => `<a href="${escapeHtml(address)}">${text}</a>`,
  });

/** On one line: a line break in a subject could begin another header. */
export const fillSubject = (template: string, values: Values): string =>
  fillText(template, values)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** As functions that deliver messages expect a temporary password: they put it into HTML, or undo this. */
export const escapePassword = (password: string): string =>
  password.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const names = /\{####\}|\{username\}/g;
const namesAndLinks = /\{####\}|\{username\}|\{##(.+?)##\}/gs;

/** All in one pass, so that a value which looks like a placeholder is never filled in turn. */
function fill(template: string, values: Values, { value, link }: Form): string {
  const { link: address } = values;
  // The pattern matches nothing but the two names.
  const named = (placeholder: string): string => {
    const found = values[placeholder as '{####}' | '{username}'];
    return found === undefined ? placeholder : value(found);
  };
  if (address === undefined) return template.replace(names, named);
  // Behind the last end of a link, every beginning of one would be followed to the end of the template in vain.
  const end = template.lastIndexOf('##}') + '##}'.length;
  const linked = template
    .slice(0, end)
    .replace(namesAndLinks, (placeholder: string, text?: string) =>
      text === undefined ? named(placeholder) : link(text, address),
    );
  return linked + template.slice(end).replace(names, named);
}
