/** Reads the parameters of the query form as the JSON that they stand for, by the shape of the input. */
import { bodyTooLarge, bodyUnreadable, parameterRepeated, parameterUnreadable } from '../contract/errors.ts';
import type { Shape, StructureShape } from '../contract/shape.ts';
import { type JsonObject, parseBounded } from './parse-body.ts';
import type { Parameter } from './query-parameters.ts';

const mostParameters = 10_000;

/** Parameters that are no member are ignored, the reserved ones among them: no member has such a name. */
export function parseParameters(shape: StructureShape, parameters: readonly Parameter[]): JsonObject {
  if (parameters.length > mostParameters) throw bodyTooLarge();
  const values = Map.groupBy(parameters, ([name]) => name);
  const members = Object.entries(shape.members).flatMap(([name, member]) => {
    const texts = values.get(name)?.map(([, text]) => text) ?? [];
    const value = texts.length === 0 ? undefined : parseParameter(name, member, texts);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(members);
}

function parseParameter(name: string, shape: Shape, texts: readonly string[]): unknown {
  if (shape.type === 'list' && shape.member.type === 'string' && isPlainList(texts)) return present(texts);
  const [text = '', ...others] = texts;
  if (others.length > 0) throw parameterRepeated(name);
  if (text === '') return shape.type === 'string' ? '' : undefined;
  return parseValue(name, shape, text);
}

/** A list of strings may be repeated parameters instead of JSON text; one of them then is one element. */
const isPlainList = ([first = '', ...others]: readonly string[]): boolean =>
  others.length > 0 || !first.startsWith('[');

function present(texts: readonly string[]): readonly string[] | undefined {
  return texts.length === 1 && texts[0] === '' ? undefined : texts;
}

function parseValue(name: string, shape: Shape, text: string): unknown {
  switch (shape.type) {
    case 'string':
    case 'blob':
      return text;
    case 'boolean':
      if (text !== 'true' && text !== 'false') throw parameterUnreadable(name);
      return text === 'true';
    case 'integer':
    case 'long':
      return parseNumber(name, text, /^-?\d{1,19}$/);
    case 'double':
    case 'timestamp':
      return parseNumber(name, text, /^-?\d{1,19}(\.\d{1,9})?$/);
    case 'list':
    case 'map':
    case 'structure':
    case 'document':
      return parseText(text);
    default:
      return shape satisfies never;
  }
}

function parseNumber(name: string, text: string, form: RegExp): number {
  if (!form.test(text)) throw parameterUnreadable(name);
  return Number(text);
}

function parseText(text: string): unknown {
  const value = parseBounded(new TextEncoder().encode(text));
  if (value === null) throw bodyUnreadable();
  return value;
}
