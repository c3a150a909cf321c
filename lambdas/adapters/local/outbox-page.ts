/** The outbox as a page: a list that keeps itself fresh, and one message to read; it works without its script. */
import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { OutboxRecord } from './outbox-record.ts';
import { outboxScript, scriptSource } from './outbox-script.ts';
import { outboxStyle } from './outbox-style.ts';

type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

const SHOWN = 100;
const REFRESH_SECONDS = 5;

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

function listView(all: readonly OutboxRecord[], query: URLSearchParams): Markup {
  const matching = all.filter((record) => isAskedFor(record, query));
  const isPaused = query.get('refresh') === 'off';
  return layout(
    `Outbox (${matching.length})`,
    isPaused ? '' : html`<noscript><meta http-equiv="refresh" content="${REFRESH_SECONDS}"></noscript>`,
    html`
      <h1>Outbox</h1>
      <p>Messages that this service would have sent. ${refreshLine(isPaused, query)}</p>
      ${filterForm(all, query)}
      <ul class="messages" role="list" aria-label="Messages" ${isPaused ? '' : html`data-newest="${all[0]?.id ?? '0'}"`}>
        ${matching.slice(0, SHOWN).map((record) => row(record, query))}
      </ul>
      <div class="note">${noteBelow(matching.length, all.length)}</div>
    `,
  );
}

function noteBelow(matching: number, inAll: number): Markup | string {
  if (matching > SHOWN) return html`<p>The newest ${SHOWN} of ${matching} messages are shown.</p>`;
  if (matching > 0) return '';
  return inAll > 0
    ? html`<p class="empty">No messages match.</p>`
    : html`<p class="empty">No messages yet.<br>The code of the next sign-up or forgotten password appears here.</p>`;
}

function isAskedFor(record: OutboxRecord, query: URLSearchParams): boolean {
  const contains = (whole: string, name: string) =>
    whole.toLowerCase().includes((query.get(name) ?? '').trim().toLowerCase());
  return contains(record.poolId, 'poolId') && contains(record.to, 'to');
}

function refreshLine(isPaused: boolean, query: URLSearchParams): Markup {
  return isPaused
    ? html`The page stands still. <a href="${here(query, { refresh: null })}">Show new ones as they come</a>`
    : html`New ones appear by themselves. <a href="${here(query, { refresh: 'off' })}">Pause</a>`;
}

function filterForm(all: readonly OutboxRecord[], query: URLSearchParams): Markup {
  return html`
    <form role="search" aria-label="Messages">
      ${filterField(
        'to',
        'Recipient',
        all.map(({ to }) => to),
        query,
      )}
      ${filterField(
        'poolId',
        'Pool',
        all.map(({ poolId }) => poolId),
        query,
      )}
      ${query.get('refresh') === 'off' ? html`<input type="hidden" name="refresh" value="off">` : ''}
      <button>Filter</button>
      ${query.get('poolId') || query.get('to') ? html`<a href="${here(query, { poolId: null, to: null })}">Show all</a>` : ''}
    </form>`;
}

function filterField(name: string, label: string, values: readonly string[], query: URLSearchParams): Markup {
  const suggestions = [...new Set(values)].slice(0, SHOWN);
  return html`
    <label>${label}
      <input type="search" name="${name}" value="${query.get(name) ?? ''}" list="${name}-known" autocomplete="off" spellcheck="false">
    </label>
    <datalist id="${name}-known">${suggestions.map((value) => html`<option value="${value}"></option>`)}</datalist>`;
}

function row(record: OutboxRecord, query: URLSearchParams): Markup {
  return html`
    <li id="m${record.id}">
      <span class="to">${record.to}</span>
      ${record.code === null ? '' : html`<span class="code">${codeOf(record.code)}</span>`}
      <a class="subject" href="${here(query, { message: record.id })}"><span>${record.subject ?? record.text}</span></a>
      <span class="facts">
        <span>${channelName(record)}</span> <span>${record.kind}</span> ${when(record)} <span>${record.poolId}</span>
      </span>
    </li>`;
}

const codeOf = (code: string): Markup => html`<span class="unseen">Code </span><code>${code}</code>`;

function messageView(record: OutboxRecord, query: URLSearchParams): Markup {
  return layout(
    titleOf(record),
    '',
    html`
      ${backLink(query)}
      <h1>${titleOf(record)}</h1>
      <dl>
        ${field('Code', record.code === null ? null : codeOf(record.code))}
        ${field('Link', record.link === null ? null : html`<a href="${record.link}" rel="noreferrer">${record.link}</a>`)}
        ${field('To', record.to)} ${field('From', record.from)} ${field('Sent', when(record))}
        ${field('Kind', record.kind)} ${field('Channel', channelName(record))} ${field('User', record.username)}
        ${field('Pool', record.poolId)} ${field('Client', record.clientId)}
      </dl>
      ${record.html === null ? '' : bodyFrame(record.html)}
      <h2>${record.html === null ? 'Message' : 'Plain text'}</h2>
      <pre>${record.text}</pre>
    `,
  );
}

const titleOf = (record: OutboxRecord): string => record.subject ?? `${channelName(record)} to ${record.to}`;

const backLink = (query: URLSearchParams): Markup =>
  html`<p><a href="${here(query, { message: null })}"><span aria-hidden="true">← </span>All messages</a></p>`;

/** `sandbox` without a word: no script, no form, no navigation of this page, an origin of its own. */
const bodyFrame = (body: string): Markup => html`
  <h2>Message</h2>
  <p>As the recipient sees it, but with scripts, links and pictures from elsewhere turned off.</p>
  <iframe sandbox="" title="Message as the recipient sees it" srcdoc="${linksToNowhere}${body}"></iframe>`;

/** A link would open a new window, which the sandbox refuses; without this, its refusal would replace the message. */
const linksToNowhere = '<base target="_blank">';

const goneView = (query: URLSearchParams): Markup =>
  layout(
    'Outbox',
    '',
    html`${backLink(query)}<h1>This message is gone</h1><p>It was cleared, or newer ones took its place.</p>`,
  );

function layout(title: string, head: Markup | string, main: Markup): Markup {
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

const field = (name: string, value: Markup | string | null): Markup | string =>
  value === null ? '' : html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

const channelName = ({ channel }: OutboxRecord): string => (channel === 'SMS' ? 'SMS' : 'E-mail');

const when = ({ at }: OutboxRecord): Markup =>
  html`<time datetime="${at}">${at.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}</time>`;

/** This page with some parameters changed; null leaves one out. */
function here(query: URLSearchParams, changes: Readonly<Record<string, string | null>>): string {
  const next = new URLSearchParams(['poolId', 'to', 'refresh'].flatMap((name) => pair(name, query.get(name))));
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) next.delete(name);
    else next.set(name, value);
  }
  return next.size === 0 ? '/_local/outbox' : `/_local/outbox?${next}`;
}

const pair = (name: string, value: string | null): [string, string][] => (value ? [[name, value]] : []);
