/** Writes down what went wrong inside, with its causes, for the log. */
import type { FaultDetail } from '../ports/logger.ts';

const deepestCause = 5;

export function describeFault(fault: unknown, depth = 0): FaultDetail {
  if (!(fault instanceof Error)) return { name: typeof fault, message: 'Something other than an error was thrown' };
  const { name, message, stack, cause } = fault;
  const isExplained = cause !== undefined && depth < deepestCause;
  return { name, message, stack, cause: isExplained ? describeFault(cause, depth + 1) : undefined };
}
