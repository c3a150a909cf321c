/** Keeps messages that are not delivered, the newest of each pool, for an hour. */
import type { Clock } from '../../core/ports/clock.ts';
import { DeliveryFailed, type Message, type Messenger } from '../../core/ports/messenger.ts';
import type { SentMessage, SentMessages } from '../../core/ports/sent-messages.ts';
import type { SecretSealer } from './client-rows.ts';
import { assign, increase, together } from './expressions.ts';
import { layout, numberIn, seconds, textIn } from './fields.ts';
import { outboxes, outboxKey, sentMessagesOf, ttlAttribute } from './keys.ts';
import { decodeSentMessage, encodeSentMessage, sentMessageOf, shownFor } from './outbox-rows.ts';
import { everyItem } from './paging.ts';
import type { Table } from './table.ts';

const newest = 1;
const usualLimit = 100;
/** Longer than any message is there that was numbered by the row. */
const numbersKeptFor = 48 * 3_600_000;

export interface OutboxStoreOptions {
  readonly table: Table;
  readonly sealer: SecretSealer;
  readonly clock: Clock;
}

export interface OutboxStore extends SentMessages {
  add(message: Message): Promise<void>;
}

export function outboxStore({ table, sealer, clock }: OutboxStoreOptions): OutboxStore {
  /** Numbers go round over a fixed set of rows: so the newest stay, and strangers cannot fill the table. */
  async function nextNumber(poolId: string, now: number): Promise<number> {
    const noted = { ...layout(newest), p: poolId, at: now, [ttlAttribute]: seconds(now + numbersKeptFor) };
    const counted = await table.update(outboxKey(poolId), together(assign(noted), increase('n', 1)));
    if (!('item' in counted)) throw new Error('An unconditional update was refused');
    return numberIn(counted.item, 'n');
  }

  async function poolsWithMessages(since: number): Promise<readonly string[]> {
    const all = await everyItem(table, { ...outboxes, consistent: true });
    return all.filter((item) => numberIn(item, 'at') > since).map((item) => textIn(item, 'p'));
  }

  async function messagesOf(poolId: string): Promise<readonly SentMessage[]> {
    const items = await everyItem(table, { ...sentMessagesOf(poolId), consistent: true });
    return Promise.all(items.map((item) => decodeSentMessage(sealer, poolId, item)));
  }

  return {
    async add(message) {
      const now = clock.now();
      const number = await nextNumber(message.poolId, now);
      await table.put(await encodeSentMessage(sealer, sentMessageOf(message, number, now), number));
    },

    async list({ poolId, username, limit = usualLimit }) {
      const since = clock.now() - shownFor;
      const pools = poolId === undefined ? await poolsWithMessages(since) : [poolId];
      const messages: SentMessage[] = [];
      // One pool after the other: each may bring a thousand rows.
      for (const id of pools) messages.push(...(await messagesOf(id)));
      return messages
        .filter((message) => message.sentAt > since && (username === undefined || message.username === username))
        .toSorted(newestFirst)
        .slice(0, limit);
    },
  };
}

const numberOf = ({ id }: SentMessage): number => Number(id.slice(id.lastIndexOf('/') + 1));

const newestFirst = (one: SentMessage, other: SentMessage): number =>
  other.sentAt - one.sentAt || numberOf(other) - numberOf(one);

export const outboxMessenger = (store: Pick<OutboxStore, 'add'>): Messenger => ({
  send: (message) => store.add(message).catch(notKept),
});

function notKept(cause: unknown): never {
  throw new DeliveryFailed('The message could not be kept in the outbox.', { cause });
}
