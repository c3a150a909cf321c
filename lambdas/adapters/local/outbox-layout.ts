/** What the views of the outbox page share: the frame around them, links from one to the other, and how facts are told. */
import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { OutboxRecord } from './outbox-record.ts';
import { outboxScript } from './outbox-script.ts';
import { outboxStyle } from './outbox-style.ts';

export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

export function layout(title: string, head: Markup | string, main: Markup): Markup {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title} · Millpond</title>
    <link rel="icon" href="data:image/svg+xml,${encodeURIComponent(icon('#2f93a8'))}">
    <style>${raw(outboxStyle)}</style>
    ${head}
  </head>
  <body>
    <header><a href="/_local/outbox">${raw(icon('currentColor'))}Millpond</a></header>
    <main>${main}</main>
    <p role="status"></p>
    <script>${raw(outboxScript)}</script>
  </body>
</html>`;
}

/** Ripples. */
const icon = (color: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" fill="none" \
stroke="${color}" stroke-width="2.4" stroke-linecap="round"><path d="M2 8q2.5-3 5 0t5 0 5 0 5 0M5 14q1.8-2.4 3.6 \
0t3.6 0 3.6 0 3.6 0M9 20q1.5-2 3 0t3 0"/></svg>`;

export const channelName = ({ channel }: OutboxRecord): string => (channel === 'SMS' ? 'SMS' : 'E-mail');

/** Only mail has a subject, and that may be blank. */
export const titleOf = (record: OutboxRecord): string => record.subject || `${channelName(record)} to ${record.to}`;

/** In UTC; the script shows it as the reader's clock would. */
export const when = ({ at }: OutboxRecord): Markup =>
  html`<time datetime="${at}">${at.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}</time>`;

/** This page with some parameters changed; null leaves one out. */
export function here(query: URLSearchParams, changes: Readonly<Record<string, string | null>>): string {
  const next = new URLSearchParams(['poolId', 'to', 'refresh'].flatMap((name) => pair(name, query.get(name))));
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) next.delete(name);
    else next.set(name, value);
  }
  return next.size === 0 ? '/_local/outbox' : `/_local/outbox?${next}`;
}

const pair = (name: string, value: string | null): [string, string][] => (value ? [[name, value]] : []);
