/** Refusals about access and refresh tokens, and how long they may live. */

import { invalidParameter } from './pools.ts';
import { Refusal } from './refusal.ts';

// Access tokens

export const accessTokenInvalid = (): Refusal => new Refusal('NotAuthorizedException', 'Invalid Access Token');

export const accessTokenExpired = (): Refusal => new Refusal('NotAuthorizedException', 'Access Token has expired');

export const accessTokenRevoked = (): Refusal =>
  new Refusal('NotAuthorizedException', 'Access Token has been revoked', 'recorded');

export const accessTokenOutOfScope = (): Refusal =>
  new Refusal('NotAuthorizedException', 'Access Token does not have required scopes', 'recorded');

// Refreshing and revoking

export const invalidRefreshToken = (): Refusal =>
  new Refusal('NotAuthorizedException', 'Invalid Refresh Token.', 'recorded');

export const refreshTokenExpired = (): Refusal => new Refusal('NotAuthorizedException', 'Refresh Token has expired');

export const refreshTokenRevoked = (): Refusal =>
  new Refusal('NotAuthorizedException', 'Refresh Token has been revoked', 'recorded');

export const refreshTokenReused = (): Refusal =>
  new Refusal('RefreshTokenReuseException', 'Refresh Token has been used already.');

export const revocationDisabled = (): Refusal =>
  new Refusal('UnsupportedOperationException', 'Token revocation is not enabled for the client.');

export const tokenTypeUnsupported = (): Refusal =>
  new Refusal('UnsupportedTokenTypeException', 'Only refresh tokens can be revoked.');

export const tokenUnreadable = (): Refusal => invalidParameter('Invalid Token.');

export const tokenOfAnotherClient = (): Refusal =>
  new Refusal('UnauthorizedException', 'The token was not issued to this client.');

export const clientSecretWrong = (name: 'NotAuthorizedException' | 'UnauthorizedException'): Refusal =>
  new Refusal(name, 'Invalid client secret.');

// Token validity

export const invalidTokenValidity = (): Refusal =>
  new Refusal('InvalidParameterException', 'Invalid range for token validity.', 'recorded');

export const refreshShorterThanTokens = (): Refusal =>
  invalidParameter('Refresh token validity must not be shorter than access or ID token validity.');
