/** What settings of a pool do not do yet, in sentences for users. */

export const poolGaps = [
  'Lambda triggers are kept and shown; the operations that would run one refuse, naming it.',
  'Second factors and other first factors than passwords are kept and shown; signing in with them is refused.',
  'Confirmation by link is kept and shown; the operations that would send a link refuse.',
  'Device tracking, threat protection, customer managed keys and dynamic client registration are kept and shown, without effect.',
  '`IssuerConfiguration` and `AcrConfiguration` are kept and shown, without effect: every pool has one form of issuer, and tokens have no `acr`.',
  'On one machine text messages and e-mail leave as it is told to send them: of `EmailConfiguration`, the addresses of the sender and for answers count. `SmsConfiguration` says that text messages may be asked for; its role is not assumed.',
  'What an ARN names is not looked up, so no role, function, key or identity is refused for what it may not do.',
  'Tags are kept and shown; only policies look at them, where signatures are checked.',
  'All settings, attributes and tags of a pool together may take 390 000 bytes.',
  'The number of pools is not limited.',
] as const;
