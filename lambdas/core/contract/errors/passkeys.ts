/** Refusals about passkeys: their names are documented, their texts are assumed. */

import { invalidParameter } from './pools.ts';
import { Refusal } from './refusal.ts';

export const passkeysNotEnabled = (): Refusal =>
  new Refusal('WebAuthnNotEnabledException', 'Passkeys are not enabled for this user pool.');

export const passkeysNotConfigured = (): Refusal =>
  new Refusal(
    'WebAuthnConfigurationMissingException',
    'The user pool has neither a relying party id nor a domain for passkeys.',
  );

export const passkeyUnreadable = (): Refusal => invalidParameter('Credential is not a readable registration response.');

export const passkeyTaken = (): Refusal => invalidParameter('Credential is registered already.');

export const passkeyChallengeNotFound = (): Refusal =>
  new Refusal('WebAuthnChallengeNotFoundException', 'There is no pending registration for this challenge.');

export const passkeyClientMismatch = (): Refusal =>
  new Refusal('WebAuthnClientMismatchException', 'The registration was started through another client.');

export const passkeyOriginNotAllowed = (): Refusal =>
  new Refusal('WebAuthnOriginNotAllowedException', 'The origin of the credential is not allowed.');

export const passkeyRelyingPartyMismatch = (): Refusal =>
  new Refusal('WebAuthnRelyingPartyMismatchException', 'The credential is for another relying party.');

export const passkeyNotSupported = (): Refusal =>
  new Refusal('WebAuthnCredentialNotSupportedException', 'The credential is not supported.');

export const passkeyNotFound = (): Refusal => new Refusal('ResourceNotFoundException', 'There is no such passkey.');
