/** What settings of a pool do not do yet, in sentences for users. */

const arns =
  'What an ARN names is not looked up, so no role, function, key or identity is refused for what it may not do.';

export const poolGaps = [
  'The `InboundFederation` trigger is kept and shown, and never runs: nobody signs in through an identity provider yet.',
  'Mail of pools that send by `COGNITO_DEFAULT` may have subjects and bodies of its own, by templates and by `CustomMessage`; the documentation of the real service says that it refuses them.',
  'Threat protection, customer managed keys and dynamic client registration are kept and shown, without effect.',
  '`IssuerConfiguration` is kept and shown, without effect: every pool has one form of issuer.',
  'On one machine text messages and e-mail leave as it is told to send them: of `EmailConfiguration`, the addresses of the sender and for answers count. `SmsConfiguration` says that text messages may be asked for; its role is not assumed.',
  'On AWS text messages are sent with the rights of the functions, and by SNS alone, unless the deployment names the roles of pools in `smsRoles`. Neither roles nor identities of senders are tried when a pool is created or changed.',
  arns,
  'Tags are kept and shown; only policies look at them, where signatures are checked.',
  'All settings, attributes and tags of a pool together may take 390 000 bytes.',
] as const;

export const updateGaps = [
  'What a request leaves out returns to its default where the documentation says so; of tags, `EmailConfiguration`, `SmsConfiguration`, `AccountRecoverySetting` and `UserAttributeUpdateSettings` it is reported that the real service keeps them.',
  'Whether the plan can be lowered is told by the settings of the pool itself: its app clients and its domain are not asked.',
  'Where `TemporaryPasswordValidityDays` and `UnusedAccountValidityDays` are both given, the first counts; the real service is reported to refuse the second.',
] as const;

export const mfaGaps = [
  arns,
  'A `RelyingPartyId` is not looked up: a public suffix, or a domain of somebody else, is taken.',
] as const;

export const noImportsYet = 'There are no import jobs yet, so none is in the way.';

export const limitGaps = [
  'How far a rate can be raised is a setting of the deployment, ten times what is free unless it says otherwise: nobody is asked for more. Raised rates cost nothing, and hold where the deployment limits rates at all.',
] as const;

export const replicaGaps = [
  'A copy of a pool is a record that goes through its states within seconds: no second Region is provisioned, so nothing answers there, and nobody is asked for the right to create pools there.',
  'A copy may be asked for in every Region, also in those where the real service has none.',
  'The key and the plan of a pool can be changed while it has a copy.',
] as const;
