/** Prints every operation's declaration as JSON: its caller, its errors, and its shapes with their bounds. */
import type { Operation, Operations } from '../lambdas/core/contract/operation.ts';
import type { Shape } from '../lambdas/core/contract/shape.ts';
import { rooms } from '../lambdas/index.ts';

type Printed = Readonly<Record<string, unknown>>;

function printShape(shape: Shape): Printed {
  const { optional, ...bounds } = shape;
  switch (shape.type) {
    case 'structure':
      return { ...bounds, members: printMembers(shape.members) };
    case 'list':
      return { ...bounds, member: printShape(shape.member) };
    case 'map':
      return { ...bounds, key: printShape(shape.key), value: printShape(shape.value) };
    case 'document':
      // Free JSON is a structure without members to those who compare.
      return { ...bounds, type: 'structure', document: true, members: {} };
    default:
      return bounds;
  }
}

function printMembers(members: Readonly<Record<string, Shape>>): Printed {
  return Object.fromEntries(
    Object.entries(members).map(([name, member]) => {
      const printed = printShape(member);
      return [name, member.optional ? printed : { ...printed, required: true }];
    }),
  );
}

const printOperation = ({ caller, errors, input, output, gaps = [], handle }: Operation): Printed => ({
  caller: caller.kind,
  access: caller.access,
  ...(caller.kind === 'iam' && { resource: caller.resource, conditions: caller.conditions }),
  errors,
  input: printShape(input),
  output: output === undefined ? null : printShape(output),
  built: handle !== undefined,
  gaps,
});

const tables: Readonly<Record<string, Operations>> = rooms;
const operations = Object.fromEntries(
  Object.entries(tables).flatMap(([room, table]) =>
    Object.entries(table).map(([name, operation]) => [name, { room, ...printOperation(operation) }]),
  ),
);

process.stdout.write(`${JSON.stringify({ operations }, null, 2)}\n`);
