/** What signing in does not do yet, in sentences for users. */

const tokenFunctionGap =
  'What a pre token generation trigger says of reserved claims is left out, and a line of the log tells of it. The claims of a token may take 90 000 bytes.';

const migrationGap =
  '`UserMigration` brings nobody over whom the name that was typed would not lead to, such as an address that is not verified; wrong guesses there count as wrong passwords do. An invitation holds no password, and one that does not leave stops nobody. To a client that hides who exists it fails as a wrong password, however it failed.';

const everywhere = [
  tokenFunctionGap,
  'What a `PostAuthentication` function changes of its user, such as an attribute, is in the tokens that follow; signing the user out there, or in `PreAuthentication`, ends their other sessions alone.',
  migrationGap,
  '`DefineAuthChallenge` may ask for the password first of all: `PASSWORD_VERIFIER` after another challenge is refused.',
  'In a pool that requires MFA, somebody with an address that the pool sends codes to, and without a preference, gets a code there: text messages go before e-mail. The real service is documented to do so for text messages.',
  'Threat protection and analytics do not run: `UserContextData`, `ContextData` and `AnalyticsMetadata` have no effect.',
] as const;

export const signInGaps = [
  '`TARGET_ACR_VALUES` of `USER_AUTH` is checked against the names in `AcrConfiguration`: e-mail and text messages count beside a password where the user has turned them on, or the address is verified and the pool sends codes there; a passkey counts as level 3 whatever it is used with, a remembered device and a custom challenge count for nothing.',
  '`ACCESS_TOKEN` counts for what its `amr` says as long as the password is the same, and codes as long as the user has not changed at all; one that has the level already counts for nothing, and everything is asked for. `MAX_AGE` has no effect without it.',
  'Codes of `EMAIL_OTP` and `SMS_OTP` are sent 20 times an hour to one user, whoever asks for them; second factors are sent as often, to whoever has the password.',
  'A session of `ConfirmSignUp` is good until it ends or is used, also when the user has signed in otherwise meanwhile.',
  ...everywhere,
];

export const challengeGaps = [
  'Somebody unknown who begins `USER_AUTH` without a password, at a client that hides who exists, is brought over when they answer `PASSWORD`; like others, not all of them are offered it.',
  '`WEB_AUTHN` takes origins of the web alone, none of an app (`android:apk-key-hash:`), and none of a page inside of a page of another site; wrong answers count as wrong passwords do.',
  'An answer to `SELECT_CHALLENGE` takes no `CREDENTIAL` along: `WEB_AUTHN` is posed first.',
  '`ADMIN_NO_SRP_AUTH` is posed by nothing and cannot be answered.',
  'The `EMAIL` of an answer to `MFA_SETUP` becomes an attribute of the user when its code has proven it, not before; who has an address already is refused.',
  ...everywhere,
];

export const refreshGaps = [
  tokenFunctionGap,
  'The key of a device is asked for once the device of the session is confirmed; before, and for sign-ins of administrators, tokens refresh without one. The real service refuses them.',
] as const;

export const revokeGaps = [
  '`RevokeAssociatedSessions` makes no difference: no session hangs on another as long as there are no hosted pages.',
] as const;

export const clientTokenGaps = [
  'The scopes are those of resource servers that are there when the token is asked for; a client that has none gets no token.',
  tokenFunctionGap,
] as const;
