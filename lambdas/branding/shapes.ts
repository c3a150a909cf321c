/** Shapes that several operations of the branding room share. */
import { s } from '../core/contract/shape.ts';
import { clientId, poolId } from '../core/contract/shapes/identifiers.ts';

const assetCategory = s.oneOf(
  'FAVICON_ICO',
  'FAVICON_SVG',
  'EMAIL_GRAPHIC',
  'SMS_GRAPHIC',
  'AUTH_APP_GRAPHIC',
  'PASSWORD_GRAPHIC',
  'PASSKEY_GRAPHIC',
  'PAGE_HEADER_LOGO',
  'PAGE_HEADER_BACKGROUND',
  'PAGE_FOOTER_LOGO',
  'PAGE_FOOTER_BACKGROUND',
  'PAGE_BACKGROUND',
  'FORM_BACKGROUND',
  'FORM_LOGO',
  'IDP_BUTTON_ICON',
);
const assetType = s.structure({
  Category: assetCategory,
  ColorMode: s.oneOf('LIGHT', 'DARK', 'DYNAMIC'),
  Extension: s.oneOf('ICO', 'JPEG', 'PNG', 'SVG', 'WEBP'),
  Bytes: s.optional(s.blob({ max: 1000000 })),
  ResourceId: s.optional(s.string({ min: 1, max: 40, pattern: String.raw`^[\w\- ]+$` })),
});

export const assets = s.list(assetType, { max: 40 });
export const managedLoginBrandingId = s.string({
  pattern: '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[4][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$',
});
export const managedLoginBrandingType = s.structure({
  ManagedLoginBrandingId: s.optional(managedLoginBrandingId),
  UserPoolId: s.optional(poolId),
  UseCognitoProvidedValues: s.optional(s.boolean()),
  Settings: s.optional(s.document()),
  Assets: s.optional(assets),
  CreationDate: s.optional(s.timestamp()),
  LastModifiedDate: s.optional(s.timestamp()),
});

export const termsName = s.string({ pattern: '^(terms-of-use|privacy-policy)$' });
export const termsSource = s.oneOf('LINK');
export const termsEnforcement = s.oneOf('NONE');
const languageId = s.string({
  pattern:
    '^cognito:(default|dutch|english|french|spanish|german|bahasa-indonesia|italian|japanese|korean|portuguese-brazil|chinese-(simplified|traditional))$',
});
const linkUrl = s.string({ min: 1, max: 1024, pattern: String.raw`^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$` });
export const links = s.map(languageId, linkUrl, { min: 1, max: 13 });
export const termsId = s.string({
  pattern: '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[4][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$',
});
export const termsType = s.structure({
  TermsId: termsId,
  UserPoolId: poolId,
  ClientId: clientId,
  TermsName: termsName,
  TermsSource: termsSource,
  Enforcement: termsEnforcement,
  Links: links,
  CreationDate: s.timestamp(),
  LastModifiedDate: s.timestamp(),
});

export const css = s.string({ max: 131072 });
export const uiCustomizationType = s.structure({
  UserPoolId: s.optional(poolId),
  ClientId: s.optional(clientId),
  ImageUrl: s.optional(s.string()),
  CSS: s.optional(css),
  CSSVersion: s.optional(s.string()),
  LastModifiedDate: s.optional(s.timestamp()),
  CreationDate: s.optional(s.timestamp()),
});

export const termsDescription = s.structure({
  TermsId: termsId,
  TermsName: termsName,
  Enforcement: termsEnforcement,
  CreationDate: s.timestamp(),
  LastModifiedDate: s.timestamp(),
});
