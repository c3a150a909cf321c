/** What signing in does not do yet, in sentences for users. */

const everywhere = [
  'A pool with Lambda triggers for sign-in, other than those of `CUSTOM_AUTH`, refuses it, naming the trigger.',
  'The functions of `CUSTOM_AUTH` run within the process of a service on one machine; on AWS the flow is refused.',
  '`DefineAuthChallenge` may ask for the password first of all: `PASSWORD_VERIFIER` after another challenge is refused.',
  'In a pool that requires MFA, somebody with an address that the pool sends codes to, and without a preference, gets a code there: text messages go before e-mail. The real service is documented to do so for text messages.',
  'Threat protection and analytics do not run: `UserContextData`, `ContextData` and `AnalyticsMetadata` have no effect.',
] as const;

export const signInGaps = [
  'Nobody is asked to sign in more strongly: `USER_AUTH` refuses `TARGET_ACR_VALUES`, and `MAX_AGE` has no effect.',
  'Codes of `EMAIL_OTP` and `SMS_OTP` are sent 20 times an hour to one user, whoever asks for them; second factors are sent as often, to whoever has the password.',
  'A session of `ConfirmSignUp` is good until it ends or is used, also when the user has signed in otherwise meanwhile.',
  ...everywhere,
];

export const challengeGaps = [
  '`WEB_AUTHN` takes origins of the web alone, none of an app (`android:apk-key-hash:`), and none of a page inside of a page of another site; wrong answers count as wrong passwords do.',
  'An answer to `SELECT_CHALLENGE` takes no `CREDENTIAL` along: `WEB_AUTHN` is posed first.',
  '`ADMIN_NO_SRP_AUTH` is posed by nothing and cannot be answered.',
  'The `EMAIL` of an answer to `MFA_SETUP` becomes an attribute of the user when its code has proven it, not before; who has an address already is refused.',
  ...everywhere,
];

export const refreshGaps = [
  'A pool with a pre token generation trigger refuses to refresh, naming the trigger.',
  'The key of a device is asked for once the device of the session is confirmed; before, and for sign-ins of administrators, tokens refresh without one. The real service refuses them.',
] as const;

export const revokeGaps = [
  '`RevokeAssociatedSessions` makes no difference: no session hangs on another as long as there are no hosted pages.',
] as const;

export const clientTokenGaps = [
  'The scopes are those of resource servers that are there when the token is asked for; a client that has none gets no token.',
  'A pool with a pre token generation trigger of version V3_0, which runs for applications, refuses them a token; `ClientMetadata` has no effect.',
] as const;
