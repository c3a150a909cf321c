/** What functions on AWS write: lines as JSON, and figures in CloudWatch's embedded metric format. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { powertoolsLogger } from '../../lambdas/adapters/powertools/powertools-logger.ts';
import { metricNames } from '../../lambdas/core/contract/metric-names.ts';
import type { JobLine } from '../../lambdas/core/ports/job-log.ts';
import type { AuditLine, RequestLine } from '../../lambdas/core/ports/logger.ts';
import { operationTable, storelessEntry } from '../support/entries.ts';
import { validInput } from '../support/generated-inputs.ts';
import { samplesOf } from '../support/hostile-runs.ts';
import { markSecrets, SECRET_MARK } from '../support/marked-secrets.ts';
import { inProcess, jsonHeaders, signature } from '../support/wire.ts';

type Json = Readonly<Record<string, unknown>>;

interface Directive {
  readonly Namespace: string;
  readonly Dimensions: readonly (readonly string[])[];
  readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
}

interface EmfDocument extends Json {
  readonly _aws: { readonly Timestamp: number; readonly CloudWatchMetrics: readonly Directive[] };
}

let written: string[];

beforeEach(() => {
  written = [];
  vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'millpond');
  vi.stubEnv('_X_AMZN_TRACE_ID', 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1');
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  }
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** Each is one line, and there is nothing between them. */
const records = (): readonly Json[] => written.map((text) => JSON.parse(text));

const isDocument = (record: Json): record is EmfDocument => '_aws' in record;
const documents = (): readonly EmfDocument[] => records().filter(isDocument);
const lines = (): readonly Json[] => records().filter((record) => !isDocument(record));

/** All figures that were written: name, value and each list of dimensions with its values. */
const figures = (): readonly (readonly [name: string, value: unknown, dimensions: readonly Json[]])[] =>
  documents().flatMap((document) =>
    document._aws.CloudWatchMetrics.flatMap(({ Metrics, Dimensions }) =>
      Metrics.map(
        ({ Name }) =>
          [
            Name,
            document[Name],
            Dimensions.map((names) => Object.fromEntries(names.map((name) => [name, document[name]]))),
          ] as const,
      ),
    ),
  );

const figure = (name: string) => figures().filter(([known]) => known === name);

const aLine = (changes: Partial<RequestLine> = {}): RequestLine => ({
  event: 'request.answered',
  level: 'info',
  operation: 'InitiateAuth',
  poolId: 'us-east-1_Ab1',
  outcome: 'ok',
  status: 200,
  durationMs: 12,
  requestId: '4a1e7c9e-0000-4000-8000-000000000000',
  coldStart: true,
  ...changes,
});

const anAuditLine: AuditLine = {
  event: 'management.recorded',
  plane: 'pools',
  time: '2026-11-20T00:00:00.000Z',
  operation: 'DeleteUserPool',
  access: 'Write',
  actor: 'arn:aws:iam::111122223333:user/ada',
  accessKeyId: 'AKIAABCDEFGHIJKLMNOP',
  resource: 'arn:aws:cognito-idp:us-east-1:111122223333:userpool/us-east-1_Ab1',
  outcome: 'ok',
  requestId: '4a1e7c9e-0000-4000-8000-000000000000',
  sourceIp: '192.0.2.1',
  region: 'us-east-1',
};

const aJobLine: JobLine = {
  event: 'job.attempted',
  level: 'info',
  kind: 'purge-pool',
  jobId: 'purge-pool#1',
  outcome: 'more',
  steps: 40,
  attempt: 1,
  durationMs: 700,
};

