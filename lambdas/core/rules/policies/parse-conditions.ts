/** Reads the conditions of a statement: operators, of keys, of values. */
import { isObject } from '../../contract/is-object.ts';
import type { Condition, OperatorName, Pattern } from '../../model/policy.ts';
import { findKey } from './condition-keys.ts';
import { MalformedPolicy } from './malformed-policy.ts';
import { operators } from './operators.ts';
import { isScalar, textsAt } from './parse-members.ts';
import { parsePattern } from './patterns.ts';

type WrittenOperator = Pick<Condition, 'operator' | 'quantifier' | 'ifExists'>;

export function parseConditions(written: unknown, place: string, hasVariables: boolean): readonly Condition[] {
  if (written === undefined) return [];
  return entriesOf(written, place).flatMap(([name, keys]) => {
    const operator = parseOperator(name, place);
    return entriesOf(keys, `${place}.${name}`).map(([key, values]) => ({
      ...operator,
      key: requireKey(key, `${place}.${name}`),
      values: parseValues(operator, values, `${place}.${name}.${key}`, hasVariables),
    }));
  });
}

function entriesOf(value: unknown, place: string): readonly (readonly [string, unknown])[] {
  if (!isObject(value)) throw new MalformedPolicy(place, 'must have names and values');
  return Object.entries(value);
}

function parseOperator(written: string, place: string): WrittenOperator {
  const [, quantifier, name = '', suffix] = /^(?:(ForAnyValue|ForAllValues):)?(\w+?)(IfExists)?$/.exec(written) ?? [];
  // Whether something is there cannot depend on its being there, nor on each of its values.
  const isAlone = quantifier === undefined && suffix === undefined;
  if (!isOperator(name) || (name === 'Null' && !isAlone)) {
    throw new MalformedPolicy(place, `has the operator ${written}, which is none that is known here`);
  }
  // The expression has no other two.
  return { operator: name, quantifier: quantifier as Condition['quantifier'], ifExists: suffix !== undefined };
}

const isOperator = (name: string): name is OperatorName => Object.hasOwn(operators, name);

function requireKey(written: string, place: string): string {
  const key = findKey(written);
  if (key === undefined) throw new MalformedPolicy(place, `asks for ${written}, which no request has here`);
  return key;
}

function parseValues(
  { operator }: WrittenOperator,
  written: unknown,
  place: string,
  hasVariables: boolean,
): readonly Pattern[] {
  const { reading, form } = operators[operator];
  return textsAt(written, place, isScalar).map((text) => {
    const pattern = parsePattern(text, { ...reading, variables: reading.variables && hasVariables });
    if (!pattern) throw new MalformedPolicy(place, 'has a variable that is not known here');
    if (form && !form.fits(pattern)) throw new MalformedPolicy(place, `must be ${form.description}`);
    return pattern;
  });
}
