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
import { type TriggerEvent, TriggerFailed, TriggersNotRun, TriggerUnreachable } from '../ports/triggers.ts';
import type { TriggerPoint } from './trigger-points.ts';

/** What a function answered, not yet looked at. */
export type TriggerAnswer = Readonly<Record<string, unknown>>;

/** The `response` of the event that the function gave back; whatever else it changed has no effect. */
export async function invoke(
  { triggers }: Pick<Ports, 'triggers'>,
  point: TriggerPoint,
  arn: string,
  event: TriggerEvent,
): Promise<TriggerAnswer> {
  const given = await triggers.invoke(arn, event).catch((cause: unknown) => {
    throw refusalOf(point, cause);
  });
  if (given === undefined || given === null) throw triggerAnswerNotJson();
  if (!isObject(given) || !isObject(given['response'])) throw triggerAnswerUnrecognizable();
  return given['response'];
}

function refusalOf(point: TriggerPoint, cause: unknown): unknown {
  if (cause instanceof TriggerFailed) return triggerFailed(point, cut(cause.message));
  if (cause instanceof TriggerUnreachable) return triggerUnreachable(point, cause.message);
  if (cause instanceof TriggersNotRun) return triggerNotEnabled(point);
  return cause;
}

/** What a function says of itself may be as long as it likes. */
const longest = 4096;

const cut = (text: string): string =>
  (text.length > longest ? `${text.slice(0, longest - 3)}...` : text).toWellFormed();
