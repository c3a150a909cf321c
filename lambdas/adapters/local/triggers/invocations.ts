/** The newest invocations of functions, for those who develop them: without passwords, codes, answers and tokens. */
import { randomUUID } from 'node:crypto';
import type { TriggerEvent } from '../../../core/ports/triggers.ts';
import type { FunctionCaller, Watch } from '../../triggers/patient-triggers.ts';

export interface Invocation {
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  readonly arn: string;
  readonly triggerSource: string;
  readonly poolId: string;
  /** Whether somebody waited for the answer. */
  readonly type: 'RequestResponse' | 'Event';
  readonly durationMs: number;
  readonly event: unknown;
  /** The whole event as the function gave it back; null when it failed, or nobody waited. */
  readonly response: unknown;
  readonly error: string | null;
}

export interface Invocations {
  /** Newest first. */
  all(): readonly Invocation[];
  /** The caller, with every attempt written down. */
  recorded(caller: FunctionCaller): FunctionCaller;
}

const most = 100;
/** Of an event or a response, in characters of JSON. */
const longest = 64 * 1024;

type Outcome = Pick<Invocation, 'response' | 'error'>;

export function invocationLog(now: () => number = Date.now): Invocations {
  const kept: Invocation[] = [];

  function begin(arn: string, event: TriggerEvent, type: Invocation['type']) {
    const [at, begun] = [new Date(now()).toISOString(), performance.now()];
    const { triggerSource, userPoolId: poolId } = event;
    const shown = masked(event);
    return ({ response, error }: Outcome): void => {
      const durationMs = Math.round(performance.now() - begun);
      const about = { id: randomUUID(), at, arn, triggerSource, poolId, type, durationMs };
      kept.unshift({ ...about, event: shown, response: masked(response), error });
      kept.length = Math.min(kept.length, most);
    };
  }

  return {
    all: () => kept,
    recorded: ({ call, send }) => ({
      call: (arn, event, signal) => told(call(arn, event, signal), begin(arn, event, 'RequestResponse')),
      send: (arn, event) => watched((watch) => send(arn, event, watch), begin(arn, event, 'Event')),
    }),
  };
}

async function told<T>(asked: Promise<T>, tell: (outcome: Outcome) => void): Promise<T> {
  try {
    const response = await asked;
    tell({ response: response ?? null, error: null });
    return response;
  } catch (cause) {
    tell(failure(cause));
    throw cause;
  }
}

/** What nobody waits for is written down when it has ended, where that can be seen: its failure is seen nowhere else. */
async function watched(hand: (watch: Watch) => Promise<void>, tell: (outcome: Outcome) => void): Promise<void> {
  let ending: Promise<unknown> = Promise.resolve();
  const hear: Watch = (seen) => {
    ending = seen;
  };
  try {
    await hand(hear);
  } catch (cause) {
    tell(failure(cause));
    throw cause;
  }
  const unread = () => tell({ response: null, error: null });
  void ending.then(unread, (cause: unknown) => tell(failure(cause)));
}

const failure = (cause: unknown): Outcome => ({ response: null, error: cut(String(cause)) });

const secrets = new Set([
  'password',
  'code',
  'challengeAnswer',
  'privateChallengeParameters',
  'tokenResponse',
  'idToken',
  'samlResponse',
  'FEEDBACK_TOKEN',
]);

function masked(value: unknown): unknown {
  const text = maskedText(value);
  return text.length > longest ? cut(text) : JSON.parse(text);
}

/** JSON that was read may be too deep to be written. */
function maskedText(value: unknown): string {
  try {
    return JSON.stringify(value, (name, member) => (secrets.has(name) && member !== null ? '***' : member)) ?? 'null';
  } catch {
    return '"…"';
  }
}

const cut = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text);
