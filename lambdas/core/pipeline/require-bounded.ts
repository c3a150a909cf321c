/** Looks over JSON text before it is parsed, so that hostile nesting costs one pass over its bytes. */
import { bodyTooLarge } from '../contract/errors.ts';

const DEEPEST = 64;
const MOST_KEYS = 10_000;

const QUOTE = 0x22;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN = [0x5b, 0x7b];
const CLOSE = [0x5d, 0x7d];

/** Refuses text that nests deeper than 64 levels or has an object of more than 10 000 keys, well-formed or not. */
export function requireBounded(json: Uint8Array): void {
  if (json.length <= DEEPEST) return;
  /** For each open level, the keys seen in it so far. */
  const keys: number[] = [0];
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (byte === QUOTE) at = endOfString(json, at);
    else if (byte === COLON) countKey(keys);
    else if (byte === OPEN[0] || byte === OPEN[1]) open(keys);
    else if ((byte === CLOSE[0] || byte === CLOSE[1]) && keys.length > 1) keys.pop();
  }
}

function countKey(keys: number[]): void {
  const count = (keys.pop() ?? 0) + 1;
  if (count > MOST_KEYS) throw bodyTooLarge();
  keys.push(count);
}

function open(keys: number[]): void {
  if (keys.length > DEEPEST) throw bodyTooLarge();
  keys.push(0);
}

/** The position of the closing quote, or the end of the text. */
function endOfString(json: Uint8Array, opening: number): number {
  let at = opening + 1;
  while (at < json.length && json[at] !== QUOTE) at += json[at] === BACKSLASH ? 2 : 1;
  return at;
}
