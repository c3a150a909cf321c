/** What settings of an app client do not do yet, in sentences for users. */

export const clientGaps = [
  'The flows `ALLOW_CUSTOM_AUTH`, `ALLOW_USER_AUTH`, `ALLOW_CLIENT_TOKEN_AUTH` and `CUSTOM_AUTH_FLOW_ONLY` are kept and shown; what they would allow is refused.',
  'OAuth settings are checked, kept and shown; there are no OAuth endpoints yet.',
  'The pool has no resource servers and no identity providers yet, so custom scopes and providers other than COGNITO are refused.',
  'Analytics and the propagation of user context have no effect.',
  'All settings of an app client together may take 390 000 bytes.',
  'The number of app clients is not limited.',
] as const;
