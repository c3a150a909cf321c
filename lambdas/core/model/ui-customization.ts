/** The CSS and the logo of the classic pages. */

export interface UiCustomization {
  readonly poolId: string;
  /** Of the client whose pages these are, or `everyClient`. */
  readonly clientId: string;
  readonly css?: string | undefined;
  readonly logo?: Logo | undefined;
  readonly createdAt: number;
  readonly modifiedAt: number;
  /** Counts writes, kept by the store: a save succeeds only on the version it was decided on. */
  readonly version: number;
}

export interface Logo {
  readonly type: 'PNG' | 'JPEG';
  readonly bytes: Uint8Array;
}

/** In the place of a client's id: for all that have nothing of their own. */
export const everyClient = 'ALL';
