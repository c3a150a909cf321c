/** What all services that send have in common: a client for each place, failures that give nobody away. */
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

/** Pools may name any region and any role, so only so many clients are kept. */
const mostClients = 10;

/** What sends from a place; made at its first use there. `nameOf` tells places apart. */
export function keptFor<Place, T>(nameOf: (place: Place) => string, open: (place: Place) => Promise<T>) {
  const opened = new Map<string, Promise<T>>();
  return (place: Place): Promise<T> => {
    const name = nameOf(place);
    const known = opened.get(name);
    if (known !== undefined) return known;
    const opening = open(place);
    const [eldest] = opened.keys();
    if (opened.size >= mostClients && eldest !== undefined) opened.delete(eldest);
    opened.set(name, opening);
    opening.catch(() => opened.delete(name));
    return opening;
  };
}

export interface RegionOption {
  readonly region?: string;
}

/** What sends in a region; the function's own region where none is named. */
export function inRegions<T>(open: (region: RegionOption) => Promise<T>) {
  const senderIn = keptFor(String, async (region: string) => open(regionOption(region)));
  return (region = ''): Promise<T> => senderIn(region);
}

/** For the settings of a client. */
export const regionOption = (region = ''): RegionOption => (region === '' ? {} : { region: requireRegion(region) });

/** It becomes part of a host name to which signed requests go. */
function requireRegion(region: string): string {
  if (!/^[a-z]{2,8}(?:-[a-z]{2,16}){1,3}-\d{1,2}$/.test(region)) {
    throw new DeliveryFailed('The pool sends through something that is not a region.');
  }
  return region;
}

/** As errors of the SDK are, or not at all. */
export interface ServiceError {
  readonly name?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** In the words of all these services: whoever asked may not. */
const isDenied = ({ name = '' }: ServiceError): boolean => /^(?:AccessDenied|AuthorizationError)/.test(name);

/**
 * The service's own words name recipients and senders, so only its codes are passed on. `isClosed` says of which errors it is
 * the way that is closed, and not this message that is refused.
 */
export function notTaken(service: string, isClosed: (error: ServiceError) => boolean = isDenied) {
  return (error: unknown): never => {
    if (error instanceof DeliveryFailed) throw error;
    // Every error of the SDK has these members or lacks them.
    const given = Object(error) as ServiceError;
    const failure = `${service} did not take the message (${codesOf(given)}).`;
    throw new DeliveryFailed(failure, { obstacle: isClosed(given) ? 'permission' : undefined });
  };
}

/** The name of the error, and the status where there is one. */
function codesOf({ name = '', $metadata }: ServiceError): string {
  const codes = [/^\w{1,64}$/.test(name) ? name : 'Error', $metadata?.httpStatusCode];
  return codes.filter((code) => code !== undefined).join(' ');
}

/** By which a role was not let in. */
export const notAssumed = (error: unknown): never => {
  const given = Object(error) as ServiceError;
  const failure = `The role of the pool could not be taken on (${codesOf(given)}).`;
  throw new DeliveryFailed(failure, { obstacle: isDenied(given) ? 'role' : undefined });
};
