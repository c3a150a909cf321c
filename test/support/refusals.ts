/** What a rule refuses, as the caller would read it. */
import { Refusal } from '../../lambdas/core/contract/errors.ts';

/** `<name>: <message>` of the refusal; any other failure fails the test. */
export function refusalOf(decide: () => unknown): string {
  try {
    decide();
  } catch (error) {
    return worded(error);
  }
  return 'nothing is refused';
}

/** The same of a rule that asks a port. */
export const refusalFrom = async (decided: Promise<unknown>): Promise<string> =>
  decided.then(() => 'nothing is refused', worded);

function worded(error: unknown): string {
  if (!(error instanceof Refusal)) throw error;
  return `${error.name}: ${error.message}`;
}
