/** What settings of an app client do not do yet, in sentences for users. */

export const clientGaps = [
  'OAuth settings are checked, kept and shown; there are no OAuth endpoints yet.',
  'Analytics and the propagation of user context have no effect.',
  'All settings of an app client together may take 390 000 bytes.',
] as const;

export const serverGaps = [
  'Scopes get into the tokens of `GetClientToken`; there are no OAuth endpoints yet that would put them into others.',
] as const;
