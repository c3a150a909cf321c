/** Writes down what went wrong inside, with its causes, for the log: without what a caller sent, as far as that shows. */
import type { FaultDetail } from '../ports/logger.ts';

const deepestCause = 5;
const longestText = 4_000;
/** Beyond these, looking for what is to be hidden takes too long: nothing is shown then. */
const longestRead = 50_000;
const mostHidden = 2_000;

/** `hidden`: texts that must not be seen, such as the secrets of the request that led here. */
export function describeFault(fault: unknown, hidden: readonly string[] = []): FaultDetail {
  return describe(fault, maskFor(hidden), 0);
}

function describe(fault: unknown, mask: (text: string) => string, depth: number): FaultDetail {
  if (!(fault instanceof Error)) return { name: typeof fault, message: 'Something other than an error was thrown' };
  const { name, message, stack, cause } = fault;
  const isExplained = cause !== undefined && depth < deepestCause;
  return {
    name,
    message: mask(message),
    stack: stack === undefined ? undefined : mask(stack),
    cause: isExplained ? describe(cause, mask, depth + 1) : undefined,
  };
}

/**
 * Our own errors name no values. Those of other software do: mail servers repeat addresses, JSON.parse what it read,
 * Node.js the argument that it refuses. Where a message has such a form, its value is left out whoever threw it.
 */
const tellTales: readonly (readonly [form: RegExp, instead: string])[] = [
  [/\b(Unexpected token )[^\n]* is not valid JSON/g, '$1… is not valid JSON'],
  [/\b(Received )(?:type \w+ \()?['"`][^\n]*/g, '$1…'],
  [/\beyJ[\w-]{8,}(?:\.[\w-]*)*/g, '…'],
  [/[^\s<>"'()[\],;:@]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g, '…@…'],
  [/\+\d{7,15}\b/g, '+…'],
];

function maskFor(hidden: readonly string[]): (text: string) => string {
  // As they are, and as JSON spells them. A longer one may hold a shorter one.
  const spelt = new Set(hidden.flatMap((text) => [text, JSON.stringify(text).slice(1, -1)]));
  const longestFirst = [...spelt].toSorted((one, other) => other.length - one.length);
  return (text) => {
    if (text.length > longestRead || longestFirst.length > mostHidden) return '…';
    const shown = longestFirst.reduce((rest, value) => rest.replaceAll(value, '…'), text).slice(0, longestText);
    return tellTales.reduce((rest, [form, instead]) => rest.replace(form, instead), shown);
  };
}
