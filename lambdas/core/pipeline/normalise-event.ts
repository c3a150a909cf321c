/** Turns a gateway's event, of either format, into the one request that everything behind it sees. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { ApiRequest, IamIdentity } from '../model/api-request.ts';
import { type EventV1, type EventV2, type GatewayEvent, isV2 } from './gateway-events.ts';
import { joinHeaders, readCookies, readQuery } from './request-parts.ts';

export interface Reception {
  readonly requestId: string;
  /**
   * What the edge proves itself with in `x-origin-verify`. Only then are `x-viewer-host` and `x-viewer-ip` believed:
   * anybody can send them to the gateway directly.
   */
  readonly originSecret?: string | undefined;
}

export function normaliseEvent(event: GatewayEvent, { requestId, originSecret }: Reception): ApiRequest {
  const { cookie, ...headers } = isV2(event) ? event.headers : joinedHeaders(event);
  const parts = isV2(event) ? partsOfV2(event) : partsOfV1(event);
  const edge = isFromEdge(headers, originSecret);
  return {
    method: parts.method,
    path: parts.path.startsWith('/_api/') ? '/' : parts.path,
    rawQuery: parts.rawQuery,
    query: readQuery(parts.rawQuery),
    headers,
    cookies: (isV2(event) && event.cookies) || readCookies(cookie),
    body: bytesOf(event),
    viewerHost: (edge && headers['x-viewer-host']) || headers['host'] || event.requestContext.domainName || '',
    sourceIp: (edge && headers['x-viewer-ip']) || parts.sourceIp,
    // Gateways listen nowhere else.
    isSecure: true,
    requestId,
    ...(edge && { viaEdge: true }),
    ...(parts.iam && { iam: parts.iam }),
  };
}

interface Parts extends Pick<ApiRequest, 'method' | 'path' | 'rawQuery' | 'sourceIp'> {
  readonly iam: IamIdentity | undefined;
}

function partsOfV2({ rawPath, rawQueryString, requestContext }: EventV2): Parts {
  const { http, stage, authorizer } = requestContext;
  const iam = authorizer?.iam;
  return {
    method: http.method,
    path: withoutStage(rawPath, stage),
    rawQuery: rawQueryString,
    sourceIp: http.sourceIp,
    iam: iam ? { accountId: iam.accountId, arn: iam.userArn, userId: iam.userId } : undefined,
  };
}

function partsOfV1(event: EventV1): Parts {
  const { sourceIp, accountId, userArn, user } = event.requestContext.identity;
  return {
    method: event.httpMethod,
    path: event.path,
    rawQuery: writeQuery(event),
    sourceIp,
    iam: accountId && userArn && user ? { accountId, arn: userArn, userId: user } : undefined,
  };
}

/** Only the stage named `$default` is missing from the path of format 2.0. */
function withoutStage(path: string, stage: string): string {
  const prefix = `/${stage}`;
  if (path === prefix) return '/';
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path;
}

/** Format 1.0 has only decoded parameters, grouped by name. */
function writeQuery({ multiValueQueryStringParameters: lists, queryStringParameters: single }: EventV1): string {
  const pairs = lists ? flatten(lists) : flatten(single ?? {});
  return pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
}

const joinedHeaders = ({ multiValueHeaders: lists, headers: single }: EventV1): Record<string, string> =>
  joinHeaders(lists ? flatten(lists) : flatten(single ?? {}));

type OneOrMore = string | readonly string[] | undefined;

const flatten = (values: Readonly<Record<string, OneOrMore>>): [string, string][] =>
  Object.entries(values).flatMap(([name, value]) => [value ?? []].flat().map((one): [string, string] => [name, one]));

const bytesOf = ({ body, isBase64Encoded }: GatewayEvent): Uint8Array =>
  Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');

function isFromEdge(headers: Readonly<Record<string, string>>, secret: string | undefined): boolean {
  const proof = headers['x-origin-verify'];
  // Where nothing is secret, nothing proves anything.
  return secret && proof !== undefined ? timingSafeEqual(digest(proof), digest(secret)) : false;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
