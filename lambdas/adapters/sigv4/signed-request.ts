/** Reads a signed request: what its signature covers, and whether that is enough. */
import {
  algorithmUnsupported,
  authorizationIncomplete,
  headerNotSigned,
  hostNotOurs,
  presignedNotAccepted,
  regionInvalid,
  scopeDateWrong,
  scopeEndWrong,
  serviceScopeWrong,
  signatureMismatch,
  signatureMissing,
  signedDateMalformed,
  signedDateMissing,
} from '../../core/contract/errors.ts';
import type { ApiRequest } from '../../core/model/api-request.ts';
import {
  type Authorization,
  isPresigned,
  requireAuthorization,
  requireScope,
} from '../../core/pipeline/authorization.ts';
import type { Signable } from './authorization-of.ts';
import { readBasicTime } from './basic-time.ts';

export interface SignedRequest extends Signable {
  readonly keyId: string;
  readonly region: string;
  /** In milliseconds. */
  readonly at: number;
  /** In hexadecimal digits. */
  readonly signature: string;
  /** As the header lists them. */
  readonly signedHeaders: string;
}

export interface Expected {
  /** Host names of this service in lower case, without ports. */
  readonly hosts: ReadonlySet<string>;
  /** Absent: any. */
  readonly region?: string | undefined;
  readonly service: string;
}

export function requireSigned(request: ApiRequest, expected: Expected): SignedRequest {
  const header = requireHeader(request);
  const authorization = requireAuthorization(header);
  if (!/^[\da-f]{64}$/.test(authorization.signature)) throw authorizationIncomplete(['Signature'], header);
  const { keyId, region, date, end, ...scope } = requireScope(authorization.credential);
  if (expected.region !== undefined && region !== expected.region) throw regionInvalid();
  if (scope.service !== expected.service) throw serviceScopeWrong(expected.service);
  if (end !== 'aws4_request') throw scopeEndWrong(end);
  return {
    keyId,
    region,
    at: requireTime(request, header, date),
    signature: authorization.signature,
    signedHeaders: authorization.signedHeaders,
    method: request.method,
    path: requirePath(request),
    query: requireQuery(request),
    headers: requireHeaders(request, authorization, expected.hosts),
    body: request.body,
  };
}

function requireHeader(request: ApiRequest): string {
  const header = request.headers['authorization'];
  if (isPresigned(request)) throw presignedNotAccepted();
  if (header === undefined) throw signatureMissing();
  const [algorithm = ''] = header.trim().split(/\s/, 1);
  if (algorithm.startsWith('AWS') && algorithm !== 'AWS4-HMAC-SHA256') throw algorithmUnsupported(algorithm);
  return header;
}

function requireTime({ headers }: ApiRequest, header: string, scoped: string): number {
  const date = headers['x-amz-date'];
  if (date === undefined) throw signedDateMissing(header);
  const at = readBasicTime(date);
  if (at === undefined) throw signedDateMalformed(date);
  if (scoped !== date.slice(0, 8)) throw scopeDateWrong(scoped, date);
  return at;
}

/** The signer leaves out empty segments and follows dots, so that a request that was signed could go elsewhere. */
function requirePath({ path }: ApiRequest): string {
  if (/\/\/|\/\.\.?(\/|$)/.test(path)) throw signatureMismatch();
  return path;
}

/** Where it is not empty, parameters of the operation may stand in it. */
function requireQuery({ query }: ApiRequest): Signable['query'] {
  const byName = Map.groupBy(query, ([name]) => name);
  // The signer leaves these out, so that they could be added to a request that was signed.
  if ([...byName.keys()].some((name) => /^(__proto__|x-amz-signature)$/i.test(name))) throw signatureMismatch();
  return Object.fromEntries([...byName].map(([name, pairs]) => [name, pairs.map(([, value]) => value)]));
}

const alwaysSigned = ['Host', 'X-Amz-Date'] as const;
/** Whoever could change one of these would turn a request that was signed into another one. */
const signedIfSent = ['X-Amz-Target', 'X-Amz-Security-Token', 'Content-Type'] as const;

function requireHeaders(
  request: ApiRequest,
  { signedHeaders }: Authorization,
  hosts: Expected['hosts'],
): Signable['headers'] {
  const names = signedHeaders.split(';');
  const isSent = (name: string): boolean => request.headers[name.toLowerCase()] !== undefined;
  const unsigned = [...alwaysSigned, ...signedIfSent.filter(isSent)].find(
    (name) => !names.includes(name.toLowerCase()),
  );
  if (unsigned !== undefined) throw headerNotSigned(unsigned);
  if (!hosts.has(hostNameOf(request.viewerHost))) throw hostNotOurs(request.viewerHost);
  return Object.fromEntries(names.flatMap((name) => headerOf(request, name)));
}

/** As it was received. What is named but not there is left out, and the list that is recomputed shows it. */
function headerOf({ headers, viewerHost, body }: ApiRequest, name: string): [string, string][] {
  if (name === 'host') return [[name, viewerHost]];
  const sent = Object.hasOwn(headers, name) ? headers[name] : undefined;
  // Gateways may keep the length for themselves.
  const value = name === 'content-length' ? (sent ?? String(body.length)) : sent;
  return value === undefined ? [] : [[name, value]];
}

/** In lower case, without the port. */
function hostNameOf(host: string): string {
  return /^[^/@\\?#\s]+$/.test(host) ? (URL.parse(`http://${host}`)?.hostname ?? '') : '';
}
