/** Decides who a mail is from: the deployment, or the identity of a pool that sends by itself. */
import { DeliveryFailed, type Mail } from '../../core/ports/messenger.ts';
import { bareAddressOf, mailboxOf } from './mailboxes.ts';

export interface SesSettings {
  /** The sender of pools that have none of their own: `address` or `name <address>`. */
  readonly mailFrom: string;
  /** Identities of other accounts are named to SES, which asks their owners' policies. */
  readonly account: string;
}

export interface Sender {
  readonly mailbox: string;
  /** Absent: the function's own. */
  readonly region?: string;
  readonly identityArn?: string;
  readonly configurationSet?: string | undefined;
}

interface Identity {
  readonly region: string;
  readonly account: string;
  /** An address, or a domain. */
  readonly name: string;
}

export function senderOf({ identity, from }: Mail, { mailFrom, account }: SesSettings): Sender {
  if (identity === undefined) return { mailbox: mailboxOf(mailFrom) };
  const { arn, configurationSet } = identity;
  const own = readIdentity(arn);
  return {
    mailbox: mailboxOf(requireSenderWithin(own, from ?? own.name)),
    region: own.region,
    ...(own.account !== account && { identityArn: arn }),
    configurationSet,
  };
}

function readIdentity(arn: string): Identity {
  const [, region, account, name] = /^arn:[\w-]+:ses:([\w-]+):(\d{12}):identity\/(.+)$/.exec(arn) ?? [];
  if (region === undefined || account === undefined || name === undefined) {
    throw new DeliveryFailed("The pool's SourceArn is not the ARN of an identity of SES.");
  }
  return { region, account, name };
}

/** Otherwise a pool could send as any identity of the account, while it names another one. */
function requireSenderWithin({ name }: Identity, from: string): string {
  if (!from.includes('@')) throw new DeliveryFailed('The pool sends from a domain and names no From address in it.');
  const address = bareAddressOf(from);
  const identity = name.toLowerCase();
  const isWithin = [`@${identity}`, `.${identity}`].some((ending) => domainOf(address).endsWith(ending));
  if (identity.includes('@') ? address !== identity : !isWithin) {
    throw new DeliveryFailed("The pool's From address is not one of its identity.");
  }
  return from;
}

/** With the sign before it. */
const domainOf = (address: string): string => address.slice(address.lastIndexOf('@'));
