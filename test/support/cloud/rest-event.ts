/** Events of REST APIs, proxy format 1.0, and the answers that they take. */
import { commonLogTime } from './http-event.ts';
import type { IamCaller } from './iam-authorizer.ts';
import { forwardedFor, type Header, headerOf, type WebAnswer, type WebRequest } from './web.ts';

export interface RestContext {
  readonly account: string;
  readonly apiId: string;
  readonly stage: string;
  readonly domainName: string;
  /** `/{proxy+}` */
  readonly resourcePath: string;
  readonly pathParameters: Readonly<Record<string, string>> | null;
  /** As it came in, before a base path was taken off. */
  readonly fullPath: string;
  readonly caller: IamCaller | undefined;
  readonly at: number;
}

/** These never reach a function ("Amazon API Gateway important notes", REST APIs). */
const dropped = [
  'connection',
  'content-length',
  'content-md5',
  'expect',
  'max-forwards',
  'proxy-authenticate',
  'server',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'www-authenticate',
];

export function restEvent(request: WebRequest, context: RestContext): Readonly<Record<string, unknown>> {
  const { stage, account, apiId, domainName, resourcePath, pathParameters, fullPath, caller, at } = context;
  const headers: readonly Header[] = [
    ...request.headers.filter(
      ([name]) => !isOf(name, [...dropped, 'x-forwarded-for', ...(caller ? ['authorization'] : [])]),
    ),
    ['X-Amzn-Trace-Id', 'Root=1-67891233-abcdef012345678912345678'],
    ['X-Forwarded-For', forwardedFor(request)],
    ['X-Forwarded-Port', '443'],
    ['X-Forwarded-Proto', 'https'],
  ];
  const query = [...new URLSearchParams(request.query)];
  return {
    resource: resourcePath,
    path: request.path,
    httpMethod: request.method,
    headers: Object.fromEntries(headers),
    multiValueHeaders: listsOf(headers),
    queryStringParameters: query.length > 0 ? Object.fromEntries(query) : null,
    multiValueQueryStringParameters: query.length > 0 ? listsOf(query) : null,
    pathParameters,
    stageVariables: null,
    requestContext: {
      resourceId: 'a1b2c3',
      resourcePath,
      httpMethod: request.method,
      extendedRequestId: 'JKJaXmPLvHcESHA=',
      requestTime: commonLogTime(at),
      path: fullPath,
      accountId: account,
      protocol: 'HTTP/1.1',
      stage,
      domainPrefix: domainName.split('.')[0],
      requestTimeEpoch: at,
      requestId: crypto.randomUUID(),
      identity: identityOf(request, caller),
      domainName,
      apiId,
    },
    // Without binary media types every body is text.
    body: request.body.length > 0 ? request.body.toString() : null,
    isBase64Encoded: false,
  };
}

const isOf = (name: string, names: readonly string[]): boolean => names.includes(name.toLowerCase());

function listsOf(pairs: readonly Header[]): Readonly<Record<string, readonly string[]>> {
  const byName = Map.groupBy(pairs, ([name]) => name);
  return Object.fromEntries([...byName].map(([name, all]) => [name, all.map(([, value]) => value)]));
}

const identityOf = (request: WebRequest, caller: IamCaller | undefined) => ({
  cognitoIdentityPoolId: null,
  accountId: caller?.account ?? null,
  cognitoIdentityId: null,
  caller: caller?.userId ?? null,
  sourceIp: request.sourceIp,
  principalOrgId: null,
  accessKey: caller?.accessKeyId ?? null,
  cognitoAuthenticationType: null,
  cognitoAuthenticationProvider: null,
  userArn: caller?.arn ?? null,
  userAgent: headerOf(request, 'user-agent') ?? null,
  user: caller?.userId ?? null,
});

interface Result {
  readonly statusCode?: unknown;
  readonly headers?: Readonly<Record<string, unknown>> | null;
  readonly multiValueHeaders?: Readonly<Record<string, readonly unknown[]>> | null;
  readonly body?: unknown;
  readonly isBase64Encoded?: boolean;
}

/** Names that the gateway keeps for itself: what a function says there travels under another one. */
const remapped = ['connection', 'content-length', 'date', 'server', 'www-authenticate', 'x-amzn-requestid'];

/** `undefined` for what the gateway cannot read as an answer. */
export function restAnswer(result: unknown): WebAnswer | undefined {
  if (typeof result !== 'object' || result === null) return undefined;
  const { statusCode, headers, multiValueHeaders, body, isBase64Encoded = false }: Result = result;
  if (!Number.isInteger(Number(statusCode)) || (typeof body !== 'string' && body !== undefined && body !== null))
    return undefined;
  const single = Object.entries(headers ?? {}).map(([name, value]): Header => [name, String(value)]);
  const lists = Object.entries(multiValueHeaders ?? {});
  const given: readonly Header[] = [
    ...single.filter(([name]) => !lists.some(([other]) => other.toLowerCase() === name.toLowerCase())),
    ...lists.flatMap(([name, values]) => values.map((value): Header => [name, String(value)])),
  ];
  const hasType = given.some(([name]) => isOf(name, ['content-type']));
  return {
    status: Number(statusCode),
    headers: [
      ...given.map(
        ([name, value]): Header => (isOf(name, remapped) ? [`x-amzn-remapped-${name}`, value] : [name, value]),
      ),
      ...(hasType ? [] : [['content-type', 'application/json'] as const]),
      ['x-amzn-requestid', crypto.randomUUID()],
      ['x-amz-apigw-id', 'JKJaXmPLvHcESHA='],
    ],
    // Without binary media types the gateway decodes nothing.
    body: Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8'),
  };
}
