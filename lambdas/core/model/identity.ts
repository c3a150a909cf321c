/** An account at an identity provider that leads to a user of the pool. */
import type { ProviderType } from './identity-provider.ts';

export interface Identity {
  readonly providerName: string;
  readonly providerType: ProviderType;
  /** The entity id of a SAML provider, where it is known. */
  readonly issuer?: string | undefined;
  /** What the provider calls the account. Until a link is first used, the value that it was made by. */
  readonly userId: string;
  /** Of the account that a user came from, and not of one that was linked. */
  readonly primary: boolean;
  readonly dateCreated: number;
  /** The attribute that a link was made by: absent, if it is the provider's subject or has been replaced by it. */
  readonly attribute?: string | undefined;
}
