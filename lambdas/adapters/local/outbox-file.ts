/** The outbox on disk: one JSON record a line, readable by its owner alone. */
import { appendFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { codeOf } from './error-code.ts';
import type { OutboxRecord } from './outbox-record.ts';

/** Lines of forgotten messages that the file may carry before it is written anew. */
const slack = 1000;

export interface OutboxFile {
  load(): Promise<readonly OutboxRecord[]>;
  /** Resolves when the record is written; `all` are the records that count from now on. */
  append(record: OutboxRecord, all: readonly OutboxRecord[]): Promise<void>;
  rewrite(all: readonly OutboxRecord[]): Promise<void>;
  /** Resolves when nothing is left to write. */
  close(): Promise<void>;
}

export function outboxFile(path: string): OutboxFile {
  let lines = 0;
  let last: Promise<unknown> = Promise.resolve();

  // One write at a time, in the order of the calls; a failed one fails its caller, not the next.
  function inTurn(write: () => Promise<void>): Promise<void> {
    const turn = last.then(write, write);
    last = turn.catch(() => undefined);
    return turn;
  }

  async function replace(all: readonly OutboxRecord[]): Promise<void> {
    const draft = `${path}.new`;
    await rm(draft, { force: true });
    await writeFile(draft, all.map(lineOf).join(''), { mode: 0o600, flag: 'wx' });
    await rename(draft, path);
    lines = all.length;
  }

  return {
    async load() {
      const stored = await readIfThere(path);
      const records = stored.split('\n').flatMap(recordFrom);
      // A line that a crash cut short would swallow the next one: the next write starts the file anew.
      lines = stored === '' || stored.endsWith('\n') ? records.length : Number.POSITIVE_INFINITY;
      return records;
    },
    append: (record, all) =>
      inTurn(async () => {
        if (lines >= all.length + slack) return replace(all);
        await appendFile(path, lineOf(record), { mode: 0o600 });
        lines += 1;
      }),
    rewrite: (all) => inTurn(() => replace(all)),
    close: () => last.then(() => undefined),
  };
}

const lineOf = (record: OutboxRecord): string => `${JSON.stringify(record)}\n`;

async function readIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return '';
    throw error;
  }
}

function recordFrom(line: string): readonly OutboxRecord[] {
  try {
    // The lines are this module's own.
    return [JSON.parse(line) as OutboxRecord];
  } catch {
    return [];
  }
}
