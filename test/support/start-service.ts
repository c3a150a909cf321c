/** The whole service inside this process: the official SDK client in front, the table engine of this run behind. */
import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { expect } from 'vitest';
import type { Table } from '../../lambdas/adapters/dynamodb/table.ts';
import { openOutbox } from '../../lambdas/adapters/local/outbox.ts';
import { type StillClock, stillClock } from '../../lambdas/adapters/local/still-clock.ts';
import type { Refusal } from '../../lambdas/core/contract/errors.ts';
import type { Operation } from '../../lambdas/core/contract/operation.ts';
import type { ServicePorts } from '../../lambdas/core/pipeline/exchange.ts';
import { pipeline } from '../../lambdas/core/pipeline/pipeline.ts';
import type { AuditLine, RequestLine } from '../../lambdas/core/ports/logger.ts';
import type { Settings } from '../../lambdas/core/ports/settings.ts';
import { type Builders, builders } from './builders.ts';
import { operationTable } from './entries.ts';
import { sdkClient, sdkClientOf } from './sdk-client.ts';
import { seededRandom } from './seeded-random.ts';
import { type SentMessages, sentMessages, servedMessages } from './sent-messages.ts';
import { testTable } from './table.ts';
import { testPorts } from './test-ports.ts';
import { inProcess, jsonHeaders, type RawAnswer, signature, throughEndpoint, type Wire } from './wire.ts';

export interface ServiceOptions {
  /** In milliseconds; the clock stands there until the test moves it. */
  readonly now?: number;
  /** Of all that looks like chance. Absent: that of the test, or of whichever ran before, if none is running. */
  readonly seed?: string | undefined;
  /** What the service is told about itself, beside where it is: its quotas, say. */
  readonly settings?: Partial<Settings>;
  /** In place of those that a test starts with. */
  readonly ports?: Partial<ServicePorts>;
  /** In place of the one that all tests share. */
  readonly table?: Table;
  /** Whether operations may be called by query parameters as well. */
  readonly queryForm?: boolean;
  /** Whether refusals that an operation does not declare, and faults, reach the client instead of failing the test. */
  readonly lenient?: boolean;
  /** Of a service that runs elsewhere; `SERVICE_ENDPOINT` names it for all tests. */
  readonly endpoint?: string | undefined;
}

export interface Service extends Builders {
  readonly client: CognitoIdentityProviderClient;
  /** A client that signs for another region. */
  readonly clientFor: (region: string) => CognitoIdentityProviderClient;
  readonly clock: StillClock;
  readonly outbox: SentMessages;
  /** Of the service in this process alone. */
  readonly ports: ServicePorts;
  /** The lines that were logged, of the service in this process alone. */
  readonly lines: readonly RequestLine[];
  /** Of management operations, likewise. */
  readonly audit: readonly AuditLine[];
  /** Where the service answers, when it runs elsewhere. */
  readonly endpoint: string | undefined;
  /** Any request, to the byte. */
  readonly send: Wire;
  /** A JSON request, signed unless the headers say otherwise. */
  readonly call: (operation: string, input: unknown, headers?: Readonly<Record<string, string>>) => Promise<RawAnswer>;
}

/** With an endpoint, the same tests ask the service that answers there, as far as they need no clock. */
export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const endpoint = options.endpoint ?? process.env['SERVICE_ENDPOINT'];
  return endpoint ? served(endpoint.replace(/\/$/, '')) : startHere(options);
}

/** Tue Sep 1 2026 */
const someMoment = Date.UTC(2026, 8, 1);

async function startHere(options: ServiceOptions): Promise<Service> {
  const { now = someMoment, ports: given, queryForm, lenient } = options;
  const clock = stillClock(now);
  const outbox = await openOutbox({ clock });
  const lines: RequestLine[] = [];
  const audit: AuditLine[] = [];
  const logger = {
    write: (line: RequestLine) => void lines.push(line),
    record: (line: AuditLine) => void audit.push(line),
  };
  const settings = { issuerBase: 'http://localhost', ...options.settings };
  const random = seededRandom(options.seed ?? seed());
  const table = options.table ?? testTable();
  const ports = { ...testPorts({ table, clock, random, messenger: outbox, logger, settings }), ...given };
  const strict = lenient ? {} : { onUndeclared: refuseUndeclared, onFault: raise };
  const send = inProcess(pipeline(operationTable, () => ports, { queryForm, ...strict }));
  const client = sdkClient(send);
  return {
    ...builders(client),
    ...callsThrough(send),
    client,
    clientFor: (region) => sdkClient(send, region),
    clock,
    outbox: sentMessages(async (filter) => outbox.find(filter)),
    ports,
    lines,
    audit,
    endpoint: undefined,
  };
}

function served(endpoint: string): Service {
  const client = sdkClientOf(endpoint);
  const send = throughEndpoint(endpoint);
  const unreachable = (): never => {
    throw new Error('The service runs elsewhere: its clock and ports are out of reach.');
  };
  return {
    ...builders(client),
    ...callsThrough(send),
    client,
    clientFor: (region) => sdkClientOf(endpoint, region),
    clock: { now: () => Date.now(), advance: unreachable },
    outbox: servedMessages(endpoint),
    get ports() {
      return unreachable();
    },
    get lines() {
      return unreachable();
    },
    get audit() {
      return unreachable();
    },
    endpoint,
  };
}

const callsThrough = (send: Wire): Pick<Service, 'send' | 'call'> => ({
  send,
  call: (operation, input, headers = signature()) =>
    send({ headers: { ...jsonHeaders(operation), ...headers }, body: JSON.stringify(input) }),
});

const started = new Map<string, number>();

/** The same in every run for the same test, and another one for every service: all of them share one table. */
function seed(): string {
  const { testPath, currentTestName } = expect.getState();
  const test = `${testPath}/${currentTestName}`;
  const count = (started.get(test) ?? 0) + 1;
  started.set(test, count);
  return `${test}/${count}`;
}

function refuseUndeclared({ name }: Operation, refusal: Refusal): never {
  throw new Error(`${name} does not declare ${refusal.name}`, { cause: refusal });
}

function raise(fault: unknown): never {
  throw fault;
}
