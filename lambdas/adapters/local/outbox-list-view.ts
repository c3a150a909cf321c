/** The list of messages in the outbox, with its filter. */
import { html } from 'hono/html';
import { channelName, here, layout, type Markup, titleOf, when } from './outbox-layout.ts';
import type { OutboxRecord } from './outbox-record.ts';

const mostShown = 100;
const refreshSeconds = 5;

/** The newest messages that fit, a filter, and where new ones appear. */
export function listView(all: readonly OutboxRecord[], query: URLSearchParams): Markup {
  const matching = all.filter((record) => isAskedFor(record, query));
  const isPaused = query.get('refresh') === 'off';
  return layout(
    `Outbox (${matching.length})`,
    isPaused ? '' : html`<noscript><meta http-equiv="refresh" content="${refreshSeconds}"></noscript>`,
    html`
      <h1>Outbox</h1>
      <p>Messages that this service would have sent. ${refreshLine(isPaused, query)}</p>
      ${filterForm(all, query)}
      <ul class="messages" role="list" aria-label="Messages" ${isPaused ? '' : html`data-newest="${all[0]?.id ?? '0'}"`}>
        ${matching.slice(0, mostShown).map((record) => row(record, query))}
      </ul>
      <div class="note">${noteBelow(matching.length, all.length)}</div>
    `,
  );
}

function noteBelow(matching: number, inAll: number): Markup | string {
  if (matching > mostShown) return html`<p>The newest ${mostShown} of ${matching} messages are shown.</p>`;
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
  const suggestions = [...new Set(values)].slice(0, mostShown);
  return html`
    <label>${label}
      <input type="search" name="${name}" value="${query.get(name) ?? ''}" list="${name}-known" autocomplete="off" spellcheck="false">
    </label>
    <datalist id="${name}-known">${suggestions.map((value) => html`<option value="${value}"></option>`)}</datalist>`;
}

/** Never empty: it is the link to the message. */
const lineOf = (record: OutboxRecord): string =>
  record.custom ? 'Delivered by a function of the pool' : record.subject || record.text.trim() || titleOf(record);

function row(record: OutboxRecord, query: URLSearchParams): Markup {
  return html`
    <li id="m${record.id}">
      <span class="to">${record.to}</span>
      ${record.code === null ? '' : html`<span class="code"><span class="unseen">Code </span><code>${record.code}</code></span>`}
      <a class="subject" href="${here(query, { message: record.id })}"><span>${lineOf(record)}</span></a>
      ${record.link === null ? '' : html`<a class="link" href="${record.link}" rel="noreferrer">Open the link</a>`}
      <span class="facts">
        <span>${channelName(record)}</span> <span>${record.kind}</span> ${when(record)} <span>${record.poolId}</span>
      </span>
    </li>`;
}
