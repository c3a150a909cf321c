/** Checks the options of a start and fills in what was not said. */
import { isIPv6 } from 'node:net';
import { resolve } from 'node:path';
import type { Limits } from '../../core/contract/limits-document.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { TriggerFunctions } from '../triggers/module-triggers.ts';
import { badOption } from './cannot-start.ts';
import type { Said } from './options.ts';
import type { PrincipalDocument } from './principals-file.ts';
import type { Seed } from './seed-document.ts';
import type { StillClock } from './still-clock.ts';

/** What `startMillpond` takes; each has a flag of the same name. */
export interface MillpondOptions {
  /** 0 picks a free one, and is what programs get that say nothing. */
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  readonly data?: string | undefined;
  readonly memory?: boolean | undefined;
  readonly https?: boolean | undefined;
  readonly httpsPort?: number | undefined;
  readonly issuer?: string | undefined;
  readonly region?: string | undefined;
  readonly account?: string | undefined;
  /** Files, or documents of the same form. */
  readonly seed?: readonly (string | Seed)[] | undefined;
  /** A file, or a document of the same form. */
  readonly limits?: string | Limits | undefined;
  readonly signatures?: 'open' | 'strict' | undefined;
  /** A file, or a list of the same form. */
  readonly principals?: string | readonly PrincipalDocument[] | undefined;
  /** AWS accounts, of twelve digits. */
  readonly iamBridge?: readonly string[] | undefined;
  readonly dynamodb?: string | undefined;
  readonly smtp?: string | undefined;
  readonly mailFrom?: string | undefined;
  readonly outboxPublic?: boolean | undefined;
  /** No line on the console, not even for messages. */
  readonly quiet?: boolean | undefined;
  /** Calls the start off. */
  readonly signal?: AbortSignal | undefined;
  /** `still` stands until the returned clock is advanced. */
  readonly clock?: Clock | StillClock | 'still' | undefined;
  /** The file of a trigger map, or functions of this process by the ARNs under which pools name them. */
  readonly triggers?: string | TriggerFunctions | undefined;
  /** Of one attempt, in milliseconds. */
  readonly triggerTimeout?: number | undefined;
  readonly triggerAttempts?: number | undefined;
}

export interface StartSettings {
  readonly port: number;
  /** The addresses to listen on; the first gives the endpoint its port. */
  readonly addresses: readonly string[];
  /** How the endpoint names this machine. */
  readonly hostname: string;
  /** Absent: in memory. */
  readonly data: string | undefined;
  /** Absent: no second port. */
  readonly httpsPort: number | undefined;
  readonly issuer: string | undefined;
  readonly region: string;
  readonly account: string;
  readonly seed: readonly (string | Seed)[];
  readonly limits: string | Limits;
  readonly signatures: 'open' | 'strict';
  readonly principals: string | readonly PrincipalDocument[] | undefined;
  /** AWS accounts whose callers STS may vouch for; none: STS is not asked. */
  readonly iamBridge: readonly string[];
  readonly dynamodb: string | undefined;
  readonly smtp: string | undefined;
  readonly mailFrom: string;
  readonly outboxPublic: boolean;
  /** Absent: no functions run. */
  readonly triggers: string | TriggerFunctions | undefined;
  /** Of one attempt, in milliseconds. */
  readonly triggerTimeout: number;
  readonly triggerAttempts: number;
}

const defaultPort = 9229;

/** The flags and variables as `startMillpond` takes them. */
export function fromSaid(said: Said): MillpondOptions {
  return {
    port: readPort('port', said.port) ?? defaultPort,
    host: text(said.host),
    data: text(said.data),
    memory: said.memory === true,
    https: said.https === true,
    httpsPort: readPort('https-port', said['https-port']),
    issuer: text(said.issuer),
    region: text(said.region),
    account: text(said.account),
    seed: texts(said.seed),
    limits: text(said.limits),
    signatures: readSignatures(text(said.signatures)),
    principals: text(said.principals),
    iamBridge: texts(said['iam-bridge']).flatMap((each) => each.split(',')),
    dynamodb: text(said.dynamodb),
    smtp: text(said.smtp),
    mailFrom: text(said['mail-from']),
    outboxPublic: said['outbox-public'] === true,
    triggers: text(said.triggers),
    triggerTimeout: readNumber(said['trigger-timeout']),
    triggerAttempts: readNumber(said['trigger-attempts']),
  };
}

