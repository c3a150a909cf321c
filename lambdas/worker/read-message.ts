/** What messages of the queue ask for: one job, or a look at all of them. */
import { isObject } from '../core/contract/is-object.ts';

export type Message = { readonly job: string } | { readonly tick: true };

/** Does not repeat what it cannot read. */
export function requireMessage(body: unknown): Message {
  const { job, tick }: { readonly job?: unknown; readonly tick?: unknown } = isObject(body) ? body : {};
  if (tick === true) return { tick };
  if (typeof job === 'string' && job !== '') return { job };
  throw new Error('A message of the queue asks for nothing that the worker knows.');
}
