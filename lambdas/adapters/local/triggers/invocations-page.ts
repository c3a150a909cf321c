/** The newest invocations of functions as a page, which a reload brings up to date. */
import { html, raw } from 'hono/html';
import { outboxStyle } from '../outbox-style.ts';
import type { Invocation } from './invocations.ts';

const style = `${outboxStyle}
details { margin: .6rem 0; padding: .6rem 1rem; border: 1px solid var(--line); border-radius: .6rem; background: var(--card); }
summary { cursor: pointer; overflow-wrap: anywhere; }
summary .failed { font-weight: 600; }
`;

export const invocationsPage = async (all: readonly Invocation[]): Promise<string> =>
  String(
    await html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Triggers (${all.length}) · Millpond</title>
    <style>${raw(style)}</style>
  </head>
  <body>
    <main>
      <h1>Triggers</h1>
      <p>The newest events that functions got, and what they answered, without passwords, codes and tokens.
        <a href="/_local/triggers">Show newer ones</a></p>
      ${all.length === 0 ? html`<p class="empty">No function has run yet.</p>` : all.map(entry)}
    </main>
  </body>
</html>`,
  );

const entry = ({ at, arn, triggerSource, durationMs, event, response, error }: Invocation) => html`
      <details>
        <summary><time datetime="${at}">${at.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}</time>
          ${triggerSource}, ${durationMs} ms${error === null ? '' : html`, <span class="failed">${error}</span>`}</summary>
        <p>${arn}</p>
        <h2>Event</h2>
        <pre>${JSON.stringify(event, undefined, 2)}</pre>
        <h2>Answer</h2>
        <pre>${error ?? JSON.stringify(response, undefined, 2)}</pre>
      </details>`;
