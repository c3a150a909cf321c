/** The outbox of one machine, as administrators ask for it. */
import type { SentMessage, SentMessages } from '../../core/ports/sent-messages.ts';
import type { Outbox } from './outbox.ts';
import type { OutboxRecord } from './outbox-record.ts';

const most = 100;

export const keptMessages = (outbox: Pick<Outbox, 'find'>): SentMessages => ({
  async list({ poolId, username, limit = most }) {
    const records = outbox.find({ poolId }).filter((each) => username === undefined || each.username === username);
    return records.slice(0, limit).map(describe);
  },
});

const describe = ({ id, at, poolId, username, channel, to, text, kind, code, subject }: OutboxRecord): SentMessage => ({
  id,
  sentAt: Date.parse(at),
  poolId,
  username,
  channel,
  to,
  text,
  kind,
  ...(code !== null && { code }),
  ...(subject !== null && { subject }),
});
