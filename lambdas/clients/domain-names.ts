/** Which names a new domain may have. */
import { customDomainInvalid, domainNameInvalid, domainReserved } from '../core/contract/errors.ts';
import type { Settings } from '../core/ports/settings.ts';
import { deploymentHost } from '../core/rules/domains.ts';

/** As a part of a host name (RFC 1123, 2.1), in the one case that names are kept in. */
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

const reservedWords = ['aws', 'amazon', 'cognito'];

/** It stands before the name of the deployment, where a dot would make it two parts. */
export function requirePrefix({ allowReservedPrefixes }: Settings, name: string): void {
  if (!label.test(name)) throw domainNameInvalid();
  const reserved = name.split('-').find((word) => reservedWords.includes(word));
  if (reserved !== undefined && !allowReservedPrefixes) throw domainReserved(reserved);
}

/**
 * A request is for the pool whose host name it carries, so nobody may take a name that requests for others carry: that of
 * the deployment, that of the machine itself, and addresses, which the last part tells from names (RFC 1123, 2.1).
 */
export function requireHostName(settings: Settings, name: string): void {
  const labels = name.split('.');
  if (!/^[a-z0-9.-]+$/.test(name)) throw domainNameInvalid();
  const last = labels.at(-1) ?? '';
  const isName = labels.length > 1 && labels.every((part) => label.test(part)) && /^[a-z]/.test(last);
  if (!isName || last === 'localhost' || name === deploymentHost(settings)) throw customDomainInvalid();
}
