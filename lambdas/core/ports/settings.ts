/** What the deployment was told about itself. */
import type { Quotas } from '../model/quota.ts';
import type { Rates } from '../model/request-rate.ts';

export interface Settings {
  /** Base of issuer URLs without a trailing slash; a pool's issuer is `<issuerBase>/<poolId>`. */
  readonly issuerBase: string;
  /** The account that ARNs name; `000000000000` when it was told none. */
  readonly account?: string | undefined;
  /** `aws` when it was told none. */
  readonly partition?: string | undefined;
  /** The region of requests that are not signed for one; `us-east-1` when it was told none. */
  readonly region?: string | undefined;
  /** Whether parts of a domain's prefix may be `aws`, `amazon` or `cognito`, which Amazon keeps for itself. */
  readonly allowReservedPrefixes?: boolean | undefined;
  /** Whether certificates of custom domains must be of us-east-1, as they must on AWS; elsewhere they have no region. */
  readonly requireUsEast1Certificates?: boolean | undefined;
  /** Where there may be more or fewer of something than usual. */
  readonly quotas?: Partial<Quotas> | undefined;
  /** Where there may be more or fewer requests of a category in a second than usual; absent, they are not counted. */
  readonly rates?: Partial<Rates> | undefined;
  /** What an account can raise a rate to, where it is not the usual. */
  readonly maximumRates?: Partial<Rates> | undefined;
}
