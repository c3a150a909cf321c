/** What registration and recovery do not do yet, in sentences for users. */

const everywhere = [
  'A pool with a Lambda trigger that this operation would run refuses it, naming the trigger.',
  'Threat protection and analytics do not run: `UserContextData` and `AnalyticsMetadata` have no effect.',
] as const;

export const registrationGaps = [
  'Only `ConfirmSignUp` answers a `Session` to sign in with, where the code could have been a first factor; `SignUp` answers none, and none is needed to confirm.',
  'A pool that confirms by link refuses to send one.',
  ...everywhere,
] as const;

export const hiddenStateGap =
  'A client with `PreventUserExistenceErrors` ENABLED hears of a user who needs no confirmation what it hears of a name that nobody has.';

export const recoveryGaps = everywhere;

export const messageGaps = ['A pool with a trigger for messages refuses to send one, naming the trigger.'] as const;

export const passkeyGaps = [
  'Apps on Android and iOS name origins of their own (`android:apk-key-hash:`); only origins of the web are accepted.',
  'A page inside a page of another site can register no passkey.',
] as const;
