/** Answers the question that browsers ask before a request: OPTIONS with the CORS headers. */
import { preflightHeaders, usualHeaders } from '../contract/cross-origin.ts';
import type { Step } from './exchange.ts';
import { headerText } from './header-text.ts';
import { headersOfAll } from './headers.ts';

export const preflight: Step<'request'> = {
  before({ internal: exchange }) {
    const { method, headers, requestId } = exchange.request;
    if (method !== 'OPTIONS') return undefined;
    exchange.outcome = { name: 'ok', status: 200 };
    return {
      status: 200,
      headers: {
        ...headersOfAll(requestId),
        ...preflightHeaders,
        'Access-Control-Allow-Headers': allowedHeaders(headers['access-control-request-headers']),
        'Content-Length': '0',
      },
      body: '',
    };
  },
};

/** The usual ones, then what else was asked for: `authorization` is not covered by a wildcard (Fetch, 3.3.5). */
function allowedHeaders(requested: string | undefined): string {
  const names = headerText(requested ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return [...new Set([...usualHeaders, ...names])].join(',');
}
