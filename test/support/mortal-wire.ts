/** The wire of a process that is killed: at one of its writes, and from then on nothing of it reaches the database. */
import type { RequestName, Wire } from '../../lambdas/adapters/dynamodb/wire.ts';

export interface Death {
  /** The write at which it comes, counted from 1. */
  readonly at: number;
  /** Whether that write is still done. */
  readonly when: 'before' | 'after';
}

export interface MortalWire extends Wire {
  hasDied(): boolean;
}

const reads: ReadonlySet<RequestName> = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan']);

export function mortalWire(wire: Wire, { at, when }: Death): MortalWire {
  let writes = 0;
  const killed = () => new Error('The process was killed.');
  return {
    async send(name, input) {
      if (writes >= at) throw killed();
      if (reads.has(name)) return wire.send(name, input);
      writes += 1;
      if (writes < at) return wire.send(name, input);
      if (when === 'after') await wire.send(name, input);
      throw killed();
    },
    close: () => wire.close(),
    hasDied: () => writes >= at,
  };
}
