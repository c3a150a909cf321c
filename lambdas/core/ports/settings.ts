/** What the deployment was told about itself. */
export interface Settings {
  /** Base of issuer URLs without a trailing slash; a pool's issuer is `<issuerBase>/<poolId>`. */
  readonly issuerBase: string;
}
