/** What the deployment was told about itself. */
import type { Quotas } from '../model/quota.ts';

export interface Settings {
  /** Base of issuer URLs without a trailing slash; a pool's issuer is `<issuerBase>/<poolId>`. */
  readonly issuerBase: string;
  /** The account that ARNs name; `000000000000` when it was told none. */
  readonly account?: string | undefined;
  /** `aws` when it was told none. */
  readonly partition?: string | undefined;
  /** The region of requests that are not signed for one; `us-east-1` when it was told none. */
  readonly region?: string | undefined;
  /** Where there may be more or fewer of something than usual. */
  readonly quotas?: Partial<Quotas> | undefined;
}
