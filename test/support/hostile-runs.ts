/** Bombards a service: the same requests in every run, each answered in time and in order. */
import fc from 'fast-check';
import { faultOf, type Judged } from './answer-faults.ts';

/** Of every hundred requests that a test would send, this many are sent: more by hand, a hundred in the suite. */
const share = Number(process.env['HOSTILE_PERCENT'] ?? 100) / 100;
const seed = Number(process.env['HOSTILE_SEED'] ?? 20160418);

/** Far longer than any request takes, on any machine. */
const LONGEST_MS = 15_000;

export const samplesOf = <T>(arbitrary: fc.Arbitrary<T>, count: number): readonly T[] =>
  fc.sample(arbitrary, { seed, numRuns: Math.max(1, Math.round(count * share)) });

/** Fails with the request that was not answered as it should be, cut to what can be read. */
export async function requireOrder<T>(sent: T, ask: (sent: T) => Promise<Judged>): Promise<Judged> {
  const judged = await inTime(sent, ask(sent)).catch((cause: Error) => {
    throw new Error(`${cause.message}, asked with ${shown(sent)}`, { cause });
  });
  const fault = faultOf(judged);
  if (fault === undefined) return judged;
  const { status, body } = judged.answer;
  throw new Error(`${fault}: ${status} ${body.slice(0, 1000)}, asked with ${shown(sent)}`);
}

/** Rejects long after any answer should have come. */
export async function inTime<T>(sent: unknown, answer: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`No answer to ${shown(sent)}`)), LONGEST_MS);
  try {
    return await Promise.race([answer, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

const LONGEST_SHOWN = 3000;

function shown(sent: unknown): string {
  const text = JSON.stringify(sent, (_, value) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
  );
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}... (${text.length} characters)` : text;
}
