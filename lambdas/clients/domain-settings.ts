/** What a domain may be told: which pages it shows, and the certificate of a host name of its own. */
import { certificateRefused, managedLoginNotInTier, managedLoginVersionUnknown } from '../core/contract/errors.ts';
import type { Domain, DomainCertificate } from '../core/model/domain.ts';
import type { Pool } from '../core/model/pool.ts';
import type { Settings } from '../core/ports/settings.ts';
import { isTierAtLeast, tierOf } from '../core/rules/tiers.ts';

/** The newer pages are for the upper plans. */
export function requireManagedLogin({ settings }: Pool, version: number): Domain['managedLoginVersion'] {
  if (version !== 1 && version !== 2) throw managedLoginVersionUnknown();
  if (version === 2 && !isTierAtLeast(settings, 'ESSENTIALS')) throw managedLoginNotInTier(tierOf(settings));
  return version;
}

export function requireCertificate({ requireUsEast1Certificates }: Settings, certificate: DomainCertificate): void {
  const [, , , region] = certificate.CertificateArn.split(':');
  if (requireUsEast1Certificates && region !== 'us-east-1') throw certificateRefused();
}
