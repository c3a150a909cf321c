/** The messages that the service sent, as a test asks for them. */
import type { OutboxFilter, OutboxRecord } from '../../lambdas/adapters/local/outbox-record.ts';

export interface SentMessages {
  /** Newest first. */
  list(filter?: MessageFilter): Promise<readonly OutboxRecord[]>;
  /** The newest one; fails when there is none. */
  last(filter?: MessageFilter): Promise<OutboxRecord>;
  /** The code in the newest message to a user that has one; fails when there is none. */
  codeFor(user: { readonly poolId: string; readonly username: string }): Promise<string>;
}

export interface MessageFilter extends OutboxFilter {
  readonly username?: string;
}

export function sentMessages(find: (filter: OutboxFilter) => Promise<readonly OutboxRecord[]>): SentMessages {
  const list = async ({ username, ...filter }: MessageFilter = {}) =>
    (await find(filter)).filter((record) => username === undefined || record.username === username);
  return {
    list,
    last: async (filter) => required((await list(filter))[0], filter),
    async codeFor({ poolId, username }) {
      const withCode = (await list({ poolId, username })).find(({ code }) => code !== null);
      return required(withCode?.code ?? undefined, { poolId, username });
    },
  };
}

/** Of a served endpoint, through the API of its outbox. */
export const servedMessages = (endpoint: string): SentMessages =>
  sentMessages(async (filter) => {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(filter)) {
      if (value !== undefined) query.set(name, String(value instanceof Date ? value.getTime() : value));
    }
    const answer = await fetch(`${endpoint}/_local/outbox/messages?${query}`);
    if (!answer.ok) throw new Error(`The outbox answered ${answer.status}: ${await answer.text()}`);
    // The API of the outbox answers so.
    const { messages } = (await answer.json()) as { readonly messages: readonly OutboxRecord[] };
    return messages;
  });

function required<T>(found: T | undefined, filter: MessageFilter = {}): T {
  if (found === undefined) throw new Error(`No such message was sent: ${JSON.stringify(filter)}`);
  return found;
}
