/** Users, their attributes, factors and devices. */
import { wholeMatch } from '../pattern.ts';
import { s } from '../shape.ts';
import { deviceKey } from './identifiers.ts';

export const username = s.secret(s.string({ min: 1, max: 128, pattern: String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}]+` }));
export const attributeName = s.string({ min: 1, max: 32, pattern: String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r ]+` });
export const attributeType = s.structure({ Name: attributeName, Value: s.optional(s.secret(s.string({ max: 2048 }))) });

/**
 * The published pattern has no blanks, but the documentation of password requirements counts a blank that is neither
 * first nor last among the symbols. So these are taken, and any other white space is refused in the pattern's words.
 */
const isPassword = (value: string): boolean => wholeMatch(String.raw`[\S]([\S ]*[\S])?`).test(value);

export const password = s.secret(s.string({ max: 256, pattern: String.raw`[\S]+`, accepts: isPassword }));

/** Where the empty text says that there shall be no password, or that one is to be made up. */
export const passwordOrNone = s.secret(
  s.string({ max: 256, pattern: String.raw`[\S]+`, accepts: (value) => value === '' || isPassword(value) }),
);

export const deliveryMedium = s.oneOf('SMS', 'EMAIL');
export const userStatus = s.oneOf(
  'UNCONFIRMED',
  'CONFIRMED',
  'ARCHIVED',
  'COMPROMISED',
  'UNKNOWN',
  'RESET_REQUIRED',
  'FORCE_CHANGE_PASSWORD',
  'EXTERNAL_PROVIDER',
);
export const mfaOption = s.structure({
  DeliveryMedium: s.optional(deliveryMedium),
  AttributeName: s.optional(attributeName),
});

export const userType = s.structure({
  Username: s.optional(username),
  Attributes: s.optional(s.list(attributeType)),
  UserCreateDate: s.optional(s.timestamp()),
  UserLastModifiedDate: s.optional(s.timestamp()),
  Enabled: s.optional(s.boolean()),
  UserStatus: s.optional(userStatus),
  MFAOptions: s.optional(s.list(mfaOption)),
});

export const deviceType = s.structure({
  DeviceKey: s.optional(deviceKey),
  DeviceAttributes: s.optional(s.list(attributeType)),
  DeviceCreateDate: s.optional(s.timestamp()),
  DeviceLastModifiedDate: s.optional(s.timestamp()),
  DeviceLastAuthenticatedDate: s.optional(s.timestamp()),
});

export const authFactor = s.oneOf('PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN', 'SOFTWARE_TOKEN');
export const configuredUserAuthFactors = s.list(authFactor, { max: 8 });
export const mfaSettings = s.structure({ Enabled: s.optional(s.boolean()), PreferredMfa: s.optional(s.boolean()) });

export const webAuthnMfaSettings = s.structure({ Enabled: s.optional(s.boolean()) });

export const deviceRememberedStatus = s.oneOf('remembered', 'not_remembered');
