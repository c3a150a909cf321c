/** Names of the figures that functions write down, and that alarms and the dashboard read. */

export const metricNamespace = 'Millpond';

/** What tells two deployments of one account and region apart; every figure has it as its dimension `service`. */
export const metricService = (deployment: string): string => deployment.toLowerCase();

/**
 * Beside `service` and `room`: `Latency`, `Refusals`, `Faults`, `Tokens`, `Lockouts`, `ConfigReloads`,
 * `KmsThrottles` and `LostWakeUps` are known for each `operation`, `Errors` for each `error`, `SignIns` for each `result`, and those of
 * jobs for each `kind`. Never for each pool: a figure is paid for every combination of its dimensions.
 */
export const metricNames = [
  'Latency',
  'Refusals',
  'Faults',
  'Errors',
  'SignIns',
  'Tokens',
  'Lockouts',
  'ConfigReloads',
  'KmsThrottles',
  'LostWakeUps',
  'JobSteps',
  'JobFailures',
  'JobAttempts',
] as const;

export type MetricName = (typeof metricNames)[number];

/** How a step of a sign-in ended. */
export const signInResults = ['signed-in', 'refreshed', 'challenged', 'refused', 'failed'] as const;

export type SignInResult = (typeof signInResults)[number];
