/** Shapes that several operations of the account room share. */
import { s } from '../core/contract/shape.ts';
import { text } from '../core/contract/shapes/text.ts';
import { attributeName, deliveryMedium } from '../core/contract/shapes/users.ts';

export const deviceSecretVerifierConfig = s.structure({ PasswordVerifier: s.optional(text), Salt: s.optional(text) });

export const secretHash = s.secret(s.string({ min: 1, max: 128, pattern: String.raw`[\w+=/]+` }));
export const confirmationCode = s.string({ min: 1, max: 2048, pattern: String.raw`[\S]+` });
export const codeDeliveryDetails = s.structure({
  Destination: s.optional(text),
  DeliveryMedium: s.optional(deliveryMedium),
  AttributeName: s.optional(attributeName),
});

export const webAuthnCredentialDescription = s.structure({
  CredentialId: text,
  FriendlyCredentialName: text,
  RelyingPartyId: text,
  AuthenticatorAttachment: s.optional(s.string()),
  AuthenticatorTransports: s.list(s.string()),
  CreatedAt: s.timestamp(),
});
