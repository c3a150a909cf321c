/** Looks over JSON text before it is parsed, so that hostile nesting costs one pass over its bytes. */
import { bodyTooLarge } from '../contract/errors.ts';

const deepest = 64;
const mostKeys = 10_000;

const quote = 0x22;
const colon = 0x3a;
const backslash = 0x5c;
const openers = [0x5b, 0x7b];
const closers = [0x5d, 0x7d];

/** Refuses text that nests deeper than 64 levels or has an object of more than 10 000 keys, well-formed or not. */
export function requireBounded(json: Uint8Array): void {
  if (json.length <= deepest) return;
  /** For each open level, the keys seen in it so far. */
  const keys: number[] = [0];
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (byte === quote) at = endOfString(json, at);
    else if (byte === colon) countKey(keys);
    else if (byte === openers[0] || byte === openers[1]) open(keys);
    else if ((byte === closers[0] || byte === closers[1]) && keys.length > 1) keys.pop();
  }
}

function countKey(keys: number[]): void {
  const count = (keys.pop() ?? 0) + 1;
  if (count > mostKeys) throw bodyTooLarge();
  keys.push(count);
}

function open(keys: number[]): void {
  if (keys.length > deepest) throw bodyTooLarge();
  keys.push(0);
}

/** The position of the closers quote, or the end of the text. */
function endOfString(json: Uint8Array, opening: number): number {
  let at = opening + 1;
  while (at < json.length && json[at] !== quote) at += json[at] === backslash ? 2 : 1;
  return at;
}
