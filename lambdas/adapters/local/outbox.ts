/** Keeps the messages of a local run instead of delivering them, so that people and tests can read their codes. */
import type { Clock } from '../../core/ports/clock.ts';
import { DeliveryFailed, type HandedOver, type Message, type Messenger } from '../../core/ports/messenger.ts';
import type { OutboxFile } from './outbox-file.ts';
import { handedOverRecord, matcher, nextId, type OutboxFilter, type OutboxRecord, recordOf } from './outbox-record.ts';

const perPool = 1000;
const inAll = 10_000;
const defaultWaitMs = 10_000;
const keptMs = 30 * 24 * 3_600_000;

export interface Outbox extends Messenger {
  /** Newest first. */
  find(filter?: OutboxFilter): readonly OutboxRecord[];
  /** The newest match, as soon as there is one; `undefined` when time ran out or the wait was called off. */
  wait(filter: OutboxFilter, limits?: WaitLimits): Promise<OutboxRecord | undefined>;
  clear(filter?: OutboxFilter): Promise<void>;
  /** Forgets what is older than 30 days. */
  expire(): Promise<void>;
  /** Ends every wait; what was sent is on disk. */
  close(): Promise<void>;
}

export interface WaitLimits {
  /** Ten seconds when not said. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface OutboxParts {
  readonly clock: Clock;
  /** Absent: in memory. */
  readonly file?: OutboxFile | undefined;
  /** Told of each message once it is stored. */
  readonly announce?: ((record: OutboxRecord) => void) | undefined;
}

export async function openOutbox({ clock, file, announce }: OutboxParts): Promise<Outbox> {
  const closing = new AbortController();
  const waiting = new Set<(record: OutboxRecord) => void>();
  let records: readonly OutboxRecord[] = [];
  let lastId: string | undefined;

  const find = (filter: OutboxFilter = {}) => records.filter(matcher(filter)).reverse();

  async function keep(kept: readonly OutboxRecord[]): Promise<void> {
    if (kept.length === records.length) return;
    records = kept;
    await file?.rewrite(records);
  }

  async function store(describe: (id: string, at: number) => OutboxRecord): Promise<void> {
    const now = clock.now();
    lastId = nextId(now, lastId);
    const record = describe(lastId, now);
    records = withinLimits([...records, record], record.poolId);
    await file?.append(record, records).catch(notKept);
    announce?.(record);
    for (const tell of [...waiting]) tell(record);
  }

  function wait(
    filter: OutboxFilter,
    { timeoutMs = defaultWaitMs, signal }: WaitLimits = {},
  ): Promise<OutboxRecord | undefined> {
    const [newest] = find(filter);
    if (newest) return Promise.resolve(newest);
    const ended = AbortSignal.any([closing.signal, ...(signal ? [signal] : [])]);
    return nextMatch(waiting, matcher(filter), timeoutMs, ended);
  }

  const unexpired = (all: readonly OutboxRecord[]) => all.filter(({ at }) => Date.parse(at) > clock.now() - keptMs);

  const stored = (await file?.load()) ?? [];
  lastId = stored.at(-1)?.id;
  records = stored;
  await keep(unexpired(stored));

  return {
    send: (message: Message) => store((id, at) => recordOf(message, id, at)),
    noteHandedOver: (message: HandedOver) => store((id, at) => handedOverRecord(message, id, at)),
    find,
    wait,
    clear: (filter = {}) => {
      const isCleared = matcher(filter);
      return keep(records.filter((record) => !isCleared(record)));
    },
    expire: () => keep(unexpired(records)),
    async close() {
      closing.abort();
      await file?.close();
    },
  };
}

function notKept(cause: unknown): never {
  throw new DeliveryFailed('The outbox file could not be written.', { cause });
}

/** One message came: at most one has to go, the pool's oldest or the oldest of all. */
function withinLimits(records: readonly OutboxRecord[], poolId: string): readonly OutboxRecord[] {
  const ofPool = records.filter((record) => record.poolId === poolId);
  const oldest = ofPool.length > perPool ? ofPool[0] : records.length > inAll ? records[0] : undefined;
  return oldest ? records.filter((record) => record !== oldest) : records;
}

function nextMatch(
  waiting: Set<(record: OutboxRecord) => void>,
  isMatch: (record: OutboxRecord) => boolean,
  timeoutMs: number,
  ended: AbortSignal,
): Promise<OutboxRecord | undefined> {
  return new Promise((resolve) => {
    const finish = (record?: OutboxRecord) => {
      clearTimeout(timer);
      waiting.delete(tell);
      ended.removeEventListener('abort', giveUp);
      resolve(record);
    };
    const giveUp = () => finish();
    const tell = (record: OutboxRecord) => {
      if (isMatch(record)) finish(record);
    };
    const timer = setTimeout(giveUp, timeoutMs);
    waiting.add(tell);
    ended.addEventListener('abort', giveUp);
    if (ended.aborted) giveUp();
  });
}
