/** Reads where the service is, from what people have at hand: an output of a stack, or just the address. */
import { badUsage } from './cannot-do.ts';

export interface Endpoint {
  /** Without a slash at its end. */
  readonly base: string;
  /** Of API Gateway, whose host names it. */
  readonly region?: string | undefined;
  /** Whether what is answered can be read on its way. */
  readonly isOpen: boolean;
}

const credentialsPath = '/_iam/credentials';

export function readEndpoint(text: string | undefined): Endpoint {
  if (!text) throw badUsage('Say where Millpond is, with --endpoint URL or in the variable MILLPOND_ENDPOINT.');
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw badUsage('The endpoint must be a URL such as https://abc123.execute-api.eu-west-1.amazonaws.com.');
  }
  if (url.username || url.password || url.search || url.hash) {
    throw badUsage('The endpoint must be a URL without user, query and fragment.');
  }
  const path = url.pathname.replace(/\/*$/, '');
  const prefix = path.endsWith(credentialsPath) ? path.slice(0, -credentialsPath.length) : path;
  return {
    base: `${url.origin}${prefix}`,
    region: regionOfHost(url.hostname),
    isOpen: url.protocol === 'http:' && !isLoopback(url.hostname),
  };
}

export const urlOf = ({ base }: Endpoint, action: string): string => `${base}/_iam/${action}`;

function regionOfHost(host: string): string | undefined {
  return /\.execute-api\.([a-z\d-]+)\.(?:amazonaws\.com(?:\.cn)?|api\.aws|api\.amazonwebservices\.com\.cn)$/.exec(
    host,
  )?.[1];
}

const isLoopback = (host: string): boolean => /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/.test(host);
