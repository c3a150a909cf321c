/** A page of this room as an answer: one frame around all of them, and what browsers may do with it. */
import { hash } from 'node:crypto';
import { html, raw } from 'hono/html';
import type { Answer } from '../core/pipeline/gateway-events.ts';
import { pageStyle } from './page-style.ts';

export type Markup = ReturnType<typeof html>;

export interface Page {
  readonly status: number;
  readonly title: string;
  readonly main: Markup;
}

export async function pageAnswer({ status, title, main }: Page): Promise<Answer> {
  const whole = html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title}</title>
    <link rel="icon" href="data:,">
    <style>${raw(pageStyle)}</style>
  </head>
  <body>
    <main>
      <h1>${title}</h1>
      ${main}
    </main>
  </body>
</html>
`;
  return { status, headers: headers(), body: String(await whole) };
}

/** No script runs, nothing is loaded from elsewhere, nobody may frame it, and no address of it is told to anybody. */
const headers = (): Readonly<Record<string, string>> => ({
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  'Content-Security-Policy': [
    "default-src 'none'",
    `style-src 'sha256-${hash('sha256', pageStyle, 'base64')}'`,
    'img-src data:',
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'X-Robots-Tag': 'noindex, nofollow',
});
