/** Takes a mailbox, `address` or `name <address>`, apart as one: a comma in its name begins no other. */

export interface MailboxParts {
  /** Empty where it has none. */
  readonly name: string;
  readonly address: string;
}

export function mailboxParts(text: string): MailboxParts {
  const opening = text.lastIndexOf('<');
  if (opening < 0 || !text.endsWith('>')) return { name: '', address: text };
  const name = text
    .slice(0, opening)
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
  const quoted = /^"(.*)"$/s.exec(name)?.[1]?.replace(/\\(.)/gs, '$1');
  return { name: quoted ?? name, address: text.slice(opening + 1, -1) };
}
