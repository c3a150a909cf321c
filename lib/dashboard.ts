/** One page on which to see how a deployment does: what people notice first, then what lies behind it. */
import { Duration, Stack } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  LogQueryWidget,
  PeriodOverride,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { type MetricName, signInResults } from '../lambdas/core/contract/metric-names.ts';
import {
  edgeFigure,
  faultsOf,
  fiveMinutes,
  ownFigure,
  refusedSignIns,
  requestsOf,
  rsaQuotaUse,
  signInRoom,
  tableFigure,
  tableTotal,
  total,
} from './figures.ts';
import type { Monitoring } from './monitored.ts';

/** Half of a row. */
const width = 12;

export function addDashboard(scope: Construct, monitoring: Monitoring, alarms: readonly Alarm[] = []): Dashboard {
  return new Dashboard(scope, 'Dashboard', {
    // All Regions of an account share the names of dashboards.
    dashboardName: `${monitoring.settings.name}-${Stack.of(scope).region}`,
    defaultInterval: Duration.hours(12),
    periodOverride: PeriodOverride.INHERIT,
    widgets: [
      ...(alarms.length === 0 ? [] : [[new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: 24 })]]),
      ...edgeRows(monitoring),
      apiRow(monitoring),
      functionRow(monitoring),
      signInRow(monitoring),
      tableRow(monitoring),
      behindRow(monitoring),
      [faultsWidget(monitoring)],
    ],
  });
}

const graph = (title: string, left: readonly IMetric[], right: readonly IMetric[] = []): IWidget =>
  new GraphWidget({ title, width, height: 6, left: [...left], ...(right.length > 0 && { right: [...right] }) });

/** What callers see, those included whom the firewall or the edge refused. */
function edgeRows({ monitored: { distribution } }: Monitoring): IWidget[][] {
  if (distribution === undefined) return [];
  const rates = ['4xxErrorRate', '5xxErrorRate'].map((name) => edgeFigure(distribution, name, 'Average'));
  return [[graph('Edge: requests', [edgeFigure(distribution, 'Requests', 'Sum')]), graph('Edge: errors, %', rates)]];
}

const apiRow = ({ monitored: { apis } }: Monitoring): IWidget[] => [
  graph('Requests', [total('requests', 'Requests', apis.map(requestsOf))]),
  graph('Answers 5xx', [total('faults', 'Answers 5xx', apis.map(faultsOf))]),
];

function functionRow({ monitored: { functions } }: Monitoring): IWidget[] {
  const all = Object.entries(functions);
  const answering = all.filter(([name]) => name !== 'worker');
  return [
    graph(
      'Duration, p99',
      answering.map(([label, of]) => of.metricDuration({ label, statistic: 'p99', period: fiveMinutes })),
    ),
    graph(
      'Errors, and throttles',
      all.map(([label, of]) => of.metricErrors({ label, statistic: 'Sum', period: fiveMinutes })),
      all.map(([name, of]) =>
        of.metricThrottles({ label: `${name} throttled`, statistic: 'Sum', period: fiveMinutes }),
      ),
    ),
  ];
}

function signInRow(monitoring: Monitoring): IWidget[] {
  const room = signInRoom(monitoring);
  const own = (metric: MetricName, label: string, by: Readonly<Record<string, string>> = {}): IMetric =>
    ownFigure(monitoring.settings, metric, { room, ...by }).with({ label });
  const results = signInResults.map((result) => own('SignIns', result, { result }));
  return [
    graph('Sign-ins by result, and tokens', results, [own('Tokens', 'tokens')]),
    graph(
      'Refused sign-ins, and lockouts',
      [refusedSignIns(monitoring)],
      [own('Lockouts', 'lockouts'), own('Errors', 'wrong codes', { error: 'CodeMismatchException' })],
    ),
  ];
}

const tableRow = (monitoring: Monitoring): IWidget[] => [
  graph('Table: units consumed', [
    tableFigure(monitoring, 'ConsumedReadCapacityUnits'),
    tableFigure(monitoring, 'ConsumedWriteCapacityUnits'),
  ]),
  graph(
    'Table: throttles and errors',
    [tableTotal(monitoring, 'ThrottledRequests', 'throttled'), tableTotal(monitoring, 'SystemErrors', 'failed')],
    [
      tableFigure(monitoring, 'ReadKeyRangeThroughputThrottleEvents'),
      tableFigure(monitoring, 'WriteKeyRangeThroughputThrottleEvents'),
    ],
  ),
];

/** What nobody waits for, and what everybody shares. */
function behindRow(monitoring: Monitoring): IWidget[] {
  const { queue, deadLetters } = monitoring.monitored;
  const period = fiveMinutes;
  const jobs = graph(
    'Jobs: oldest message (s), and waiting messages',
    [queue.metricApproximateAgeOfOldestMessage({ period, statistic: 'Maximum' })],
    [
      queue.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum', label: 'waiting' }),
      deadLetters.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum', label: 'given up' }),
    ],
  );
  const throttles = ownFigure(monitoring.settings, 'KmsThrottles', { room: signInRoom(monitoring) });
  return monitoring.settings.signing === 'kms' ? [jobs, graph('KMS', [rsaQuotaUse()], [throttles])] : [jobs];
}

const faultsWidget = ({ monitored: { logGroups } }: Monitoring): IWidget =>
  new LogQueryWidget({
    title: 'Faults',
    width: 24,
    height: 6,
    logGroupNames: logGroups.map(({ logGroupName }) => logGroupName),
    queryLines: [
      'fields @timestamp, room, operation, outcome, fault.message, requestId',
      'filter level = "ERROR"',
      'sort @timestamp desc',
      'limit 20',
    ],
  });