describe('The line of a request', () => {
  test('is one JSON object with its members, the room, and the trace', () => {
    powertoolsLogger({ room: 'auth' }).write(aLine());

    expect(lines()).toEqual([
      {
        level: 'INFO',
        message: 'request.answered',
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        service: 'millpond',
        xray_trace_id: '1-5759e988-bd862e3fe1be46a994272793',
        room: 'auth',
        operation: 'InitiateAuth',
        poolId: 'us-east-1_Ab1',
        outcome: 'ok',
        status: 200,
        durationMs: 12,
        requestId: '4a1e7c9e-0000-4000-8000-000000000000',
        coldStart: true,
      },
    ]);
  });

  test('is an error with its causes where something went wrong inside', () => {
    const fault = { name: 'Error', message: 'outer', cause: { name: 'RangeError', message: 'inner' } };
    powertoolsLogger({ room: 'auth' }).write(aLine({ level: 'error', outcome: 'InternalErrorException', fault }));

    expect(lines()).toMatchObject([{ level: 'ERROR', fault }]);
  });

  test('has no member that is not known to be safe', () => {
    const logger = powertoolsLogger({ room: 'auth' });
    logger.write({ ...aLine(), password: 'hunter22' } as RequestLine);
    logger.record({ ...anAuditLine, body: 'hunter22' } as AuditLine);

    expect(written.join('')).not.toContain('hunter22');
  });

  test('is written whatever level the environment asks for', () => {
    vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'ERROR');
    vi.stubEnv('POWERTOOLS_LOGGER_SAMPLE_RATE', '0');
    const logger = powertoolsLogger({ room: 'auth' });
    logger.write(aLine());
    logger.record(anAuditLine);

    expect(lines().map(({ message }) => message)).toEqual(['request.answered', 'management.recorded']);
  });
});

describe('The line of an audit', () => {
  test('has every member, and counts nothing', () => {
    powertoolsLogger({ room: 'pools' }).record(anAuditLine);
    const { event, ...members } = anAuditLine;

    expect(records()).toEqual([expect.objectContaining({ level: 'INFO', message: event, room: 'pools', ...members })]);
  });
});

describe('The figures of a request', () => {
  const own = { service: 'millpond', room: 'auth' };
  const asked = { ...own, operation: 'InitiateAuth' };
  const write = (...changes: readonly Partial<RequestLine>[]): void => {
    const logger = powertoolsLogger({ room: 'auth' });
    for (const change of changes) logger.write(aLine(change));
  };

  test('are its latency, by room and by operation', () => {
    write({ operation: 'ListUsers' });

    expect(figures()).toEqual([['Latency', 12, [own, { ...own, operation: 'ListUsers' }]]]);
  });

  test('know no operation where none was recognised', () => {
    write({ operation: undefined });

    expect(figures()).toEqual([['Latency', 12, [own]]]);
  });

  test('count refusals and faults apart, and errors by name', () => {
    write(
      { operation: 'SignUp', outcome: 'UsernameExistsException', status: 400 },
      { operation: 'SignUp', outcome: 'InternalErrorException', status: 500 },
    );

    expect(figure('Refusals')).toEqual([['Refusals', 1, [own, { ...own, operation: 'SignUp' }]]]);
    expect(figure('Faults')).toEqual([['Faults', 1, [own, { ...own, operation: 'SignUp' }]]]);
    expect(figure('Errors')).toEqual([
      ['Errors', 1, [{ ...own, error: 'UsernameExistsException' }]],
      ['Errors', 1, [{ ...own, error: 'InternalErrorException' }]],
    ]);
  });

  test.each([
    ['signed-in', { operation: 'InitiateAuth', flow: 'USER_PASSWORD_AUTH', tokens: 3 }],
    ['signed-in', { operation: 'RespondToAuthChallenge', tokens: 3 }],
    ['refreshed', { operation: 'InitiateAuth', flow: 'REFRESH_TOKEN_AUTH', tokens: 2 }],
    ['refreshed', { operation: 'GetTokensFromRefreshToken', tokens: 2 }],
    ['challenged', { operation: 'AdminInitiateAuth', challenge: 'NEW_PASSWORD_REQUIRED' }],
    ['refused', { operation: 'InitiateAuth', outcome: 'NotAuthorizedException', status: 400 }],
    ['failed', { operation: 'InitiateAuth', outcome: 'InternalErrorException', status: 500 }],
  ])('count a sign-in as %s', (result, line) => {
    write(line);

    expect(figure('SignIns')).toEqual([['SignIns', 1, [{ ...own, result }]]]);
  });

  test('count tokens, lockouts and reloads', () => {
    write({ tokens: 3, reloaded: true }, { locked: true, outcome: 'NotAuthorizedException', status: 400 });

    expect(figure('Tokens')).toEqual([['Tokens', 3, [own, asked]]]);
    expect(figure('ConfigReloads')).toEqual([['ConfigReloads', 1, [own, asked]]]);
    expect(figure('Lockouts')).toEqual([['Lockouts', 1, [own, asked]]]);
  });

  test('hold what was counted meanwhile, once', () => {
    const logger = powertoolsLogger({ room: 'auth' });
    logger.count('KmsThrottles');
    logger.count('KmsThrottles', 2);
    expect(written).toEqual([]);
    logger.write(aLine());
    logger.write(aLine());

    expect(figure('KmsThrottles')).toEqual([['KmsThrottles', 3, [own, asked]]]);
  });

  test('are written before the logger returns', () => {
    const logger = powertoolsLogger({ room: 'auth' });
    logger.write(aLine());
    const before = written.length;

    expect(before).toBeGreaterThan(1);
  });
});

