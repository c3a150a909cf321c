/** What settings of an app client do not do yet, in sentences for users. */

export const clientGaps = [
  'OAuth settings are checked, kept and shown; there are no OAuth endpoints yet.',
  'The pool has no resource servers and no identity providers yet, so custom scopes and providers other than COGNITO are refused.',
  'Analytics and the propagation of user context have no effect.',
] as const;
