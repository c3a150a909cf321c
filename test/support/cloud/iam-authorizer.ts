/** The IAM authorizer of API Gateway: who signed a request for `execute-api`, and whether they may send it. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { decide, type Statement } from './iam-policy.ts';
import { headerOf, type WebRequest } from './web.ts';

/** Somebody with credentials of the account that the stack is deployed to, or of another one. */
export interface IamCaller {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  readonly account: string;
  readonly userId: string;
  readonly arn: string;
  readonly statements: readonly Statement[];
}

export interface AuthorizerOptions {
  readonly callers: readonly IamCaller[];
  readonly region: string;
  readonly now: () => number;
}

export type Authorize = (request: WebRequest, arn: string) => IamCaller | undefined;

const tolerance = 5 * 60_000;

export function iamAuthorizer({ callers, region, now }: AuthorizerOptions): Authorize {
  return (request, arn) => {
    const caller = callers.find((one) => isSignedBy(one, request, region, now()));
    if (caller === undefined) return undefined;
    const access = { action: 'execute-api:Invoke', resource: arn, context: { 'aws:SecureTransport': ['true'] } };
    return decide(caller.statements, access).outcome === 'allowed' ? caller : undefined;
  };
}

const form =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/execute-api\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([\da-f]{64})$/;

function isSignedBy(caller: IamCaller, request: WebRequest, region: string, now: number): boolean {
  const [, keyId, date = '', scopeRegion, signedHeaders = '', signature = ''] =
    form.exec(headerOf(request, 'authorization') ?? '') ?? [];
  const time = headerOf(request, 'x-amz-date') ?? '';
  if (keyId !== caller.accessKeyId || scopeRegion !== region || !time.startsWith(date)) return false;
  if (headerOf(request, 'x-amz-security-token') !== caller.sessionToken) return false;
  if (Math.abs(timeOf(time) - now) > tolerance) return false;
  const names = signedHeaders.split(';');
  if (!names.includes('host')) return false;
  const scope = `${date}/${region}/execute-api/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', time, scope, sha256(canonicalRequest(request, names))].join('\n');
  const key = [date, region, 'execute-api', 'aws4_request'].reduce<string | Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    `AWS4${caller.secretAccessKey}`,
  );
  const expected = createHmac('sha256', key).update(text).digest();
  return timingSafeEqual(expected, Buffer.from(signature, 'hex'));
}

/** As in "Create a signed AWS API request" of the IAM user guide. */
const canonicalRequest = (request: WebRequest, names: readonly string[]): string =>
  [
    request.method,
    request.path.split('/').map(encodeURIComponent).join('/'),
    request.query.split('&').filter(Boolean).map(withValue).toSorted().join('&'),
    ...names.map((name) => `${name}:${(headerOf(request, name) ?? '').trim().replace(/ +/g, ' ')}`),
    '',
    names.join(';'),
    sha256(request.body),
  ].join('\n');

const withValue = (pair: string): string => (pair.includes('=') ? pair : `${pair}=`);

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');

const timeOf = (basic: string): number =>
  Date.parse(basic.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
