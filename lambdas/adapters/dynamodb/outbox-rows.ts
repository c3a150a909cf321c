/** Messages of the outbox as rows. All of a message is sealed for its row: it holds a code that opens an account. */
import type { Message } from '../../core/ports/messenger.ts';
import type { Place } from '../../core/ports/sealer.ts';
import type { SentMessage } from '../../core/ports/sent-messages.ts';
import type { SecretSealer } from './client-rows.ts';
import { bytesIn, layout, MalformedItem, numberIn, requireLayout, seconds } from './fields.ts';
import { sentMessageKey, ttlAttribute } from './keys.ts';
import type { Item } from './table.ts';

const newest = 1;

/** How long (ms) a message is shown. */
export const shownFor = 3_600_000;

/** A template repeats what it is filled with; a row, and an answer with many of them, has its limits. */
const longestText = 10_000;

/** `number` counts the messages of the pool. */
export function sentMessageOf(message: Message, number: number, sentAt: number): SentMessage {
  const { poolId, username, channel, kind, to, text, code } = message;
  return {
    id: `${poolId}/${number}`,
    sentAt,
    poolId,
    username,
    channel,
    kind,
    to,
    ...(message.channel === 'EMAIL' && { subject: message.subject }),
    text: text.slice(0, longestText).toWellFormed(),
    ...(code !== undefined && { code }),
  };
}

export async function encodeSentMessage(sealer: SecretSealer, message: SentMessage, number: number): Promise<Item> {
  const { poolId, sentAt } = message;
  return {
    ...sentMessageKey(poolId, number),
    ...layout(newest),
    n: number,
    sec: await sealer.seal(Buffer.from(JSON.stringify(message)), placeOf(poolId, number)),
    [ttlAttribute]: seconds(sentAt + shownFor),
  };
}

export async function decodeSentMessage(sealer: SecretSealer, poolId: string, item: Item): Promise<SentMessage> {
  requireLayout(item, newest);
  const plain = await sealer.open(bytesIn(item, 'sec'), placeOf(poolId, numberIn(item, 'n')));
  if (!plain) throw new MalformedItem(item, 'it does not open');
  // Only our own sealing opens here, so its members need no second check.
  return JSON.parse(Buffer.from(plain).toString()) as SentMessage;
}

/** Rows are used again, so the number tells a message from the one that was there before. */
const placeOf = (poolId: string, number: number): Place => ({
  purpose: 'sent-message',
  poolId,
  item: `${sentMessageKey(poolId, number).PK}/${number}`,
});
