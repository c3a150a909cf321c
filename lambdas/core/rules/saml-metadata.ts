/** What the metadata of a SAML identity provider says about where it is (SAML 2.0 Metadata, 2.4.3). */
import { samlMetadataUnreadable, samlRedirectMissing } from '../contract/errors.ts';
import { type XmlElement, xmlElements } from './xml-elements.ts';

export interface SamlMetadata {
  readonly entityId: string;
  /** Where people are sent to sign in, by a redirect. */
  readonly signOn: string;
  /** Where they are sent to sign out, if the provider has such a place. */
  readonly logout?: string | undefined;
}

const redirect = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';

export function requireSamlMetadata(document: string): SamlMetadata {
  const elements = xmlElements(document);
  const [root] = elements ?? [];
  const entityId = root?.attributes.get('entityID');
  if (!elements || root?.path !== 'EntityDescriptor' || !entityId) throw samlMetadataUnreadable();
  const signOn = findLocation(elements, 'SingleSignOnService');
  if (!signOn) throw samlRedirectMissing();
  return { entityId, signOn, logout: findLocation(elements, 'SingleLogoutService') };
}

/** The first one counts, as with the endpoints of any role. */
function findLocation(elements: readonly XmlElement[], service: string): string | undefined {
  const path = `EntityDescriptor/IDPSSODescriptor/${service}`;
  const endpoint = elements.find((each) => each.path === path && each.attributes.get('Binding') === redirect);
  return endpoint?.attributes.get('Location');
}
