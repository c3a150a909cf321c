/** Remembers what was opened, so that it is closed in the opposite order, once, whatever goes wrong on the way. */
export interface Closing {
  add(close: () => unknown): void;
  /** Rejects with the first failure, after everything was closed. */
  close(): Promise<void>;
}

export function closing(): Closing {
  const opened: (() => unknown)[] = [];
  let closed: Promise<void> | undefined;

  async function closeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const close of opened.reverse()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  return {
    add(close) {
      opened.push(close);
    },
    close() {
      closed ??= closeAll();
      return closed;
    },
  };
}
