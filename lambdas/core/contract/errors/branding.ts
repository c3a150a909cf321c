/** Refusals about how pages look: CSS and logos, styles and their images, terms. */

import { invalidParameter } from './pools.ts';
import { constraintsViolated } from './protocol.ts';
import { Refusal } from './refusal.ts';

// CSS and logos of the classic pages

/** Something that may not be in it, or that is not CSS. */
export const cssInvalid = (line: number): Refusal => invalidParameter(`The CSS in line ${line} is invalid`);

export const cssClassUnknown = (selector: string): Refusal =>
  new Refusal(
    'InvalidParameterException',
    `The CSS class ${selector} is not in the list of allowed classes.`,
    'recorded',
  );

export const logoInvalid = (): Refusal => invalidParameter('ImageFile must be a PNG or a JPEG image.');

export const logoTooLarge = (limit: number): Refusal => invalidParameter(`ImageFile may take ${limit} bytes.`);

// Styles of the managed pages

export const styleNotFound = (): Refusal =>
  new Refusal('ResourceNotFoundException', 'ManagedLoginBranding does not exist.', 'recorded');

export const styleOfClientNotFound = (clientId: string): Refusal =>
  new Refusal('ResourceNotFoundException', `ManagedLoginBranding for client ${clientId} does not exist.`, 'recorded');

export const styleExists = (clientId: string): Refusal =>
  new Refusal(
    'ManagedLoginBrandingExistsException',
    `A ManagedLoginBranding already exists for client ${clientId}`,
    'recorded',
  );

export const styleBeingChanged = (): Refusal =>
  new Refusal('ConcurrentModificationException', 'The ManagedLoginBranding is being changed by another request.');

export const styleSourceAmbiguous = (): Refusal =>
  new Refusal(
    'InvalidParameterException',
    'useCognitoProvidedValues or settings should be specified (but not both)',
    'recorded',
  );

/** Of an operation whose model does not ask for the member, although nothing can be done without it. */
export const memberMissing = (path: string): Refusal =>
  constraintsViolated([`Value null at '${path}' failed to satisfy constraint: Member must not be null`]);

/** `path` leads there from `settings`; `expected` says what belongs there. */
export const styleSettingInvalid = (path: string, expected: string): Refusal =>
  invalidParameter(`The value at ${path} is invalid: ${expected} is expected.`);

export const styleSettingUnknown = (path: string): Refusal => invalidParameter(`The settings have no ${path}.`);

// Images of styles

export const assetEmpty = (category: string): Refusal => invalidParameter(`The asset ${category} has no Bytes.`);

export const assetRepeated = (category: string): Refusal =>
  invalidParameter(`The asset ${category} is given twice for one ColorMode and ResourceId.`);

export const assetExtensionInvalid = (category: string, extension: string): Refusal =>
  invalidParameter(`The asset ${category} cannot have the extension ${extension}.`);

export const assetContentInvalid = (category: string, extension: string): Refusal =>
  invalidParameter(`The Bytes of the asset ${category} are no ${extension} image.`);

export const tooManyAssets = (limit: number): Refusal => invalidParameter(`A style has at most ${limit} assets.`);

export const assetsTooLarge = (limit: number): Refusal =>
  invalidParameter(`All assets of a style may take ${limit} bytes together.`);

export const styleRequestTooLarge = (limit: number): Refusal =>
  invalidParameter(`Settings and assets of a request may take ${limit} bytes together.`);

// Terms

export const termsNotFound = (): Refusal => new Refusal('ResourceNotFoundException', 'Terms do not exist.');

export const termsOfClientNotFound = (clientId: string, name: string): Refusal =>
  new Refusal('ResourceNotFoundException', `Terms ${name} for client ${clientId} do not exist.`);

export const termsExist = (clientId: string, name: string): Refusal =>
  new Refusal('TermsExistsException', `Terms ${name} already exist for client ${clientId}`);

export const termsBeingChanged = (): Refusal =>
  new Refusal('ConcurrentModificationException', 'The terms are being changed by another request.');

export const termsLinksMissing = (): Refusal => invalidParameter('Links are required when TermsSource is LINK.');

export const termsLinkInvalid = (language: string): Refusal =>
  invalidParameter(`The link for ${language} must be an absolute URL with the scheme https or http.`);
