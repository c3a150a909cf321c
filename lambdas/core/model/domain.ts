/** A name that the pages and OAuth endpoints of a pool stand under. */

export interface Domain {
  /** A prefix below the deployment's own name, or a whole host name. */
  readonly name: string;
  readonly poolId: string;
  /** 1 is the classic hosted UI. */
  readonly managedLoginVersion: 1 | 2;
  /** Of a whole host name alone. */
  readonly certificate?: DomainCertificate | undefined;
  readonly routing?: DomainRouting | undefined;
  readonly modifiedAt: number;
}

/** In the API's own words. */
export interface DomainCertificate {
  readonly CertificateArn: string;
  readonly SecurityPolicy?: 'TLS_V1' | 'TLS_V1_2_2021' | 'TLS_V1_3_2025' | undefined;
}

/** In the API's own words. */
export interface DomainRouting {
  readonly Failover?: { readonly SecondaryRegion: string; readonly PrimaryRoute53HealthCheckId: string } | undefined;
}

/** Whether it is a host name of its owner's; a pool has one of each kind at most. */
export const isCustom = ({ certificate }: Pick<Domain, 'certificate'>): boolean => certificate !== undefined;
