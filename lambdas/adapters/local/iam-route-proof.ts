/**
 * Reads a signed request to STS that proves who somebody is. It is passed on, so it may be nothing else than
 * GetCallerIdentity at an STS host; and it must be made for this service, so that nobody can pass on here what they
 * received elsewhere. What STS and this check could read differently is refused.
 */
import { decode } from '../../core/contract/decode.ts';
import { constraintsViolated, proofNotAccepted } from '../../core/contract/errors.ts';
import { isObject } from '../../core/contract/is-object.ts';
import { s, type Value } from '../../core/contract/shape.ts';
import { violations } from '../../core/contract/validate.ts';
import { readBasicTime } from '../sigv4/basic-time.ts';
import { stsHosts } from './sts-hosts.ts';

export interface Proof {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ProofRules {
  readonly serverIds: readonly string[];
  readonly now: number;
}

const text = (max: number) => s.secret(s.string({ max }));

const shape = s.structure({
  Method: s.oneOf('GET', 'POST'),
  Url: text(8192),
  Headers: s.map(s.string({ min: 1, max: 64 }), text(8192), { max: 10 }),
  Body: s.optional(text(128)),
});

export function requireProof(given: unknown, { serverIds, now }: ProofRules): Proof {
  const { Method: method, Url: url, Headers, Body: body = '' } = requireShape(given);
  const query = requireUrl(url);
  const headers = requireHeaders(Headers);
  requireAction(method, query, body);
  const { signedHeaders, date } = requireSignature(headers, query);
  if (!signedHeaders.includes(serverHeader) || !signedHeaders.includes('host')) {
    throw proofNotAccepted(`it does not sign ${serverHeader} and host`);
  }
  if (!serverIds.includes(headers[serverHeader] ?? '')) throw proofNotAccepted('it is made for another server');
  requireYoung(date, now);
  // What names the host, and how long the body is, is said by whoever sends it.
  const { host: _, 'content-length': __, ...passedOn } = headers;
  return { method, url, headers: passedOn, body };
}

const serverHeader = 'x-millpond-server-id';

function requireShape(given: unknown): Value<typeof shape> {
  const stray = isObject(given) && Object.keys(given).some((name) => !Object.hasOwn(shape.members, name));
  if (stray) throw proofNotAccepted('its members are Method, Url, Headers and Body');
  const decoded = decode(shape, given);
  const found = violations(shape, decoded);
  if (found.length > 0) throw constraintsViolated(found);
  // Every bound of the shape holds.
  return decoded as Value<typeof shape>;
}

type Query = ReadonlyMap<string, string>;

/** Letter for letter: neither port nor user, nor anything that two readers could read in two ways. */
function requireUrl(url: string): Query {
  const [, host = '', query = ''] = /^https:\/\/([a-z\d.-]+)\/(?:\?([\w.~%&=+-]*))?$/.exec(url) ?? [];
  if (!stsHosts.has(host)) throw proofNotAccepted('its address is none of STS');
  return requirePairs(query);
}

function requirePairs(form: string): Query {
  const pairs = form === '' ? [] : form.split('&').map((pair): [string, string] => splitPair(pair));
  const query = new Map(pairs);
  if (query.size < pairs.length || pairs.some(([name]) => !known.has(name))) {
    throw proofNotAccepted('it has parameters that GetCallerIdentity does not need');
  }
  return query;
}

function splitPair(pair: string): [string, string] {
  const [name = '', value, ...others] = pair.split('=');
  if (value === undefined || others.length > 0) throw proofNotAccepted('its parameters cannot be read');
  try {
    return [name, decodeURIComponent(value)];
  } catch {
    throw proofNotAccepted('its parameters cannot be read');
  }
}

const asking = ['Action', 'Version'] as const;
const signing = [
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Date',
  'X-Amz-Expires',
  'X-Amz-Security-Token',
  'X-Amz-SignedHeaders',
  'X-Amz-Signature',
] as const;
const known: ReadonlySet<string> = new Set([...asking, ...signing]);

const passable: ReadonlySet<string> = new Set([
  'authorization',
  'content-length',
  'content-type',
  'host',
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-security-token',
  serverHeader,
]);

function requireHeaders(given: Readonly<Partial<Record<string, string>>>): Readonly<Record<string, string>> {
  const pairs = Object.entries(given).map(([name, value = '']): [string, string] => [name.toLowerCase(), value]);
  const headers = Object.fromEntries(pairs);
  if (Object.keys(headers).length < pairs.length || pairs.some(([name]) => !passable.has(name))) {
    throw proofNotAccepted('it has headers that GetCallerIdentity does not need');
  }
  if (pairs.some(([, value]) => !/^[\x20-\x7e]*$/.test(value))) throw proofNotAccepted('its headers cannot be read');
  return headers;
}

/** In one place, and nowhere else. */
function requireAction(method: Proof['method'], query: Query, body: string): void {
  const inBody = requirePairs(body);
  const isPlain = ![...inBody.keys()].some((name) => name.startsWith('X-Amz-'));
  const [asked, silent] = method === 'GET' ? [query, inBody] : [inBody, query];
  const isAlone = asking.every((name) => !silent.has(name)) && (method === 'POST' || body === '');
  if (!isPlain || !isAlone || asked.get('Action') !== 'GetCallerIdentity' || asked.get('Version') !== '2011-06-15') {
    throw proofNotAccepted('it does not ask for GetCallerIdentity alone');
  }
}

interface SignedBy {
  readonly signedHeaders: readonly string[];
  readonly date: string;
}

const headerForm =
  /^AWS4-HMAC-SHA256 Credential=[A-Z\d]+\/\d{8}\/[a-z\d-]+\/sts\/aws4_request, ?SignedHeaders=([a-z\d;-]+), ?Signature=[\da-f]{64}$/;

/** By header or by query. With parts of both, nobody could say which of them STS looks at. */
function requireSignature(headers: Proof['headers'], query: Query): SignedBy {
  const { authorization, 'x-amz-date': date } = headers;
  const inQuery = signing.filter((name) => query.has(name));
  if (authorization !== undefined && date !== undefined && inQuery.length === 0) {
    const [, list] = headerForm.exec(authorization) ?? [];
    if (list !== undefined) return { signedHeaders: list.split(';'), date };
  }
  if (authorization === undefined && date === undefined && headers['x-amz-security-token'] === undefined) {
    const [list, at] = [query.get('X-Amz-SignedHeaders'), query.get('X-Amz-Date')];
    const isUsual = query.get('X-Amz-Algorithm') === 'AWS4-HMAC-SHA256' && query.has('X-Amz-Signature');
    if (isUsual && at !== undefined && list !== undefined && /^[a-z\d;-]+$/.test(list)) {
      return { signedHeaders: list.split(';'), date: at };
    }
  }
  throw proofNotAccepted('it is not signed as requests to STS are');
}

const minute = 60_000;

function requireYoung(date: string, now: number): void {
  const at = readBasicTime(date);
  if (at === undefined || at < now - 15 * minute || at > now + 5 * minute) {
    throw proofNotAccepted('it is older than fifteen minutes, or the clocks differ');
  }
}
