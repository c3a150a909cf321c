/** One message of the outbox: its code, its facts, and its body as the recipient sees it. */
import { html } from 'hono/html';
import { channelName, here, layout, type Markup, titleOf, when } from './outbox-layout.ts';
import type { OutboxRecord } from './outbox-record.ts';

export function messageView(record: OutboxRecord, query: URLSearchParams): Markup {
  return layout(
    titleOf(record),
    '',
    html`
      ${backLink(query)}
      <h1>${titleOf(record)}</h1>
      <dl>
        ${field('Code', record.code === null ? null : html`<code>${record.code}</code>`)}
        ${field('Link', record.link === null ? null : html`<a href="${record.link}" rel="noreferrer">${record.link}</a>`)}
        ${field('To', record.to)} ${field('From', record.from)} ${field('Sent', when(record))}
        ${field('Kind', record.kind)} ${field('Channel', channelName(record))} ${field('User', record.username)}
        ${field('Pool', record.poolId)} ${field('Client', record.clientId)}
      </dl>
      ${record.html === null ? '' : bodyFrame(record.html)}
      ${record.custom ? handedOver : textOf(record)}
    `,
  );
}

const textOf = (record: OutboxRecord): Markup => html`
  <h2>${record.html === null ? 'Message' : 'Plain text'}</h2>
  <pre>${record.text}</pre>`;

const handedOver = html`<p>A function of the pool writes and delivers this message; the service does not.</p>`;

const backLink = (query: URLSearchParams): Markup =>
  html`<p><a href="${here(query, { message: null })}"><span aria-hidden="true">← </span>All messages</a></p>`;

/** `sandbox` without a word: no script, no form, no navigation of this page, an origin of its own. */
const bodyFrame = (body: string): Markup => html`
  <h2>Message</h2>
  <p>As the recipient sees it, but with scripts, links and pictures from elsewhere turned off.</p>
  <iframe sandbox="" title="Message as the recipient sees it" srcdoc="${linksToNowhere}${body}"></iframe>`;

/** A link would open a new window, which the sandbox refuses; without this, its refusal would replace the message. */
const linksToNowhere = '<base target="_blank">';

export const goneView = (query: URLSearchParams): Markup =>
  layout(
    'Outbox',
    '',
    html`${backLink(query)}<h1>This message is gone</h1><p>It was cleared, or newer ones took its place.</p>`,
  );

const field = (name: string, value: Markup | string | null): Markup | string =>
  value === null ? '' : html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
