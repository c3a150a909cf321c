/** What can become of a request to KMS other than success, told apart by what may be done about it. */

/** `busy`: refused for now. `unreached`: it broke on the way. `overdue`: no answer in time. `wrong`: it stays so. */
export type FailureKind = 'busy' | 'unreached' | 'overdue' | 'wrong';

export interface Failure {
  readonly kind: FailureKind;
  /** As KMS names it, or the code of the system error. */
  readonly code: string;
}

/** Those of which the KMS API says that the request may be sent again, and those of its request quotas. */
const busyCodes: ReadonlySet<string> = new Set([
  'DependencyTimeoutException',
  'KMSInternalException',
  'KeyUnavailableException',
  'LimitExceededException',
  'RequestLimitExceeded',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
]);

/** As in errors of the SDK: with a status where there was an answer. */
interface SdkError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly code?: unknown;
}

export const failureOf = (error: unknown): Failure => {
  if (!(error instanceof Error)) return { kind: 'wrong', code: 'Unknown' };
  // Every error has these members or lacks them.
  const { name, $metadata, code } = error as SdkError;
  if (busyCodes.has(name)) return { kind: 'busy', code: name };
  const status = $metadata?.httpStatusCode;
  if (status !== undefined) return { kind: status >= 500 ? 'unreached' : 'wrong', code: name };
  // The SDK calls it a time-out, too, when a connection breaks.
  if (typeof code === 'string' && code !== 'ETIMEDOUT') return { kind: 'unreached', code };
  return { kind: name === 'TimeoutError' ? 'overdue' : 'wrong', code: name };
};