export function settle(options: MillpondOptions): StartSettings {
  const host = options.host ?? 'localhost';
  const signatures = options.signatures ?? 'open';
  if (signatures === 'open') requireOpen(options, host);
  const port = requirePort('port', options.port ?? defaultPort);
  return {
    port,
    addresses: host === 'localhost' ? ['127.0.0.1', '::1'] : [unbracketed(host)],
    hostname: nameFor(host),
    data: settleData(options),
    httpsPort: settleHttpsPort(options, port),
    issuer: options.issuer === undefined ? undefined : settleUrl('issuer', options.issuer, ['http:', 'https:']),
    region: requireMatch('region', options.region ?? 'us-east-1', /^[a-z]{2,}(-[a-z0-9]+)+$/, 'a name like us-east-1'),
    account: requireMatch('account', options.account ?? '000000000000', accountForm, 'twelve digits'),
    seed: options.seed ?? [],
    limits: options.limits ?? {},
    signatures,
    principals: options.principals,
    iamBridge: settleAccounts(options.iamBridge),
    dynamodb: options.dynamodb && settleUrl('dynamodb', options.dynamodb, ['http:', 'https:']),
    smtp: options.smtp && settleUrl('smtp', options.smtp, ['smtp:', 'smtps:']),
    mailFrom: requireMatch(
      'mail-from',
      options.mailFrom ?? 'no-reply@localhost',
      /^[^\r\n<>]*<?[^\s@<>]+@[^\s@<>]+>?$/,
      'an address like no-reply@example.com or Name <no-reply@example.com>',
    ),
    outboxPublic: options.outboxPublic ?? false,
    triggers: options.triggers,
    triggerTimeout: requireRange('trigger-timeout', options.triggerTimeout ?? 5000, [1, 25_000]),
    triggerAttempts: requireRange('trigger-attempts', options.triggerAttempts ?? 3, [1, 10]),
  };
}

const accountForm = /^\d{12}$/;

function settleAccounts(accounts: readonly string[] = []): readonly string[] {
  for (const account of accounts)
    requireMatch('iam-bridge', account, accountForm, 'twelve digits, the id of an account');
  return accounts;
}

function requireOpen({ principals, iamBridge = [] }: MillpondOptions, host: string): void {
  if (iamBridge.length > 0) {
    throw badOption('--iam-bridge lets callers of IAM have credentials, so it needs --signatures strict.');
  }
  if (principals !== undefined) {
    throw badOption('--principals says who may sign, so it needs --signatures strict.');
  }
  if (!isLoopback(unbracketed(host))) {
    throw badOption(
      `--signatures open checks no signature, so it listens on loopback addresses only, which ${host} is not; use strict.`,
    );
  }
}

export function isLoopback(address: string): boolean {
  return /^(localhost|::1|(::ffff:)?127(\.\d{1,3}){3})$/i.test(address);
}

/** What stands for every address is none that a client could ask for. */
export const isEveryAddress = (address: string): boolean => ['0.0.0.0', '::'].includes(address);

function nameFor(host: string): string {
  const address = unbracketed(host);
  if (isEveryAddress(address)) return 'localhost';
  return isIPv6(address) ? `[${address}]` : host;
}

const unbracketed = (host: string): string => host.replace(/^\[(.*)\]$/, '$1');

function settleData({ data, memory, dynamodb }: MillpondOptions): string | undefined {
  if (memory && data !== undefined) throw badOption('--memory keeps nothing, so it cannot be combined with --data.');
  if (memory && dynamodb) {
    throw badOption('--memory forgets the master key, so it cannot be combined with --dynamodb.');
  }
  return memory ? undefined : resolve(data ?? '.millpond');
}

function settleHttpsPort({ https, httpsPort }: MillpondOptions, port: number): number | undefined {
  if (!https && httpsPort === undefined) return undefined;
  const settled = httpsPort ?? (port === 0 ? 0 : port + 1);
  if (settled === port && port !== 0) throw badOption('--https-port must differ from --port.');
  if (httpsPort === undefined && settled > 65_535) {
    throw badOption('--https needs a second port: give one with --https-port.');
  }
  return requirePort('https-port', settled);
}

/** Without a trailing slash; the message leaves the value out, because it may carry a password. */
function settleUrl(name: string, value: string, protocols: readonly string[]): string {
  const url = URL.parse(value);
  if (!url?.hostname || !protocols.includes(url.protocol) || url.hash) {
    throw badOption(`--${name} must be a URL that starts with ${protocols.map((p) => `${p}//`).join(' or ')}.`);
  }
  if (name === 'issuer' && (url.search || url.username)) throw badOption('--issuer must be a URL without a query.');
  return value.replace(/\/+$/, '');
}

function requireMatch(name: string, value: string, pattern: RegExp, description: string): string {
  if (!pattern.test(value)) throw badOption(`--${name} must be ${description}.`);
  return value;
}

function readPort(name: string, value: Said[keyof Said]): number | undefined {
  const port = readNumber(value);
  return port === undefined ? undefined : requirePort(name, port);
}

/** What is no number is one that no range has. */
function readNumber(value: Said[keyof Said]): number | undefined {
  if (value === undefined) return undefined;
  return /^\d{1,5}$/.test(String(value)) ? Number(value) : Number.NaN;
}

const requirePort = (name: string, port: number): number => requireRange(name, port, [0, 65_535]);

function requireRange(name: string, value: number, [least, most]: readonly [number, number]): number {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw badOption(`--${name} must be a number from ${least} to ${most}.`);
  }
  return value;
}

function readSignatures(value: string | undefined): 'open' | 'strict' | undefined {
  if (value !== undefined && value !== 'open' && value !== 'strict') {
    throw badOption('--signatures must be open or strict.');
  }
  return value;
}

const text = (value: Said[keyof Said]): string | undefined => (typeof value === 'string' ? value : undefined);

const texts = (value: Said[keyof Said]): readonly string[] => (Array.isArray(value) ? value : []);
