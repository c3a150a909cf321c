/** Writes addresses as mail headers have them: one mailbox each, in ASCII, whatever people and pools are called. */
import { domainToASCII } from 'node:url';
import { DeliveryFailed } from '../../core/ports/messenger.ts';
import { isEmail } from '../../core/rules/addresses.ts';
import { mailboxParts } from '../mailbox-parts.ts';

/** `address` or `name <address>`. */
export function mailboxOf(text: string): string {
  const { name, address } = mailboxParts(text);
  return name === '' ? addressOf(address) : `${phraseOf(name)} <${addressOf(address)}>`;
}

/** A local part must be ASCII, because SES has no SMTPUTF8 (RFC 6531); a domain has a form that is. */
export function addressOf(address: string): string {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  const domain = /[^\0-\x7f]/.test(address.slice(at)) ? domainToASCII(address.slice(at + 1)) : address.slice(at + 1);
  if (!isEmail(address) || !isAtoms(local) || !/^[A-Za-z0-9._-]+$/.test(domain)) {
    throw new DeliveryFailed('SES cannot send from or to an address of this form.');
  }
  return `${local}@${domain}`;
}

/** The address alone, as it is compared. */
export const bareAddressOf = (text: string): string => addressOf(mailboxParts(text).address).toLowerCase();

/** Of an RFC 5322 atom (3.2.3), with dots between. */
const isAtoms = (text: string): boolean => /^[\w!#$%&'*+/=?^`{|}~.-]+$/.test(text);

function phraseOf(name: string): string {
  if (/^[A-Za-z0-9 ]+$/.test(name)) return name;
  return /^[\x20-\x7e]+$/.test(name) ? `"${name.replace(/["\\]/g, '\\$&')}"` : encodedWords(name);
}

/** RFC 2047: at most 75 characters each, no character across two of them. */
const mostBytes = 45;

function encodedWords(text: string): string {
  const words: string[] = [''];
  for (const character of text.toWellFormed()) {
    const longer = `${words.at(-1)}${character}`;
    if (Buffer.byteLength(longer) > mostBytes) words.push(character);
    else words[words.length - 1] = longer;
  }
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join(' ');
}
