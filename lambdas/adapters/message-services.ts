/** What sending through SES and through SNS has in common: a client for each region, failures that give nobody away. */
import { DeliveryFailed } from '../core/ports/messenger.ts';

/** For every client; an API call may take 29 s in all. */
export const patience = {
  maxAttempts: 3,
  requestHandler: {
    connectionTimeout: 1000,
    requestTimeout: 3000,
    // Without it an overdue request is reported and waited for.
    throwOnRequestTimeout: true,
  },
} as const;

/** Pools may name any region, so only so many clients are kept. */
const mostClients = 10;

/** What sends in a region; made at its first use, in the function's own region where none is named. */
export function inRegions<T>(open: (region: { readonly region?: string }) => Promise<T>) {
  const opened = new Map<string, Promise<T>>();
  return (region = ''): Promise<T> => {
    const known = opened.get(region);
    if (known !== undefined) return known;
    const opening = open(region === '' ? {} : { region: requireRegion(region) });
    const [eldest] = opened.keys();
    if (opened.size >= mostClients && eldest !== undefined) opened.delete(eldest);
    opened.set(region, opening);
    opening.catch(() => opened.delete(region));
    return opening;
  };
}

/** It becomes part of a host name to which signed requests go. */
function requireRegion(region: string): string {
  if (!/^[a-z]{2,8}(?:-[a-z]{2,16}){1,3}-\d{1,2}$/.test(region)) {
    throw new DeliveryFailed('The pool sends through something that is not a region.');
  }
  return region;
}

/** The service's own words name recipients and senders, so only its codes are passed on. */
export function notTaken(service: string) {
  return (error: unknown): never => {
    // Every error of the SDK has these members or lacks them.
    const { name = '', $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
    const codes = [/^\w{1,64}$/.test(name) ? name : 'Error', $metadata?.httpStatusCode];
    const told = codes.filter((code) => code !== undefined).join(' ');
    throw new DeliveryFailed(`${service} did not take the message (${told}).`);
  };
}
