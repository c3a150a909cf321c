/** Reads members of what a function answered. Absent and null mean the default; another type is no answer at all. */
import { triggerAnswerUnrecognizable } from '../contract/errors.ts';
import { isObject } from '../contract/is-object.ts';
import type { TriggerAnswer } from './invoke.ts';

export function flagIn(answer: TriggerAnswer, name: string): boolean | undefined {
  const value = memberOf(answer, name);
  if (value !== undefined && typeof value !== 'boolean') throw triggerAnswerUnrecognizable();
  return value;
}

/** JSON may hold halves of characters, which no table and no message takes. */
export function textIn(answer: TriggerAnswer, name: string): string | undefined {
  const value = memberOf(answer, name);
  if (value !== undefined && typeof value !== 'string') throw triggerAnswerUnrecognizable();
  return value?.toWellFormed();
}

/** A map of texts. Numbers and booleans become texts; a value of null counts as absent. */
export function textsIn(answer: TriggerAnswer, name: string): Readonly<Record<string, string>> {
  const value = memberOf(answer, name) ?? {};
  if (!isObject(value)) throw triggerAnswerUnrecognizable();
  const given = Object.entries(value).filter(([, member]) => member !== null && member !== undefined);
  return Object.fromEntries(given.map(([key, member]) => [key.toWellFormed(), textOf(member)]));
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw triggerAnswerUnrecognizable();
}

/** A list of texts; empty where there is none. */
export function textsOf(answer: TriggerAnswer, name: string): readonly string[] {
  const value = memberOf(answer, name) ?? [];
  if (!Array.isArray(value) || !value.every((member) => typeof member === 'string'))
    throw triggerAnswerUnrecognizable();
  return value;
}

export function memberOf(answer: TriggerAnswer, name: string): unknown {
  return Object.hasOwn(answer, name) ? (answer[name] ?? undefined) : undefined;
}
