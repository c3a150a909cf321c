/** One message in the outbox: the record that the page and the API show, and which of them are asked for. */
import type { HandedOver, Message } from '../../core/ports/messenger.ts';

/** What does not apply to a message is null. */
export interface OutboxRecord {
  /** Sixteen digits that only grow. */
  readonly id: string;
  /** ISO 8601, in UTC. */
  readonly at: string;
  readonly channel: Message['channel'];
  readonly poolId: string;
  readonly clientId: string | null;
  readonly username: string;
  readonly to: string;
  readonly from: string | null;
  readonly subject: string | null;
  readonly html: string | null;
  readonly text: string;
  readonly kind: Message['kind'];
  readonly code: string | null;
  /** The confirmation link inside, when the pool sends links. */
  readonly link: string | null;
  /** Whether a function of the pool delivers it: then the service has written nothing, and knows the code alone. */
  readonly custom?: true;
}

export interface OutboxFilter {
  readonly poolId?: string | undefined;
  /** The whole address; upper and lower case are the same. */
  readonly to?: string | undefined;
  readonly kind?: string | undefined;
  /** The id of a message (those that came after it), or a time (those sent then or later). */
  readonly after?: string | number | Date | undefined;
}

export function recordOf(message: Message, id: string, at: number): OutboxRecord {
  const mail = message.channel === 'EMAIL' ? message : undefined;
  return {
    id,
    at: new Date(at).toISOString(),
    channel: message.channel,
    poolId: message.poolId,
    clientId: message.clientId ?? null,
    username: message.username,
    to: message.to,
    from: mail?.from ?? null,
    subject: mail?.subject ?? null,
    html: mail?.html ?? null,
    text: message.text,
    kind: message.kind,
    code: message.code ?? null,
    link: message.link ?? findConfirmationLink(mail?.html),
  };
}

/** Of what a function of the pool delivers: the service writes nothing itself. */
export const handedOverRecord = (message: HandedOver, id: string, at: number): OutboxRecord => ({
  ...recordOf({ ...message, channel: 'SMS', text: '' }, id, at),
  channel: message.channel,
  custom: true,
});

/** Milliseconds and three digits of sequence, so that messages of one millisecond keep their order. */
export function nextId(now: number, last: string | undefined): string {
  const next = Math.max(now * 1000, Number(last ?? 0) + 1);
  return String(next).padStart(16, '0');
}

export function matcher(filter: OutboxFilter): (record: OutboxRecord) => boolean {
  const to = filter.to?.toLowerCase();
  const isLater = laterThan(filter.after);
  return (record) =>
    (filter.poolId === undefined || record.poolId === filter.poolId) &&
    (to === undefined || record.to.toLowerCase() === to) &&
    (filter.kind === undefined || record.kind === filter.kind) &&
    isLater(record);
}

function laterThan(after: OutboxFilter['after']): (record: OutboxRecord) => boolean {
  if (after === undefined) return () => true;
  if (typeof after === 'string' && /^\d{16}$/.test(after)) return ({ id }) => id > after;
  const time = timeOf(after);
  if (Number.isNaN(time)) throw new RangeError('after is neither the id of a message nor a time.');
  return ({ at }) => Date.parse(at) >= time;
}

function timeOf(after: string | number | Date): number {
  if (typeof after !== 'string') return Number(after);
  return /^\d+$/.test(after) ? Number(after) : Date.parse(after);
}

function findConfirmationLink(html: string | undefined): string | null {
  for (const [, escaped = ''] of html?.matchAll(/\bhref\s*=\s*"(https?:\/\/[^"<>\s]+)"/gi) ?? []) {
    const link = escaped.replace(/&(?:amp|#38);/g, '&');
    if (link.includes('confirmation_code=')) return link;
  }
  return null;
}
