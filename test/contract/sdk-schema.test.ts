/** The declarations against the schema of the official SDK package: names, members, types, and what is secret. */
import { describe, expect, test } from 'vitest';
import { operationErrors } from '../../lambdas/core/contract/errors.ts';
import type { Shape } from '../../lambdas/core/contract/shape.ts';
import { allOperations } from '../support/operations.ts';
import {
  type MemberOutline,
  type Outline,
  sdkErrorNames,
  sdkOperations,
  unsignedOperations,
} from '../support/sdk-schema.ts';

const sdk = sdkOperations();

describe('The declarations', () => {
  test('are the 140 operations of the SDK, each in one room and under its own name', () => {
    expect(allOperations).toHaveLength(140);
    expect(allOperations.map(({ name }) => name).toSorted()).toEqual([...sdk.keys()].toSorted());
    expect(allOperations.filter(({ name, operation }) => operation.name !== name)).toEqual([]);
  });

  test('name every error that the SDK knows, and none that it does not', () => {
    expect([...operationErrors].toSorted()).toEqual(sdkErrorNames().toSorted());
  });

  test('declare no error twice', () => {
    const repeated = allOperations.filter(({ operation: { errors } }) => new Set(errors).size !== errors.length);
    expect(repeated.map(({ name }) => name)).toEqual([]);
  });

  test('leave the thirteen operations without a body that the SDK expects none of (pools-and-users 7)', () => {
    expect(allOperations.filter(({ operation }) => operation.output === undefined)).toHaveLength(13);
    expect([...sdk.values()].filter(({ output }) => output === undefined)).toHaveLength(13);
  });

  test('ask for a signature except on the 34 operations that the SDK never signs (pools-and-users 10)', () => {
    const unsigned = allOperations.filter(({ operation }) => operation.caller.kind !== 'iam').map(({ name }) => name);
    // The SDK signs it, but the client proves itself with its secret, and need not have any other key.
    expect(unsigned.filter((name) => name !== 'GetClientToken').toSorted()).toEqual(unsignedOperations().toSorted());
    expect(unsigned).toHaveLength(35);
  });
});

describe.each(allOperations)('$name', ({ name, operation: { input, output, caller } }) => {
  const theirs = sdk.get(name);

  test('takes the members that the SDK sends', () => {
    expect(outlineOf(input)).toEqual(theirs?.input);
  });

  test('answers the members that the SDK reads', () => {
    expect(output && outlineOf(output)).toEqual(theirs?.output);
  });

  test('keeps secret at least what the SDK does', () => {
    expect(theirs?.sensitive.filter((path) => !isSecret(input, stepsOf(path)))).toEqual([]);
  });

  test('has an access token in its input exactly if a signed-in person calls it', () => {
    const secret = input.members['AccessToken'];
    if (caller.kind === 'token') expect(secret).toMatchObject({ type: 'string', sensitive: true });
    else expect([undefined, true]).toContain(secret?.optional);
  });
});

function outlineOf(shape: Shape): Outline {
  switch (shape.type) {
    case 'list':
      return { type: 'list', member: outlineOf(shape.member) };
    case 'map':
      return { type: 'map', value: outlineOf(shape.value) };
    case 'structure':
      return { type: 'structure', members: Object.fromEntries(Object.entries(shape.members).map(outlineOfMember)) };
    case 'integer':
    case 'long':
    case 'double':
      return { type: 'number' };
    default:
      return { type: shape.type };
  }
}

const outlineOfMember = ([name, member]: [string, Shape]): [string, MemberOutline] => [
  name,
  { required: member.optional !== true, outline: outlineOf(member) },
];

/** `.Users[].Name` becomes `Users`, `[]` and `Name`. */
const stepsOf = (path: string): readonly string[] => path.match(/\[\]|\{\}|[^.[{]+/g) ?? [];

function isSecret(shape: Shape | undefined, [step, ...rest]: readonly string[]): boolean {
  if (shape === undefined) return false;
  if (shape.sensitive) return true;
  if (step === undefined) return false;
  return isSecret(inside(shape, step), rest);
}

function inside(shape: Shape, step: string): Shape | undefined {
  if (shape.type === 'list') return shape.member;
  if (shape.type === 'map') return shape.value;
  return shape.type === 'structure' ? shape.members[step] : undefined;
}
