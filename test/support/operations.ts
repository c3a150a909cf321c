/** Every operation of every room, in one list. */
import type { Operation, Operations } from '../../lambdas/core/contract/operation.ts';
import { rooms } from '../../lambdas/index.ts';

export interface Placed {
  readonly room: string;
  readonly name: string;
  readonly operation: Operation;
}

export const allOperations: readonly Placed[] = Object.entries(rooms).flatMap(([room, table]) =>
  // The tables differ in their operations' types; here they are operations.
  Object.entries(table as Operations).map(([name, operation]) => ({ room, name, operation })),
);
