/** Says what is counted of a request and of a run of a job, and by what. */
import type { MetricName, SignInResult } from '../../core/contract/metric-names.ts';
import type { JobLine } from '../../core/ports/job-log.ts';
import type { RequestLine } from '../../core/ports/logger.ts';

/** Figures that are known by the same dimensions; each list of dimensions is one way to ask for them. */
export interface Figures {
  readonly dimensions: readonly Readonly<Record<string, string>>[];
  readonly values: readonly Figure[];
}

export interface Figure {
  readonly name: MetricName;
  readonly unit: 'Count' | 'Milliseconds';
  readonly value: number;
}

const count = (name: MetricName, value: number | boolean | undefined): readonly Figure[] =>
  value ? [{ name, unit: 'Count', value: Number(value) }] : [];

/** What did not happen is not written: a figure that is never there costs nothing. Its requests are counted by `Latency`. */
export function figuresOfRequest(line: RequestLine, pending: readonly Figure[]): readonly Figures[] {
  const { operation, outcome, status } = line;
  const result = signInResult(line);
  return [
    {
      dimensions: [{}, ...(operation === undefined ? [] : [{ operation }])],
      values: [
        { name: 'Latency', unit: 'Milliseconds', value: line.durationMs },
        ...count('Refusals', status >= 400 && status < 500),
        ...count('Faults', status >= 500),
        ...count('Tokens', line.tokens),
        ...count('Lockouts', line.locked),
        ...count('ConfigReloads', line.reloaded),
        ...pending,
      ],
    },
    ...(outcome === 'ok' ? [] : [{ dimensions: [{ error: outcome }], values: count('Errors', 1) }]),
    ...(result === undefined ? [] : [{ dimensions: [{ result }], values: count('SignIns', 1) }]),
  ];
}

const signIns: readonly (string | undefined)[] = [
  'InitiateAuth',
  'AdminInitiateAuth',
  'RespondToAuthChallenge',
  'AdminRespondToAuthChallenge',
  'GetTokensFromRefreshToken',
];

/** Whoever comes with a refresh token signed in before. */
const refreshing: readonly (string | undefined)[] = ['REFRESH_TOKEN', 'REFRESH_TOKEN_AUTH'];

function signInResult({ operation, flow, challenge, tokens, status }: RequestLine): SignInResult | undefined {
  if (!signIns.includes(operation)) return undefined;
  if (status >= 400) return status < 500 ? 'refused' : 'failed';
  if (tokens) return operation === 'GetTokensFromRefreshToken' || refreshing.includes(flow) ? 'refreshed' : 'signed-in';
  return challenge === undefined ? undefined : 'challenged';
}

export const figuresOfJob = (line: JobLine, pending: readonly Figure[]): readonly Figures[] => [
  {
    dimensions: [{ kind: line.kind }],
    values: [
      ...count('JobAttempts', line.attempt),
      ...count('JobSteps', line.steps),
      ...count('JobFailures', line.outcome === 'failed'),
    ],
  },
  ...(pending.length === 0 ? [] : [{ dimensions: [{}], values: pending }]),
];
