/** The outbox as a page: a list that keeps itself fresh, and one message to read; it works without its script. */
import { listView } from './outbox-list-view.ts';
import { goneView, messageView } from './outbox-message-view.ts';
import type { OutboxRecord } from './outbox-record.ts';
import { scriptSource } from './outbox-script.ts';

/** One script runs, nothing is loaded from elsewhere, and nobody may frame it; message bodies inherit all of that. */
export const pageHeaders = (): Readonly<Record<string, string>> => ({
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    "default-src 'none'",
    `script-src ${scriptSource()}`,
    "connect-src 'self'",
    // Messages style themselves.
    "style-src 'unsafe-inline'",
    'img-src data:',
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-frame-options': 'DENY',
});

/** `all` newest first; the query holds `poolId`, `to` (parts of either will do), `message` and `refresh=off`. */
export async function outboxPage(all: readonly OutboxRecord[], query: URLSearchParams): Promise<string> {
  const id = query.get('message');
  const chosen = id === null ? undefined : all.find((record) => record.id === id);
  const page = id === null ? listView(all, query) : chosen ? messageView(chosen, query) : goneView(query);
  return String(await page);
}
