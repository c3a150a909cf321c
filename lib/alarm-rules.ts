/** Each alarm: what it watches, when it goes off, and what to do then. */
import { Duration } from 'aws-cdk-lib';
import { type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { faultRate, fiveMinutes, refusedSignIns, rsaQuotaUse, tableFigure, tableTotal, total } from './figures.ts';
import type { MonitoredApi, Monitoring } from './monitored.ts';
import type { Settings } from './settings.ts';

export interface AlarmRule {
  /** In lower case, with hyphens; the name of the deployment comes before it. */
  readonly name: string;
  readonly description: string;
  readonly metric: IMetric;
  readonly threshold: number;
  /** `at-least` when nothing is said. */
  readonly goesOff?: 'at-least' | 'below';
  /** How many of how many periods. */
  readonly periods: readonly [bad: number, of: number];
  /** What a period without a value means. `notBreaching` when nothing is said: most figures exist when something happens. */
  readonly missing?: TreatMissingData;
  /** A percentile of a handful of values is one slow request. */
  readonly ignoreFewSamples?: true;
}

export const alarmRules = (monitoring: Monitoring): readonly AlarmRule[] => [
  ...monitoring.monitored.apis.map((api) => apiRule(monitoring.settings, api)),
  ...Object.entries(monitoring.monitored.functions).flatMap(([name, of]) => functionRules(name, of)),
  ...jobRules(monitoring),
  ...tableRules(monitoring),
  ...(monitoring.settings.signing === 'kms' ? [quotaRule()] : []),
  signInRule(monitoring),
];

const apiRule = ({ name }: Settings, api: MonitoredApi): AlarmRule => ({
  name: api.kind === 'http' ? 'api-5xx' : `api-${api.name.replace(`${name}-`, '')}-5xx`.toLowerCase(),
  description:
    'One answer in a hundred is 5xx. Run the saved query "faults": it shows the operations and what went wrong inside. ' +
    'Without any faults there, look at the errors and throttles of the functions.',
  metric: faultRate(api),
  threshold: 1,
  periods: [2, 3],
});

function functionRules(name: string, of: IFunction): readonly AlarmRule[] {
  return [
    {
      name: `${name}-errors`,
      description:
        'The function ended without an answer. It answers its own faults, so this is a time-out, a lack of memory, or a ' +
        'bundle or an environment that does not load: read its log around the time, and compare with the last deployment.',
      metric: of.metricErrors({ period: fiveMinutes, statistic: 'Sum' }),
      threshold: 1,
      // Once may be the platform; twice within half an hour is ours.
      periods: [2, 6],
    },
    {
      name: `${name}-throttles`,
      description:
        'Lambda refused to run the function. Compare concurrent executions of the account with its quota, have the quota ' +
        'raised, and look whether one caller sends them all.',
      metric: of.metricThrottles({ period: fiveMinutes, statistic: 'Sum' }),
      threshold: 1,
      // The queue comes back to a worker that is held back on purpose.
      periods: name === 'worker' ? [3, 3] : [1, 1],
    },
    ...(name === 'worker' ? [] : [latencyRule(name, of)]),
  ];
}

/** Password maths and two signatures take longer than a read of the table. */
const patience = (name: string): number => (['auth', 'account', 'rooms'].includes(name) ? 3_000 : 2_000);

const latencyRule = (name: string, of: IFunction): AlarmRule => ({
  name: `${name}-latency`,
  description:
    'One request in a hundred takes longer than people wait. Look on the dashboard whether the table or KMS is slow, ' +
    'whether requests are throttled and tried again, and whether cold starts have become more.',
  metric: of.metricDuration({ period: fiveMinutes, statistic: 'p99' }),
  threshold: patience(name),
  periods: [3, 3],
  ignoreFewSamples: true,
});

function jobRules({ monitored: { queue, deadLetters, functions } }: Monitoring): readonly AlarmRule[] {
  const { worker } = functions;
  const halfHour = Duration.minutes(30);
  return [
    {
      name: 'dead-letters',
      description:
        'A job failed five times. Read the lines "job.attempted" of the worker with outcome failed, mend the cause, then ' +
        'move the messages back to the queue (SQS: start DLQ redrive). Jobs go on where they stopped.',
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({ period: fiveMinutes, statistic: 'Maximum' }),
      threshold: 1,
      periods: [1, 1],
    },
    {
      name: 'jobs-waiting',
      description:
        'A message has waited for 45 minutes: longer than a run and the next try. Look whether the worker runs, and ' +
        'whether one job keeps it from the others.',
      metric: queue.metricApproximateAgeOfOldestMessage({ period: fiveMinutes, statistic: 'Maximum' }),
      threshold: 45 * 60,
      periods: [3, 3],
    },
    ...(worker === undefined
      ? []
      : [
          {
            name: 'worker-stopped',
            description:
              'The worker has not run for half an hour, although it is woken every five minutes. Look whether the ' +
              'schedule and the event source of the queue are enabled.',
            metric: worker.metricInvocations({ period: halfHour, statistic: 'Sum' }),
            threshold: 1,
            goesOff: 'below',
            periods: [1, 1],
            // A function that does not run has no figures at all.
            missing: TreatMissingData.BREACHING,
          } as const,
        ]),
  ];
}

const tableRules = (monitoring: Monitoring): readonly AlarmRule[] => [
  {
    name: 'table-throttles',
    description:
      'DynamoDB refuses requests again and again. See whether consumption has reached the bounds of this deployment ' +
      '(maxReadUnits, maxWriteUnits) or the quota of the account, and raise what is too low.',
    metric: tableTotal(monitoring, 'ThrottledRequests', 'Throttled requests'),
    threshold: 10,
    periods: [2, 3],
  },
  {
    name: 'table-hot-keys',
    description:
      'One key of the table is asked for more than a partition can give. Contributor Insights of the table names it: ' +
      'a single user, pool or client, and mostly a single caller that has to be slowed down.',
    metric: total('keys', 'Throttled by key range', [
      tableFigure(monitoring, 'ReadKeyRangeThroughputThrottleEvents'),
      tableFigure(monitoring, 'WriteKeyRangeThroughputThrottleEvents'),
    ]),
    threshold: 1,
    periods: [2, 3],
  },
  {
    name: 'table-errors',
    description:
      'DynamoDB fails on its side. Look at the AWS Health Dashboard; requests that could be sent again have been.',
    metric: tableTotal(monitoring, 'SystemErrors', 'Errors of DynamoDB'),
    threshold: 5,
    periods: [2, 3],
  },
];

const quotaRule = (): AlarmRule => ({
  name: 'kms-quota',
  description:
    'Signing takes 60 % of the RSA requests that KMS allows this account and Region. Have the quota raised (Service ' +
    'Quotas: KMS, cryptographic operations (RSA) request rate), or sign with sealed keys (signing=sealed).',
  metric: rsaQuotaUse(),
  threshold: 60,
  periods: [3, 5],
});

const signInRule = (monitoring: Monitoring): AlarmRule => ({
  name: 'sign-ins-refused',
  description:
    'Half of the sign-ins are refused. Either somebody tries passwords (few source addresses in the access log, many ' +
    'lockouts) or a new version of an app signs in wrongly: the errors on the dashboard tell which.',
  metric: refusedSignIns(monitoring),
  threshold: 50,
  periods: [2, 3],
});
