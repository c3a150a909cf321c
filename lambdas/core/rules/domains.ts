/** The host that every domain of a deployment leads to. */
import type { Settings } from '../ports/settings.ts';

/** What a host name of one's own becomes an alias of; an alias has no port. */
export const deploymentHost = ({ issuerBase }: Pick<Settings, 'issuerBase'>): string => new URL(issuerBase).hostname;

/** The host that the pages of a pool stand under, by the prefix that it has. */
export const prefixHost = (settings: Pick<Settings, 'issuerBase'>, prefix: string): string =>
  `${prefix}.${deploymentHost(settings)}`;

/** Where pages stand, without a trailing slash: for now under the deployment's own name, whichever domains a pool has. */
export const pagesBase = ({ issuerBase }: Pick<Settings, 'issuerBase'>): string => issuerBase;
