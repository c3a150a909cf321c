/** A wire on which things go wrong as they do in the real database and never in the embedded engine. */

import type { RequestName, Wire } from '../../lambdas/adapters/dynamodb/wire.ts';
import { Cancelled, WireFailure } from '../../lambdas/adapters/dynamodb/wire-failures.ts';

/**
 * `conflict`: another transaction holds the row. `throttle`: too many requests. `unreached`: no connection.
 * `silence`: no answer, and nothing was done. `lost answer`: it was done, and nobody heard of it.
 */
export type Fault = 'conflict' | 'throttle' | 'unreached' | 'silence' | 'lost answer';

/** The fault of this attempt, if any. */
export type Plan = (request: RequestName, input: object) => Fault | undefined;

export function faultyWire(wire: Wire, plan: Plan): Wire {
  return {
    async send(name, input) {
      const fault = plan(name, input);
      if (fault === undefined) return wire.send(name, input);
      // Whatever came of it, nobody hears.
      if (fault === 'lost answer') await wire.send(name, input).catch(() => {});
      throw failure(fault, name, input);
    },
    close: () => wire.close(),
  };
}

/** Each request that was not seen before meets the next of the faults; asked again, it goes through. */
export function atFirst(...faults: readonly (Fault | undefined)[]): Plan {
  const seen = new Set<string>();
  let count = 0;
  return (name, input) => {
    const request = `${name} ${JSON.stringify(input)}`;
    if (seen.has(request)) return undefined;
    seen.add(request);
    count += 1;
    return faults[(count - 1) % faults.length];
  };
}

/** These faults in this order, for requests of this name; then none. */
export function inOrder(of: RequestName, ...faults: readonly Fault[]): Plan {
  const left = [...faults];
  return (name) => (name === of ? left.shift() : undefined);
}

function failure(fault: Fault, name: RequestName, input: object): Error {
  switch (fault) {
    case 'conflict':
      return conflict(name, input);
    case 'throttle':
      return new WireFailure('busy', 'ThrottlingException', 'Injected');
    case 'unreached':
      return new WireFailure('unreached', 'ECONNREFUSED', 'Injected');
    case 'silence':
    case 'lost answer':
      return new WireFailure('unsure', 'TimedOut', 'Injected');
    default:
      return fault satisfies never;
  }
}

/** A transaction names the write that it was about. */
function conflict(name: RequestName, input: object): Error {
  if (name !== 'TransactWriteItems') return new WireFailure('busy', 'TransactionConflictException', 'Injected');
  const count = 'TransactItems' in input && Array.isArray(input.TransactItems) ? input.TransactItems.length : 1;
  const codes = Array.from({ length: count }, (_, index) => (index === 0 ? 'TransactionConflict' : 'None'));
  return new Cancelled(codes.map((code) => ({ code, current: undefined })));
}
