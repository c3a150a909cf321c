/** Lets callers that want the same thing have it one after the other, in the order in which they asked. */

export interface Turns {
  /** `crowded` when too many wait already. */
  take(name: string): Promise<Turn | 'crowded'>;
}

export interface Turn {
  /** Whether somebody else had it first: what was read before may be outdated. */
  readonly hasWaited: boolean;
  /** Gives the turn to the next one; to be called once. */
  leave(): void;
}

export function turns(mostWaiting: number): Turns {
  /** Those who wait, by what they wait for; an empty line while one has it and nobody waits. */
  const lines = new Map<string, (() => void)[]>();

  function leave(name: string): void {
    const next = lines.get(name)?.shift();
    if (next) next();
    else lines.delete(name);
  }

  return {
    async take(name) {
      const line = lines.get(name);
      if (line && line.length >= mostWaiting) return 'crowded';
      if (line) await new Promise<void>((resolve) => line.push(resolve));
      else lines.set(name, []);
      return { hasWaited: line !== undefined, leave: () => leave(name) };
    },
  };
}
