/** Reads the body of the JSON form: one object, in UTF-8. */
import { bodyUnreadable } from '../contract/errors.ts';
import { isObject } from '../contract/is-object.ts';
import { requireBounded } from './require-bounded.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Of a key that repeats, the last value counts. An empty body is an empty object. */
export function parseBody(body: Uint8Array): JsonObject {
  if (body.length === 0) return {};
  const value = parseBounded(body);
  if (!isObject(value)) throw bodyUnreadable();
  return value;
}

/** Any JSON value, within bounds. */
export function parseBounded(json: Uint8Array): unknown {
  requireBounded(json);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
  } catch {
    // The parser's message quotes the text, passwords and all, so it is not kept as the cause.
    throw bodyUnreadable();
  }
}
