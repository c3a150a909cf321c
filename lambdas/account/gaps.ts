/** What registration and recovery do not do yet, in sentences for users. */

const everywhere = [
  'Threat protection and analytics do not run: `UserContextData` and `AnalyticsMetadata` have no effect.',
] as const;

export const registrationGaps = [
  'Only `ConfirmSignUp` answers a `Session` to sign in with, where the code could have been a first factor; `SignUp` answers none, and none is needed to confirm.',
  'A link that confirms leads to the deployment itself, also where the pool has a domain, and to a page whose button confirms: opening it alone does not.',
  ...everywhere,
] as const;

export const unconfirmedFlagGap =
  'A pre sign-up function may verify an address of somebody whom it does not confirm: they still get a code. The real service was seen to refuse that.';

export const hiddenStateGap =
  'A client with `PreventUserExistenceErrors` ENABLED hears of a user who needs no confirmation what it hears of a name that nobody has.';

export const messageFunctionGap =
  'Where the function of `CustomMessage` fails, so does the call, and for users alone: at a name that nobody has there is no message to write.';

export const recoveryGaps = everywhere;

export const passkeyGaps = [
  'Apps on Android and iOS name origins of their own (`android:apk-key-hash:`); only origins of the web are accepted.',
  'A page inside a page of another site can register no passkey.',
] as const;

export const forgottenMigrationGap =
  'A name that `UserMigration` is asked about counts against the hourly limit of `ForgotPassword` before, whatever comes of it. To a client that hides who exists, a function that fails is a name that nobody has.';
