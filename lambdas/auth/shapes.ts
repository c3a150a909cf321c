/** Shapes that several operations of the auth room share. */
import { s } from '../core/contract/shape.ts';
import { deviceKey } from '../core/contract/shapes/identifiers.ts';
import { session, tokenString } from '../core/contract/shapes/sessions.ts';
import { text } from '../core/contract/shapes/text.ts';

export const authFlow = s.oneOf(
  'USER_SRP_AUTH',
  'REFRESH_TOKEN_AUTH',
  'REFRESH_TOKEN',
  'CUSTOM_AUTH',
  'ADMIN_NO_SRP_AUTH',
  'USER_PASSWORD_AUTH',
  'ADMIN_USER_PASSWORD_AUTH',
  'USER_AUTH',
);
export const secretParameters = s.secret(s.map(text, text));
const httpHeader = s.structure({ headerName: s.optional(text), headerValue: s.optional(text) });

export const contextData = s.structure({
  IpAddress: text,
  ServerName: text,
  ServerPath: text,
  HttpHeaders: s.list(httpHeader),
  EncodedData: s.optional(text),
});

export const challengeName = s.oneOf(
  'SMS_MFA',
  'EMAIL_OTP',
  'SOFTWARE_TOKEN_MFA',
  'SELECT_MFA_TYPE',
  'MFA_SETUP',
  'PASSWORD_VERIFIER',
  'CUSTOM_CHALLENGE',
  'SELECT_CHALLENGE',
  'DEVICE_SRP_AUTH',
  'DEVICE_PASSWORD_VERIFIER',
  'ADMIN_NO_SRP_AUTH',
  'NEW_PASSWORD_REQUIRED',
  'SMS_OTP',
  'PASSWORD',
  'WEB_AUTHN',
  'PASSWORD_SRP',
);
const newDeviceMetadata = s.structure({ DeviceKey: s.optional(deviceKey), DeviceGroupKey: s.optional(text) });

export const authenticationResult = s.structure({
  AccessToken: s.optional(tokenString),
  ExpiresIn: s.optional(s.integer()),
  TokenType: s.optional(text),
  RefreshToken: s.optional(tokenString),
  IdToken: s.optional(tokenString),
  NewDeviceMetadata: s.optional(newDeviceMetadata),
});

/** Tokens, or the next challenge. */
export const signInAnswer = s.structure({
  ChallengeName: s.optional(challengeName),
  Session: s.optional(session),
  ChallengeParameters: s.optional(s.map(text, text)),
  AuthenticationResult: s.optional(authenticationResult),
  AvailableChallenges: s.optional(s.list(challengeName)),
});

export const clientAuthenticationResult = s.structure({
  AccessToken: s.optional(tokenString),
  ExpiresIn: s.optional(s.integer()),
  TokenType: s.optional(text),
});

export const softwareTokenCode = s.secret(s.string({ min: 6, max: 6, pattern: '[0-9]+' }));
