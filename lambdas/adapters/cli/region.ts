/** Settles the region that requests are signed for. */
import { failed } from './cannot-do.ts';
import type { Endpoint } from './endpoint.ts';

export interface RegionSources {
  /** As the option says. */
  readonly said?: string | undefined;
  readonly endpoint: Endpoint;
  readonly profile?: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export async function findRegion({ said, endpoint, profile, environment }: RegionSources): Promise<string | undefined> {
  const known = said ?? endpoint.region ?? (environment['AWS_REGION'] || environment['AWS_DEFAULT_REGION']);
  return known || (await regionOfProfile(profile));
}

export function requireRegion(found: string | undefined): string {
  if (found === undefined) {
    throw failed('The region to sign for is not known: say it with --region, or set AWS_REGION.');
  }
  // It becomes part of a host name.
  if (!/^[a-z\d-]{1,32}$/.test(found)) throw failed('The region to sign for is not written as regions are.');
  return found;
}

/** As every client of the SDK reads it; this one is asked for nothing else. */
async function regionOfProfile(profile: string | undefined): Promise<string | undefined> {
  const { KMSClient } = await import('@aws-sdk/client-kms');
  const { config } = new KMSClient(profile === undefined ? {} : { profile });
  return config.region().catch(() => undefined);
}
