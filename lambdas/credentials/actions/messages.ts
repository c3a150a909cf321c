/** The messages that a deployment kept instead of delivering them, codes and all. */
import { s } from '../../core/contract/shape.ts';
import type { SentMessage } from '../../core/ports/sent-messages.ts';
import { action } from '../action.ts';
import { dateText } from '../shapes.ts';

export const ListMessages = action({
  input: s.structure({
    PoolId: s.optional(s.string({ min: 1, max: 55 })),
    Username: s.optional(s.secret(s.string({ min: 1, max: 128 }))),
  }),
  // Whoever reads them can act as the people that they were for.
  access: 'Read',

  async handle({ PoolId: poolId, Username: username }, { messages }) {
    return { Messages: (await messages.list({ poolId, username })).map(describe) };
  },
});

const describe = ({ id, sentAt, poolId, username, channel, to, text, code, kind, subject }: SentMessage) => ({
  MessageId: id,
  Date: dateText(sentAt),
  PoolId: poolId,
  Username: username,
  Channel: channel,
  Kind: kind,
  To: to,
  ...(code !== undefined && { Code: code }),
  ...(subject !== undefined && { Subject: subject }),
  Text: text,
});
