/** Keeps codes from web pages and other machines: who may reach the outbox. */
import { isIP } from 'node:net';
import { isLoopback } from './start-settings.ts';

export interface OutboxRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly remoteAddress: string | undefined;
  /** Aborts when the caller goes away. */
  readonly signal?: AbortSignal | undefined;
}

export interface GuardRules {
  readonly isPublic: boolean;
  /** Names of this machine beside `localhost` and addresses. */
  readonly hostnames: readonly string[];
}

/** Why the request is turned away; `undefined` lets it in. */
export function findObjection(request: OutboxRequest, rules: GuardRules): string | undefined {
  if (!rules.isPublic && !isFromHere(request)) return 'The outbox answers this machine only.';
  // A page whose own name was pointed at this address (DNS rebinding) sends that name.
  if (!isNameOfHere(request, rules)) return 'The outbox does not answer under this host name.';
  if (!isFromOwnPage(request)) return 'The outbox does not answer other sites.';
  return undefined;
}

/** A proxy or tunnel on this machine connects from here, but speaks for somebody else. */
function isFromHere({ remoteAddress, headers }: OutboxRequest): boolean {
  const relayed = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];
  return isLoopback(remoteAddress ?? '') && relayed.every((name) => headers[name] === undefined);
}

/** An address cannot be pointed elsewhere, and browsers keep `localhost` to this machine. */
function isNameOfHere({ headers }: OutboxRequest, { hostnames }: GuardRules): boolean {
  const name = hostnameOf(headers['host']);
  return name !== undefined && (isIP(name) !== 0 || /^(.+\.)?localhost$/.test(name) || hostnames.includes(name));
}

function hostnameOf(host: string | readonly string[] | undefined): string | undefined {
  if (typeof host !== 'string' || !/^[^/@\\?#\s]+$/.test(host)) return undefined;
  return URL.parse(`http://${host}`)?.hostname.replace(/^\[(.*)\]$/, '$1');
}

/** Browsers say where a request comes from (Fetch Metadata, Origin); programs say nothing. */
function isFromOwnPage({ headers }: OutboxRequest): boolean {
  const { host, origin } = headers;
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) return false;
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none' || isVisit(headers);
}

/** A link that opens a whole page shows nothing to the site that holds the link; the answer forbids frames. */
function isVisit(headers: OutboxRequest['headers']): boolean {
  return headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}
