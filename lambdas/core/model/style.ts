/** How the managed pages of one app client look: settings in the API's own words, and images. */

export interface Style {
  readonly poolId: string;
  /** UUID version 4. */
  readonly id: string;
  readonly clientId: string;
  /** Absent: everything is as the service has it. */
  readonly settings?: StyleSettings | undefined;
  readonly assets: readonly Asset[];
  readonly createdAt: number;
  readonly modifiedAt: number;
  /** Counts writes, kept by the store: a save succeeds only on the version it was decided on. */
  readonly version: number;
}

export type StyleValue = boolean | number | string | readonly StyleValue[] | StyleSettings;

export interface StyleSettings {
  readonly [member: string]: StyleValue;
}

/** One image; no other of the style has the same category, colour mode and resource. */
export interface Asset {
  readonly category: AssetCategory;
  readonly colorMode: 'LIGHT' | 'DARK' | 'DYNAMIC';
  readonly extension: AssetExtension;
  readonly resourceId?: string | undefined;
  readonly bytes: Uint8Array;
  /** Where the store keeps the bytes; absent until it does. */
  readonly place?: AssetPlace | undefined;
}

export type AssetExtension = 'ICO' | 'JPEG' | 'PNG' | 'SVG' | 'WEBP';

export type AssetCategory =
  | 'FAVICON_ICO'
  | 'FAVICON_SVG'
  | 'EMAIL_GRAPHIC'
  | 'SMS_GRAPHIC'
  | 'AUTH_APP_GRAPHIC'
  | 'PASSWORD_GRAPHIC'
  | 'PASSKEY_GRAPHIC'
  | 'PAGE_HEADER_LOGO'
  | 'PAGE_HEADER_BACKGROUND'
  | 'PAGE_FOOTER_LOGO'
  | 'PAGE_FOOTER_BACKGROUND'
  | 'PAGE_BACKGROUND'
  | 'FORM_BACKGROUND'
  | 'FORM_LOGO'
  | 'IDP_BUTTON_ICON';

/** Never given to anything else, not even after it was deleted. */
export interface AssetPlace {
  /** Of all that came with one write. */
  readonly upload: string;
  /** Among them. */
  readonly number: number;
  /** How many rows the bytes take. */
  readonly parts: number;
}
