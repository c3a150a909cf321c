/** What can become of a request other than success, told apart by what may be done about it. */
import { type AttributeMap, fromAttributes } from './attribute-values.ts';

type Attributes = Readonly<Record<string, unknown>>;

/** The condition of a single write did not hold. */
export class ConditionFailed extends Error {
  override readonly name = 'ConditionFailed';
  readonly current: Attributes | undefined;

  constructor(current: Attributes | undefined) {
    super('The condition did not hold');
    this.current = current;
  }
}

/** A transaction was not carried out; there is one reason for each of its writes. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
  readonly reasons: readonly CancellationReason[];

  constructor(reasons: readonly CancellationReason[]) {
    super(`The transaction was cancelled: ${reasons.map(({ code }) => code).join(', ')}`);
    this.reasons = reasons;
  }
}

export interface CancellationReason {
  /** `None` where nothing was wrong with this write. */
  readonly code: string;
  readonly current: Attributes | undefined;
}

/**
 * `busy`: refused for now, nothing was done. `unreached`: it never got there, nothing was done.
 * `unsure`: there was no answer, or a failure inside; a write may have been done. `wrong`: another try changes nothing.
 */
export type FailureKind = 'busy' | 'unreached' | 'unsure' | 'wrong';

/** Its message holds a code alone, because it is logged: what the database says may repeat what a caller sent. */
export class WireFailure extends Error {
  override readonly name = 'WireFailure';
  readonly kind: FailureKind;
  /** As the database names it, or the code of the system error. */
  readonly code: string;
  /** In the words of the database; not for logs. */
  readonly detail: string;

  constructor(kind: FailureKind, code: string, detail: string, options?: ErrorOptions) {
    super(`${kind}: ${code}`, options);
    this.kind = kind;
    this.code = code;
    this.detail = detail;
  }
}

/** An error answer of the database. */
export interface ErrorAnswer {
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly item?: AttributeMap | undefined;
  readonly reasons?: readonly { readonly Code?: string; readonly Item?: AttributeMap }[] | undefined;
}

export function failureOf(answer: ErrorAnswer): ConditionFailed | Cancelled | WireFailure {
  if (answer.code === 'ConditionalCheckFailedException') return new ConditionFailed(readItem(answer.item));
  if (answer.code === 'TransactionCanceledException' && answer.reasons) {
    return new Cancelled(answer.reasons.map(({ Code = 'None', Item }) => ({ code: Code, current: readItem(Item) })));
  }
  return new WireFailure(kindOf(answer), answer.code, answer.message);
}

/** No answer came. */
export function connectionFailure(error: unknown): WireFailure {
  const code = codeOf(error);
  return new WireFailure(isUnreached(error, code) ? 'unreached' : 'unsure', code, 'No answer came', { cause: error });
}

const readItem = (item: AttributeMap | undefined): Attributes | undefined => item && fromAttributes(item);

const busyCodes: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceededException',
  'ReplicatedWriteConflictException',
  'RequestLimitExceeded',
  'Throttling',
  'ThrottlingException',
  'TransactionConflictException',
  'TransactionInProgressException',
]);

function kindOf({ code, status }: ErrorAnswer): FailureKind {
  if (busyCodes.has(code)) return 'busy';
  return status >= 500 ? 'unsure' : 'wrong';
}

const unreachedCodes: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH']);

/** Whatever failed while it connected has sent nothing. */
function isUnreached(error: unknown, code: string): boolean {
  return unreachedCodes.has(code) || (error instanceof Error && 'syscall' in error && error.syscall === 'connect');
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'Unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
