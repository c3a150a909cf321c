/** Clients of AWS for what pools name: one for each place, made at its first use there. */
import { DeliveryFailed } from '../core/ports/messenger.ts';

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
