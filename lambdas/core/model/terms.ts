/** Terms of use, or a privacy policy, that people of an app client are shown. */

/** A client has one of each at most. */
export const termsNames = ['terms-of-use', 'privacy-policy'] as const;

export interface Terms {
  readonly poolId: string;
  /** UUID version 4. */
  readonly id: string;
  readonly clientId: string;
  /** One of `termsNames`. */
  readonly name: string;
  readonly source: 'LINK';
  readonly enforcement: 'NONE';
  /** Where to read them, by language; `cognito:default` stands for all that are not there. */
  readonly links: Readonly<Partial<Record<string, string>>>;
  readonly createdAt: number;
  readonly modifiedAt: number;
  /** Counts writes, kept by the store: a save succeeds only on the version it was decided on. */
  readonly version: number;
}
