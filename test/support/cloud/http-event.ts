/** Events of HTTP APIs, payload format 2.0, and the answers that they take. */
import type { IamCaller } from './iam-authorizer.ts';
import { forwardedFor, type Header, headerOf, type WebAnswer, type WebRequest } from './web.ts';

export interface Route {
  /** `POST /a/{b}`, or `$default`. */
  readonly key: string;
  readonly pathParameters: Readonly<Record<string, string>>;
}

export interface HttpContext {
  readonly account: string;
  readonly apiId: string;
  readonly stage: string;
  readonly domainName: string;
  readonly route: Route;
  readonly caller: IamCaller | undefined;
  readonly at: number;
}

/** Bodies of these types stay as they are; all others, and those without a type, become base64. */
const isTextual = (type: string): boolean =>
  type.startsWith('text/') || /^application\/(json|xml|javascript)(;|$)/.test(type);

export function httpEvent(request: WebRequest, context: HttpContext): Readonly<Record<string, unknown>> {
  const { route, stage, account, apiId, domainName, at } = context;
  const cookies = headerOf(request, 'cookie');
  const isText = isTextual((headerOf(request, 'content-type') ?? '').toLowerCase());
  const hasBody = request.body.length > 0;
  return {
    version: '2.0',
    routeKey: route.key,
    rawPath: request.path,
    rawQueryString: request.query,
    ...(cookies !== undefined && { cookies: cookies.split(/[;,] ?/).filter(Boolean) }),
    headers: headersOf(request),
    ...(request.query !== '' && { queryStringParameters: parametersOf(request.query) }),
    requestContext: {
      accountId: account,
      apiId,
      ...(context.caller && { authorizer: { iam: identityOf(context.caller) } }),
      domainName,
      domainPrefix: domainName.split('.')[0],
      http: {
        method: request.method,
        path: request.path,
        protocol: 'HTTP/1.1',
        sourceIp: request.sourceIp,
        userAgent: headerOf(request, 'user-agent') ?? '',
      },
      requestId: requestId(),
      routeKey: route.key,
      stage,
      time: commonLogTime(at),
      timeEpoch: at,
    },
    ...(Object.keys(route.pathParameters).length > 0 && { pathParameters: route.pathParameters }),
    ...(hasBody && { body: request.body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: hasBody && !isText,
  };
}

const requestId = (): string => `${Buffer.from(crypto.getRandomValues(new Uint8Array(11))).toString('base64url')}=`;

function headersOf(request: WebRequest): Readonly<Record<string, string>> {
  const names = new Set(request.headers.map(([name]) => name.toLowerCase()));
  names.delete('cookie');
  const joined = [...names].map((name) => [name, headerOf(request, name) ?? ''] as const);
  return {
    ...Object.fromEntries(joined),
    'content-length': String(request.body.length),
    'x-amzn-trace-id': 'Root=1-67891233-abcdef012345678912345678',
    'x-forwarded-for': forwardedFor(request),
    'x-forwarded-port': '443',
    'x-forwarded-proto': 'https',
  };
}

function parametersOf(query: string): Readonly<Record<string, string>> {
  const all = Map.groupBy(new URLSearchParams(query), ([name]) => name);
  return Object.fromEntries([...all].map(([name, pairs]) => [name, pairs.map(([, value]) => value).join(',')]));
}

const identityOf = ({ accessKeyId, account, userId, arn }: IamCaller) => ({
  accessKey: accessKeyId,
  accountId: account,
  callerId: userId,
  cognitoIdentity: null,
  principalOrgId: 'aws:PrincipalOrgID',
  userArn: arn,
  userId,
});

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `12/Mar/2020:19:03:58 +0000` */
export function commonLogTime(at: number): string {
  const [date = '', time = ''] = new Date(at).toISOString().split('T');
  const [year, month, day] = date.split('-');
  return `${day}/${months[Number(month) - 1]}/${year}:${time.slice(0, 8)} +0000`;
}

interface Result {
  readonly statusCode?: unknown;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly cookies?: readonly string[];
  readonly body?: unknown;
  readonly isBase64Encoded?: boolean;
}

/** `undefined` for what the gateway cannot read as an answer. */
export function httpAnswer(result: unknown): WebAnswer | undefined {
  if (typeof result !== 'object' || result === null) return undefined;
  const { statusCode, headers = {}, cookies = [], body = '', isBase64Encoded = false }: Result = result;
  if (typeof statusCode !== 'number' || typeof body !== 'string') return undefined;
  const given = Object.entries(headers).map(([name, value]): Header => [name.toLowerCase(), String(value)]);
  const type: readonly Header[] = given.some(([name]) => name === 'content-type')
    ? []
    : [['content-type', 'text/plain;charset=UTF-8']];
  return {
    status: statusCode,
    headers: [
      ...given.filter(([name]) => name !== 'content-length'),
      ...(body === '' ? [] : type),
      ...cookies.map((cookie): Header => ['set-cookie', cookie]),
      ['apigw-requestid', requestId()],
    ],
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  };
}
