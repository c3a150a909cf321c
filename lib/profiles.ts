/** What the three profiles of a deployment mean, one object for each. */

export type Profile = 'sandbox' | 'staging' | 'production';

export interface ProfileTraits {
  /** Whether table, keys and logs outlive their stack. */
  readonly retain: boolean;
  readonly terminationProtection: boolean;
  /** Recovery to any second of the last 35 days, and a table that cannot be deleted by mistake. */
  readonly protectData: boolean;
  readonly logDays: number;
  readonly firewall: boolean;
  readonly accessLogs: boolean;
  readonly tracing: boolean;
  readonly alarms: boolean;
  /** Bundles come with readable stack traces, which costs start time. */
  readonly sourceMaps: boolean;
  /** Instances of the worker at most, kept apart from the rest of the account; undefined: nothing is kept apart. */
  readonly workerReserve: number | undefined;
  readonly sms: 'sns' | 'outbox';
  readonly maxReadUnits: number;
  readonly maxWriteUnits: number;
  /** Requests a second that the gateway lets through, and how many at once. */
  readonly throttle: { readonly rate: number; readonly burst: number };
}

export const profiles: Readonly<Record<Profile, ProfileTraits>> = {
  sandbox: {
    retain: false,
    terminationProtection: false,
    protectData: false,
    logDays: 7,
    firewall: false,
    accessLogs: false,
    tracing: false,
    alarms: false,
    sourceMaps: true,
    workerReserve: undefined,
    sms: 'outbox',
    maxReadUnits: 1_000,
    maxWriteUnits: 1_000,
    throttle: { rate: 500, burst: 500 },
  },
  staging: {
    retain: true,
    terminationProtection: false,
    protectData: true,
    logDays: 30,
    firewall: true,
    accessLogs: true,
    tracing: true,
    alarms: true,
    sourceMaps: false,
    workerReserve: undefined,
    sms: 'sns',
    maxReadUnits: 4_000,
    maxWriteUnits: 4_000,
    throttle: { rate: 1_000, burst: 1_000 },
  },
  production: {
    retain: true,
    terminationProtection: true,
    protectData: true,
    logDays: 365,
    firewall: true,
    accessLogs: true,
    tracing: true,
    alarms: true,
    sourceMaps: false,
    workerReserve: 5,
    sms: 'sns',
    maxReadUnits: 40_000,
    maxWriteUnits: 20_000,
    throttle: { rate: 5_000, burst: 2_500 },
  },
};
