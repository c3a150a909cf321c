/** What the service says at the terminal: where it listens, lines to paste, and one line for each message. */
import type { OutboxRecord } from './outbox-record.ts';
import type { Seeded } from './seed.ts';

/** A started service, as those who start it are told. */
export interface Announced {
  readonly endpoint: string;
  readonly httpsEndpoint?: string | undefined;
  /** The file to trust for `httpsEndpoint`. */
  readonly caFile?: string | undefined;
  /** Base of issuers: a pool's own is `<issuer>/<pool id>`. */
  readonly issuer: string;
  /** Of requests that are not signed for one. */
  readonly region: string;
  /** The folder; absent in memory. */
  readonly data?: string | undefined;
  /** The file with access keys, a profile for each principal; absent where signatures are not checked. */
  readonly credentials?: string | undefined;
  /** Absent where messages are sent. */
  readonly outboxPage?: string | undefined;
  /** What functions were given and answered; absent where none run. */
  readonly triggersPage?: string | undefined;
  /** The ids of what the seeds describe. */
  readonly seeded: Seeded;
}

/** Ends with the line that programs wait for: `Ready`, a space, and the facts above as JSON. */
export function announcement(service: Announced): string {
  const lines = [...facts(service), '', ...exports(service).map((line) => `  ${line}`), '', readyLine(service)];
  return `${lines.join('\n')}\n`;
}

function facts(service: Announced): readonly string[] {
  const { endpoint, httpsEndpoint, caFile, issuer, data, credentials, outboxPage, triggersPage, seeded } = service;
  const named: readonly (readonly [string, string | undefined])[] = [
    ['Endpoint', endpoint],
    ['HTTPS', httpsEndpoint],
    ['CA file', caFile],
    ['Issuers', `${issuer}/<pool id>`],
    ['Data', data ?? 'in memory, forgotten at the end'],
    ['Keys', credentials],
    ['Outbox', outboxPage ?? 'off: messages are sent'],
    ['Triggers', triggersPage],
    ...Object.entries(seeded.pools).flatMap(([name, pool]) => [
      ['Pool', `${pool.id}  ${name}`] as const,
      ...Object.entries(pool.clients).map(([client, { id }]) => ['Client', `${id}  ${client}`] as const),
    ]),
  ];
  return named.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name.padEnd(10)}${printable(value)}`]));
}

/** For shells. */
function exports({ endpoint, region, caFile, credentials }: Announced): readonly string[] {
  const variables: Variables = [
    ['AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER', endpoint],
    ['AWS_REGION', region],
    ['AWS_DEFAULT_REGION', region],
    ...keyVariables(credentials),
    ['NODE_EXTRA_CA_CERTS', caFile],
  ];
  // Keys in the environment would win over those in a file.
  const unset = credentials === undefined ? [] : ['unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN'];
  return [...unset, ...exported(variables)];
}

type Variables = readonly (readonly [string, string | undefined])[];

/** Where signatures are not checked the keys are none, but SDKs want some to sign with. */
const keyVariables = (credentials: string | undefined): Variables =>
  credentials === undefined
    ? [
        ['AWS_ACCESS_KEY_ID', 'local'],
        ['AWS_SECRET_ACCESS_KEY', 'local'],
      ]
    : [
        ['AWS_SHARED_CREDENTIALS_FILE', credentials],
        ['AWS_PROFILE', 'millpond'],
      ];

function exported(variables: Variables): readonly string[] {
  return variables.flatMap(([name, value]) => (value === undefined ? [] : [`export ${name}=${quoted(value)}`]));
}

/** Without the secrets of clients: what a terminal shows ends up in logs. */
function readyLine(service: Announced): string {
  const { endpoint, httpsEndpoint, caFile, issuer, region, data, credentials, outboxPage: outbox, seeded } = service;
  const pools = mapValues(seeded.pools, ({ id, region, clients }) => ({
    id,
    region,
    clients: mapValues(clients, (client) => client.id),
  }));
  const facts = { endpoint, httpsEndpoint, caFile, issuer, region, data, credentials, outbox, pools };
  return `Ready ${JSON.stringify(facts)}`;
}

function mapValues<From, To>(of: Readonly<Record<string, From>>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(of).map(([name, value]) => [name, change(value)]));
}

/** One line for a message that went to the outbox, with its code, which is what this mode is for. */
export function messageLine({ channel, to, kind, code, link }: OutboxRecord): string {
  const shown = code !== null ? ` code=${code}` : link !== null ? ` link=${link}` : '';
  return printable(`[${channel === 'SMS' ? 'sms' : 'mail'}] ${to} ${kind}${shown}`);
}

/** People choose their addresses: what would steer the terminal is left out. */
const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '');

const quoted = (value: string): string =>
  /^[\w./:@%+,=-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
