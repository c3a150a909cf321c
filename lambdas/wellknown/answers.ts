/** How the documents of this room are answered: readable by any page, kept by caches, compared by tag. */
import { createHash } from 'node:crypto';
import type { ApiRequest } from '../core/model/api-request.ts';
import type { Answer } from '../core/pipeline/gateway-events.ts';

const cors = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'Date,ETag',
};

/** A new key is published this long before it signs, so that no cache misses it. */
const kept = 'public, max-age=3600';

export interface Document {
  readonly document: object;
  readonly isLasting: boolean;
}

/** Not sent again to whoever holds it already (RFC 9110, 13.1.2). What is not to be kept may change at any moment. */
export function documentAnswer({ headers: asked }: ApiRequest, { document, isLasting }: Document): Answer {
  const body = JSON.stringify(document);
  const tag = `"${createHash('sha256').update(body).digest('base64url')}"`;
  const headers = { ...cors, 'Cache-Control': isLasting ? kept : 'no-store', ETag: tag };
  if (isHeld(asked['if-none-match'], tag)) return { status: 304, headers, body: '' };
  return { status: 200, headers: { ...headers, 'Content-Type': 'application/json' }, body };
}

function isHeld(tags: string | undefined, tag: string): boolean {
  const held = (tags ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''));
  return held.includes('*') || held.includes(tag);
}

export const preflightAnswer = (): Answer => ({
  status: 200,
  headers: {
    ...cors,
    'Access-Control-Allow-Methods': 'GET,HEAD,OPTIONS',
    'Access-Control-Allow-Headers': 'authorization,content-type,x-amz-user-agent,amz-sdk-request,amz-sdk-invocation-id',
    'Access-Control-Max-Age': '600',
    'Content-Length': '0',
  },
  body: '',
});

export const refusalAnswer = (status: number, message: string, headers?: Readonly<Record<string, string>>): Answer => ({
  status,
  headers: { ...cors, 'Cache-Control': 'no-store', 'Content-Type': 'application/json', ...headers },
  body: JSON.stringify({ message }),
});
