/** The figures of a deployment, each defined once for the alarm that watches it and the dashboard that shows it. */
import { Duration } from 'aws-cdk-lib';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { type MetricName, metricNamespace, metricService } from '../lambdas/core/contract/metric-names.ts';
import type { MonitoredApi, Monitoring } from './monitored.ts';
import type { Settings } from './settings.ts';

export const fiveMinutes = Duration.minutes(5);
const oneMinute = Duration.minutes(1);

type Dimensions = Readonly<Record<string, string>>;

const vended = (namespace: string, metricName: string, dimensionsMap: Dimensions, statistic = 'Sum'): Metric =>
  new Metric({ namespace, metricName, dimensionsMap: { ...dimensionsMap }, statistic, period: fiveMinutes });

/** What the functions write down themselves. */
export const ownFigure = (
  { name }: Pick<Settings, 'name'>,
  metric: MetricName,
  by: Dimensions,
  statistic = 'Sum',
): Metric => vended(metricNamespace, metric, { service: metricService(name), ...by }, statistic);

const dimensionsOf = (api: MonitoredApi): Dimensions =>
  api.kind === 'http' ? { ApiId: api.id, Stage: api.stage } : { ApiName: api.name, Stage: api.stage };

export const requestsOf = (api: MonitoredApi): Metric => vended('AWS/ApiGateway', 'Count', dimensionsOf(api));

/** The two kinds of API spell it differently. */
export const faultsOf = (api: MonitoredApi): Metric =>
  vended('AWS/ApiGateway', api.kind === 'http' ? '5xx' : '5XXError', dimensionsOf(api));

/** CloudFront writes its figures in us-east-1, whatever the Region of the origin. */
export const edgeFigure = (distribution: IDistribution, metricName: string, statistic: string): Metric =>
  vended(
    'AWS/CloudFront',
    metricName,
    { DistributionId: distribution.distributionId, Region: 'Global' },
    statistic,
  ).with({ region: 'us-east-1' });

export const tableFigure = ({ monitored: { table } }: Monitoring, metricName: string, statistic = 'Sum'): Metric =>
  vended('AWS/DynamoDB', metricName, { TableName: table.tableName }, statistic);

/** DynamoDB counts some things for each of its operations alone; these are all that the service uses. */
const tableOperations = [
  'GetItem',
  'BatchGetItem',
  'Query',
  'Scan',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
  'TransactWriteItems',
];

export const tableTotal = ({ monitored: { table } }: Monitoring, metricName: string, label: string): MathExpression =>
  total(
    metricName,
    label,
    tableOperations.map((Operation) => vended('AWS/DynamoDB', metricName, { TableName: table.tableName, Operation })),
  );

/** `name` tells the parts apart from those of other figures in one graph. */
export function total(name: string, label: string, metrics: readonly IMetric[]): MathExpression {
  const part = `part_${name}_`;
  const usingMetrics = Object.fromEntries(metrics.map((metric, index) => [`${part}${index}`, metric]));
  // Of parts without a value in a period, the sum knows nothing and takes the others.
  const expression = `SUM([${Object.keys(usingMetrics).join(', ')}])`;
  return new MathExpression({ expression, usingMetrics, label, period: fiveMinutes });
}

/** Of all callers of the account and Region: the quota is theirs together. SERVICE_QUOTA answers for the same period. */
export function rsaQuotaUse(): MathExpression {
  const dimensions = { Service: 'KMS', Type: 'API', Resource: 'CryptographicOperationsRsa', Class: 'None' };
  const calls = vended('AWS/Usage', 'CallCount', dimensions).with({ period: oneMinute });
  return new MathExpression({
    expression: '100 * calls / SERVICE_QUOTA(calls)',
    usingMetrics: { calls },
    label: 'RSA requests, % of the quota',
    period: oneMinute,
  });
}

/** Where people sign in. */
export const signInRoom = ({ monitored: { functions } }: Monitoring): string =>
  Object.hasOwn(functions, 'rooms') ? 'rooms' : 'auth';

/** Wrong passwords and wrong answers to challenges, for each sign-in that was begun; few sign-ins say nothing. */
export function refusedSignIns(monitoring: Monitoring): MathExpression {
  const room = signInRoom(monitoring);
  const figure = (metric: MetricName, operation: string, statistic?: string): Metric =>
    ownFigure(monitoring.settings, metric, { room, operation }, statistic);
  return new MathExpression({
    expression: 'IF(begun >= 100, 100 * (FILL(passwords, 0) + FILL(answers, 0)) / begun, 0)',
    usingMetrics: {
      begun: figure('Latency', 'InitiateAuth', 'SampleCount'),
      passwords: figure('Refusals', 'InitiateAuth'),
      answers: figure('Refusals', 'RespondToAuthChallenge'),
    },
    label: 'Refusals, % of the sign-ins begun',
    period: fiveMinutes,
  });
}

/** A few faults among few requests are no rate yet. */
export const faultRate = (api: MonitoredApi): MathExpression =>
  new MathExpression({
    expression: 'IF(faults >= 5, 100 * faults / requests, 0)',
    usingMetrics: { faults: faultsOf(api), requests: requestsOf(api) },
    label: 'Answers 5xx, %',
    period: fiveMinutes,
  });
