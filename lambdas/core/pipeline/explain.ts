/** Says how the caller hears of what was thrown: a refusal in its own words, a fault without detail. */
import { internalError, protocolErrors, Refusal, rateExceeded, serviceUnavailable } from '../contract/errors.ts';
import type { Operation } from '../contract/operation.ts';
import { StaleConfiguration } from '../ports/stale-configuration.ts';
import { Throttled, Unavailable } from '../ports/unavailable.ts';

export interface Explanation {
  readonly refusal: Refusal;
  readonly status: number;
  /** Whether the operation, or the protocol, says that it may refuse so. */
  readonly isDeclared: boolean;
  /** What nobody decided to throw, for the log. */
  readonly fault?: unknown;
}

export function explain(error: unknown, operation: Operation | undefined): Explanation {
  const refusal = error instanceof Refusal ? error : refusalOf(error, operation);
  return {
    refusal,
    status: statusOf(refusal),
    isDeclared: isDeclared(refusal, operation),
    ...(refusal !== error && { fault: error }),
  };
}

/** Of a configuration that has changed twice within one request, the caller's next try will see the last state. */
function refusalOf(fault: unknown, operation: Operation | undefined): Refusal {
  if (fault instanceof Throttled && operation?.errors.includes('TooManyRequestsException')) return rateExceeded();
  if (fault instanceof Unavailable || fault instanceof StaleConfiguration) return serviceUnavailable();
  return internalError(
    operation?.errors.includes('InternalServerException') ? 'InternalServerException' : 'InternalErrorException',
  );
}

const statuses: Readonly<Partial<Record<Refusal['name'], number>>> = {
  RequestEntityTooLargeException: 413,
  InternalErrorException: 500,
  InternalServerException: 500,
  ServiceUnavailableException: 503,
};

const statusOf = ({ name }: Refusal): number => statuses[name] ?? 400;

function isDeclared({ name }: Refusal, operation: Operation | undefined): boolean {
  const known: readonly Refusal['name'][] = [
    ...protocolErrors,
    ...(operation?.errors ?? []),
    ...(operation?.unlistedErrors ?? []),
  ];
  return known.includes(name);
}