describe('The line of a job', () => {
  const own = { service: 'millpond', room: 'worker', kind: 'purge-pool' };

  test('comes with its steps and attempts', () => {
    powertoolsLogger({ room: 'worker' }).write(aJobLine);

    expect(lines()).toEqual([
      expect.objectContaining({ message: 'job.attempted', kind: 'purge-pool', jobId: 'purge-pool#1', outcome: 'more' }),
    ]);
    expect(figures()).toEqual([
      ['JobAttempts', 1, [own]],
      ['JobSteps', 40, [own]],
    ]);
  });

  test('counts what failed, and what KMS refused meanwhile', () => {
    const logger = powertoolsLogger({ room: 'worker' });
    logger.count('KmsThrottles');
    logger.write({ ...aJobLine, level: 'error', outcome: 'failed', attempt: 4, fault: { name: 'E', message: 'm' } });

    expect(figure('JobFailures')).toEqual([['JobFailures', 1, [own]]]);
    expect(figure('JobAttempts')).toEqual([['JobAttempts', 4, [own]]]);
    expect(figure('KmsThrottles')).toEqual([['KmsThrottles', 1, [{ service: 'millpond', room: 'worker' }]]]);
  });
});

describe('All operations', () => {
  /** Each ends well, in a refusal of its input, or in a fault whose message repeats everything that was sent. */
  async function askAll(): Promise<void> {
    const logger = powertoolsLogger({ room: 'rooms' });
    const failing = Object.entries(operationTable).map(([name, operation]) => [
      name,
      {
        ...operation,
        handle: (input: unknown) => Promise.reject(new Error(`cannot take ${JSON.stringify(input)}`)),
      },
    ]);
    const { entry } = storelessEntry(Object.fromEntries(failing), { logger });
    const wire = inProcess(entry);
    for (const [name, { input }] of Object.entries(operationTable)) {
      for (const json of samplesOf(validInput(input), 5)) {
        const body = JSON.stringify(markSecrets(input, { ...json, UserPoolId: 'us-east-1_Ab1' }));
        await wire({ headers: { ...jsonHeaders(name), ...signature() }, body });
      }
    }
  }

  test('show no secret of a request, even where a fault repeats them', async () => {
    await askAll();

    expect(lines().some(({ fault }) => fault !== undefined)).toBe(true);
    expect(written.filter((text) => text.includes(SECRET_MARK)).map((text) => text.slice(0, 500))).toEqual([]);
  });

  test('write documents that CloudWatch takes', async () => {
    await askAll();

    expect(documents().length).toBeGreaterThan(Object.keys(operationTable).length);
    for (const document of documents()) {
      expect(document._aws.Timestamp).toEqual(expect.any(Number));
      expect(document._aws.CloudWatchMetrics).toHaveLength(1);
      for (const { Namespace, Dimensions, Metrics } of document._aws.CloudWatchMetrics) {
        expect(Namespace).toBe('Millpond');
        expect(Dimensions.length).toBeGreaterThan(0);
        for (const name of Dimensions.flat()) expect(document[name]).toEqual(expect.stringMatching(/^.{1,1024}$/));
        for (const { Name, Unit } of Metrics) {
          expect(metricNames).toContain(Name);
          expect(['Count', 'Milliseconds']).toContain(Unit);
          expect(document[Name]).toEqual(expect.any(Number));
        }
      }
    }
  });

  test('have no pool, client or request among the dimensions of their figures', async () => {
    await askAll();
    const known = ['service', 'room', 'operation', 'error', 'result'];

    expect(lines().some(({ poolId }) => poolId === 'us-east-1_Ab1')).toBe(true);
    expect(new Set(documents().flatMap((document) => Object.keys(document)))).toEqual(
      new Set([
        '_aws',
        ...known.filter((name) => name !== 'kind'),
        'Latency',
        'Refusals',
        'Faults',
        'Errors',
        'SignIns',
      ]),
    );
    expect(JSON.stringify(documents())).not.toContain('us-east-1_Ab1');
  });
});
