/** Runs the function of a trigger, and says its failures in the words of the API. */
import {
  triggerAnswerNotJson,
  triggerAnswerUnrecognizable,
  triggerFailed,
  triggerNotEnabled,
  triggerUnreachable,
} from '../contract/errors.ts';
import { isObject } from '../contract/is-object.ts';
import type { Ports } from '../ports/index.ts';
import { TriggerFailed, TriggersNotRun, TriggerUnreachable } from '../ports/triggers.ts';
import { type EventBody, type EventParties, triggerEvent } from './event.ts';
import { functionAt, type TriggerPoint } from './trigger-points.ts';

/** What a function answered, not yet looked at. */
export type TriggerAnswer = Readonly<Record<string, unknown>>;

/** Operations that find their pool through an app client have that confirmed before anything runs. */
export type TriggerPorts = Pick<Ports, 'triggers'> & Partial<Pick<Ports, 'clients'>>;

/**
 * The `response` of the event that the pool's function gave back; whatever else it changed has no effect. Absent where the
 * pool has no function at this point.
 */
export async function invoke(
  { triggers, clients }: TriggerPorts,
  point: TriggerPoint,
  parties: EventParties,
  body: EventBody,
): Promise<TriggerAnswer | undefined> {
  const found = functionAt(parties.pool, point);
  if (!found) return undefined;
  // What is begun again because the pool has changed would run its functions twice.
  await clients?.confirm(parties.pool);
  const event = triggerEvent(parties, body, found.version);
  const given = await triggers.invoke(found.arn, event).catch((cause: unknown) => {
    throw refusalOf(point, cause);
  });
  return responseOf(given);
}

function responseOf(given: unknown): TriggerAnswer {
  if (given === undefined || given === null) throw triggerAnswerNotJson();
  if (!isObject(given) || !isObject(given['response'])) throw triggerAnswerUnrecognizable();
  return given['response'];
}

function refusalOf(point: TriggerPoint, cause: unknown): unknown {
  if (cause instanceof TriggerFailed) return triggerFailed(point, cut(cause.message));
  if (cause instanceof TriggerUnreachable) return triggerUnreachable(point, cause.message);
  if (cause instanceof TriggersNotRun) return triggerNotEnabled(point);
  return withoutWords(cause);
}

/** Of a fault that nobody foresaw, the log is told where it came up: its words may quote the event, with all that is in it. */
function withoutWords(cause: unknown): Error {
  const { name, stack = '' } = cause instanceof Error ? cause : new Error();
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  const fault = new Error('A function could not be asked');
  return Object.assign(fault, { name, stack: [`${name}: ${fault.message}`, ...frames].join('\n') });
}

/** What a function says of itself may be as long as it likes. */
const longest = 4096;

const cut = (text: string): string =>
  (text.length > longest ? `${text.slice(0, longest - 3)}...` : text).toWellFormed();
