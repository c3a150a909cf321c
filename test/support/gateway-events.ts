/** Builds the events that API Gateway would make of a request: formats 2.0 and 1.0. */
import type { ApiRequest } from '../../lambdas/core/model/api-request.ts';
import type { EventV1, EventV2 } from '../../lambdas/core/pipeline/gateway-events.ts';

/** HTTP APIs hand over these types as text; everything else, and what has no type, as base64. */
const textual = /^(text\/|application\/(json|xml|javascript)\b)/i;

export function eventV2(request: ApiRequest, stage = '$default'): EventV2 {
  const isText = textual.test(request.headers['content-type'] ?? '');
  return {
    version: '2.0',
    rawPath: stage === '$default' ? request.path : `/${stage}${request.path}`,
    rawQueryString: request.rawQuery,
    ...(request.cookies.length > 0 && { cookies: request.cookies }),
    headers: request.headers,
    ...(request.body.length > 0 && { body: Buffer.from(request.body).toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: request.body.length > 0 && !isText,
    requestContext: {
      stage,
      domainName: request.viewerHost,
      http: { method: request.method, sourceIp: request.sourceIp },
    },
  };
}

/** REST APIs without binary media types hand over every body as text, and parameters decoded. */
export function eventV1(request: ApiRequest): EventV1 {
  const headers = { ...request.headers, ...(request.cookies.length > 0 && { Cookie: request.cookies.join('; ') }) };
  const query = Map.groupBy(request.query, ([name]) => name);
  return {
    version: '1.0',
    httpMethod: request.method,
    path: request.path,
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    queryStringParameters: Object.fromEntries(request.query),
    multiValueQueryStringParameters: Object.fromEntries(
      [...query].map(([name, pairs]) => [name, pairs.map(([, value]) => value)]),
    ),
    body: request.body.length > 0 ? Buffer.from(request.body).toString() : null,
    isBase64Encoded: false,
    requestContext: { domainName: request.viewerHost, identity: { sourceIp: request.sourceIp } },
  };
}
