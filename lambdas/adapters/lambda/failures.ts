/** What can become of an invocation other than an answer, told apart by whether another attempt may help. */
import { TriggerBusy, TriggerUnreachable } from '../../core/ports/triggers.ts';
import { timedOut } from '../triggers/patient-triggers.ts';

/** As in errors of the SDK: with a fault where Lambda says what is wrong, with a code where the connection failed. */
interface SdkError {
  readonly name?: string;
  readonly code?: unknown;
  readonly $fault?: unknown;
  /** Of whatever was answered, such as half of an answer, or a page of something in between. */
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const tooManyAsked = 429;

/** What is none of Lambda's doing, such as a lack of credentials, stays what it is. */
export function failureOf(error: unknown): unknown {
  // Every error has these members or lacks them.
  const { name = '', code, $fault, $metadata } = Object(error) as SdkError;
  const said = $fault === undefined ? '' : plain(name);
  const status = $metadata?.httpStatusCode;
  if (status === tooManyAsked) return new TriggerBusy(said || 'TooManyRequestsException');
  if (said) return new TriggerUnreachable(said);
  // A connection that was kept may have been closed while the function that keeps it was frozen.
  if (name === 'AbortError' || name === 'TimeoutError' || typeof code === 'string') return timedOut();
  return status === undefined ? error : new TriggerUnreachable('ServiceException');
}

/** Callers read it: the name of an error, and nothing that could be more. */
const plain = (name: string): string => (/^\w{1,64}$/.test(name) ? name : 'ServiceException');
