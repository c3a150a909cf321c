/** The routes of the outbox under `/_local/outbox`: the page, and the API that tests read codes from. */
import { type LocalAnswer, localHeaders, localJson } from './local-answers.ts';
import type { Outbox } from './outbox.ts';
import { findObjection, type GuardRules, type OutboxRequest } from './outbox-guard.ts';
import type { OutboxFilter } from './outbox-record.ts';

export type OutboxApi = (request: OutboxRequest) => Promise<LocalAnswer>;

const longestWaitMs = 60_000;
const defaultWaitMs = 10_000;

/** For every path that starts with `/_local/outbox`. No CORS header is ever sent: other sites may not read along. */
export function outboxApi(outbox: Outbox, rules: GuardRules): OutboxApi {
  return async (request) => {
    const objection = findObjection(request, rules);
    if (objection) return localJson(403, { message: objection });
    const url = new URL(request.target, 'http://localhost');
    try {
      return await answer(outbox, request, url);
    } catch (error) {
      if (error instanceof RangeError) return localJson(400, { message: error.message });
      throw error;
    }
  };
}

function answer(outbox: Outbox, request: OutboxRequest, url: URL): LocalAnswer | Promise<LocalAnswer> {
  switch (`${request.method} ${url.pathname.replace(/\/$/, '')}`) {
    case 'GET /_local/outbox':
      return page(outbox, url);
    case 'GET /_local/outbox/messages':
      return localJson(200, { messages: outbox.find(filterOf(url)) });
    case 'GET /_local/outbox/wait':
      return wait(outbox, request, url);
    case 'DELETE /_local/outbox/messages':
      return clear(outbox, url);
    default:
      return localJson(404, { message: 'The outbox has no such route.' });
  }
}

async function page(outbox: Outbox, url: URL): Promise<LocalAnswer> {
  const { outboxPage, pageHeaders } = await import('./outbox-page.ts');
  const body = await outboxPage(outbox.find(), url.searchParams);
  return { status: 200, headers: { ...localHeaders, ...pageHeaders() }, body };
}

async function wait(outbox: Outbox, request: OutboxRequest, url: URL): Promise<LocalAnswer> {
  const timeoutMs = readTimeout(url.searchParams.get('timeoutMs'));
  const record = await outbox.wait(filterOf(url), { timeoutMs, signal: request.signal });
  return record ? localJson(200, record) : localJson(408, { message: `No such message came within ${timeoutMs} ms.` });
}

async function clear(outbox: Outbox, url: URL): Promise<LocalAnswer> {
  await outbox.clear(filterOf(url));
  return { status: 204, headers: localHeaders, body: '' };
}

/** A misspelt filter would match everything, so unknown names are refused. */
function filterOf({ searchParams }: URL): OutboxFilter {
  const known = ['poolId', 'to', 'kind', 'after', 'timeoutMs'];
  const unknown = [...searchParams.keys()].find((name) => !known.includes(name));
  if (unknown !== undefined) throw new RangeError(`The parameters are ${known.join(', ')}.`);
  const value = (name: string) => searchParams.get(name) || undefined;
  return { poolId: value('poolId'), to: addressOf(searchParams), kind: value('kind'), after: value('after') };
}

/** In a query, a bare `+` stands for a space; no address starts with one, so a number's plus sign is given back. */
function addressOf(parameters: URLSearchParams): string | undefined {
  return parameters.get('to')?.replace(/^ (?=\d)/, '+') || undefined;
}

function readTimeout(text: string | null): number {
  if (text === null) return defaultWaitMs;
  if (!/^\d{1,9}$/.test(text)) throw new RangeError('timeoutMs must be a number of milliseconds.');
  return Math.min(Number(text), longestWaitMs);
}
