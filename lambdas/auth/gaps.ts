/** What signing in does not do yet, in sentences for users. */

const everywhere = [
  'A pool with Lambda triggers for sign-in refuses it, naming the trigger.',
  'A second factor is not asked for: who needs one is refused.',
  'Devices are not tracked, so there is no `NewDeviceMetadata` and a `DEVICE_KEY` has no effect.',
  'Threat protection and analytics do not run: `UserContextData`, `ContextData` and `AnalyticsMetadata` have no effect.',
] as const;

export const signInGaps = ['The flows `CUSTOM_AUTH` and `USER_AUTH` are refused.', ...everywhere];

export const challengeGaps = [
  'Only `PASSWORD_VERIFIER` and `NEW_PASSWORD_REQUIRED` can be answered; all other challenges are refused.',
  ...everywhere,
];

export const refreshGaps = [
  'A pool with a pre token generation trigger refuses to refresh, naming the trigger.',
  'Devices are not tracked: `DeviceKey` has no effect.',
] as const;

export const revokeGaps = ['`RevokeAssociatedSessions` makes no difference: sessions are not linked yet.'] as const;
