/** Shows administrators the messages that a deployment kept instead of delivering them. */
import type { Message } from './messenger.ts';

export interface SentMessages {
  /** Newest first, those of the last hour. Whoever reads them can act as the people that they were for. */
  list(filter: SentMessageFilter): Promise<readonly SentMessage[]>;
}

export interface SentMessageFilter {
  /** Absent: of all pools. */
  readonly poolId?: string | undefined;
  /** As the pool wrote it in the message, letter for letter. */
  readonly username?: string | undefined;
  /** At most so many; 100 when not said. */
  readonly limit?: number | undefined;
}

export interface SentMessage extends Pick<Message, 'poolId' | 'username' | 'channel' | 'to' | 'text' | 'code'> {
  readonly id: string;
  readonly sentAt: number;
  readonly kind: Message['kind'];
  /** Of mail alone. */
  readonly subject?: string | undefined;
}
