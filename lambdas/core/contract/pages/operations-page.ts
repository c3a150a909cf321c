/** Writes `docs/operations.md`: where each operation is, who may call it, and what is missing. */
import type { Caller, IamCaller } from '../callers.ts';
import type { Operation } from '../operation.ts';
import { derived, inOrder, isBuilt, linkTo, page, type Rooms, table } from './listing.ts';

export const operationsPage = (rooms: Rooms): string =>
  page(
    derived,
    ['# Operations'],
    introduction,
    ...Object.entries(rooms).flatMap(([room, operations]) => section(room, inOrder(operations))),
  );

const introduction = [
  'Every operation of the API, by room: a folder under `lambdas/` that becomes one function. An operation that is not',
  'built validates its input and refuses with `OperationNotEnabledException`. Gaps are what differs from the real service.',
];

const section = (room: string, operations: readonly Operation[]): readonly (readonly string[])[] => [
  [`## ${room}`],
  table(
    head,
    operations.map((operation) => row(room, operation)),
  ),
  operations.flatMap(gapsOf),
];

const head = ['operation', 'caller', 'IAM action', 'access level', 'built'];

const row = (room: string, operation: Operation): readonly string[] => [
  linkTo(room, operation),
  callerOf(operation.caller),
  operation.caller.kind === 'iam' ? `\`cognito-idp:${operation.name}\`` : '',
  operation.caller.access,
  isBuilt(operation) ? 'yes' : 'no',
];

function callerOf(caller: Caller): string {
  switch (caller.kind) {
    case 'iam':
      return `signed, on ${resources[caller.resource]}${conditionsOf(caller)}`;
    case 'token':
      return 'access token';
    case 'public':
      return 'anyone';
    default:
      return caller satisfies never;
  }
}

const resources = { userpool: 'the pool', arn: 'the pool of the ARN', none: '`*`' } as const;

const conditionsOf = ({ conditions }: IamCaller): string =>
  conditions.length === 0 ? '' : `; ${conditions.map((key) => `\`${key}\``).join(', ')}`;

const gapsOf = ({ name, gaps = [] }: Operation): readonly string[] => gaps.map((gap) => `- ${name}: ${gap}`);
