/** Alarms, dashboard, saved queries and sampling, around a small stack of the parts that they watch. */
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, test } from 'vitest';
import { metricNames } from '../../lambdas/core/contract/metric-names.ts';
import { functionNames } from '../../lib/functions.ts';
import type { MonitoredApi } from '../../lib/monitored.ts';
import { addObservability } from '../../lib/observability.ts';
import { readSettings } from '../../lib/settings.ts';

type Json = Readonly<Record<string, unknown>>;

interface Query {
  readonly Id: string;
  readonly Expression?: string;
  readonly ReturnData?: boolean;
  readonly MetricStat?: {
    readonly Metric: {
      readonly Namespace: string;
      readonly MetricName: string;
      readonly Dimensions?: readonly { readonly Name: string; readonly Value: unknown }[];
    };
    readonly Period: number;
    readonly Stat: string;
  };
}

interface AlarmProperties extends Json {
  readonly AlarmName: string;
  readonly AlarmDescription: string;
  readonly AlarmActions?: readonly unknown[];
  readonly OKActions?: readonly unknown[];
  readonly TreatMissingData: string;
  readonly Metrics?: readonly Query[];
}

interface Watched {
  readonly template: Template;
  readonly names: readonly string[];
  alarm(name: string): AlarmProperties;
}

const apis: Readonly<Record<string, readonly MonitoredApi[]>> = {
  http: [{ kind: 'http', id: 'abc123', stage: '$default' }],
  rest: [
    { kind: 'rest', name: 'pond-Auth', stage: 'v1' },
    { kind: 'rest', name: 'pond-Pools', stage: 'v1' },
  ],
};

function watch(context: Json, monitored: readonly MonitoredApi[] = apis['http'] ?? []): Watched {
  const settings = readSettings({ name: 'pond', region: 'eu-west-1', ...context });
  const stack = new Stack(new App(), 'Small');
  const names = functionNames(settings);
  const makeFunction = (name: string) =>
    new LambdaFunction(stack, name, {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => {}'),
    });
  addObservability(stack, {
    settings,
    monitored: {
      functions: Object.fromEntries(names.map((name) => [name, makeFunction(name)])),
      logGroups: names.map((name) => new LogGroup(stack, `${name}Log`)),
      table: new Table(stack, 'Table', { partitionKey: { name: 'PK', type: AttributeType.STRING } }),
      queue: new Queue(stack, 'Queue'),
      deadLetters: new Queue(stack, 'DeadLetters'),
      apis: monitored,
      distribution:
        settings.routing === 'edge'
          ? Distribution.fromDistributionAttributes(stack, 'Edge', {
              distributionId: 'EDFDVBD6EXAMPLE',
              domainName: 'd111111abcdef8.cloudfront.net',
            })
          : undefined,
    },
  });
  const template = Template.fromStack(stack);
  const all = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
    // The assertions know resources as anything.
    ({ Properties }) => Properties as AlarmProperties,
  );
  return {
    template,
    names,
    alarm: (name) => {
      const found = all.find(({ AlarmName }) => AlarmName === `pond-${name}`);
      if (!found) throw new Error(`There is no alarm pond-${name}`);
      return found;
    },
  };
}

const production = watch({ profile: 'production', alarmEmail: 'ops@example.com' });
const logicalId = (name: string) => ({ Ref: expect.stringMatching(new RegExp(`^${name}[0-9A-F]{8}$`)) });

const allAlarms = ({ template }: Watched): readonly AlarmProperties[] =>
  Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);

const dimensions = (of: Query | undefined) =>
  Object.fromEntries((of?.MetricStat?.Metric.Dimensions ?? []).map(({ Name, Value }) => [Name, Value]));

const queryOf = ({ Metrics = [] }: AlarmProperties, metric: string): Query | undefined =>
  Metrics.find(({ MetricStat }) => MetricStat?.Metric.MetricName === metric);

describe('Alarms', () => {
  test('are off in a sandbox, with the topic', () => {
    const { template } = watch({ profile: 'sandbox' });

    template.resourceCountIs('AWS::CloudWatch::Alarm', 0);
    template.resourceCountIs('AWS::SNS::Topic', 0);
  });

  test('are there in staging, and page nobody unless somebody asks for it', () => {
    const staging = watch({ profile: 'staging' });
    expect(allAlarms(staging).length).toBe(allAlarms(production).length);
    expect(allAlarms(staging).flatMap(({ AlarmActions = [] }) => AlarmActions)).toEqual([]);
    staging.template.resourceCountIs('AWS::SNS::Topic', 0);

    const heard = watch({ profile: 'staging', alarmEmail: 'ops@example.com' });
    expect(allAlarms(heard).every(({ AlarmActions = [] }) => AlarmActions.length === 1)).toBe(true);
  });

  test('page in production when they go off and when it is over', () => {
    const topic = [logicalId('AlarmsPaging')];

    expect(allAlarms(production)).not.toEqual([]);
    for (const alarm of allAlarms(production)) expect(alarm).toMatchObject({ AlarmActions: topic, OKActions: topic });
  });

  test('have names of their own and say what to do', () => {
    const all = allAlarms(production);

    expect(new Set(all.map(({ AlarmName }) => AlarmName)).size).toBe(all.length);
    for (const { AlarmName, AlarmDescription } of all) {
      expect(AlarmName).toMatch(/^pond-[a-z0-9-]+$/);
      expect(AlarmDescription.length).toBeGreaterThan(60);
      expect(AlarmDescription.length).toBeLessThanOrEqual(1024);
    }
  });

  test('watch errors, throttles and latency of every function', () => {
    expect(production.names).toEqual(expect.arrayContaining(['auth', 'credentials', 'web', 'wellknown', 'worker']));
    for (const name of production.names) {
      const ofFunction = {
        Namespace: 'AWS/Lambda',
        Dimensions: [{ Name: 'FunctionName', Value: logicalId(name) }],
        TreatMissingData: 'notBreaching',
        Period: 300,
      };
      expect(production.alarm(`${name}-errors`)).toMatchObject({
        ...ofFunction,
        MetricName: 'Errors',
        Statistic: 'Sum',
        Threshold: 1,
        DatapointsToAlarm: 2,
        EvaluationPeriods: 6,
      });
      expect(production.alarm(`${name}-throttles`)).toMatchObject({
        ...ofFunction,
        MetricName: 'Throttles',
        Statistic: 'Sum',
        Threshold: 1,
        EvaluationPeriods: name === 'worker' ? 3 : 1,
      });
      if (name === 'worker') continue;
      expect(production.alarm(`${name}-latency`)).toMatchObject({
        ...ofFunction,
        MetricName: 'Duration',
        ExtendedStatistic: 'p99',
        Threshold: ['auth', 'account'].includes(name) ? 3_000 : 2_000,
        EvaluateLowSampleCountPercentile: 'ignore',
      });
    }
    expect(() => production.alarm('worker-latency')).toThrow();
  });

  test('watch the one function of all rooms where there is no edge', () => {
    const direct = watch({ profile: 'production', routing: 'direct' });

    expect(direct.names).toContain('rooms');
    expect(direct.alarm('rooms-latency')).toMatchObject({ Threshold: 3_000 });
    expect(dimensions(queryOf(direct.alarm('sign-ins-refused'), 'Latency'))).toMatchObject({ room: 'rooms' });
  });

  test('watch the rate of 5xx of an HTTP API', () => {
    const alarm = production.alarm('api-5xx');

    expect(alarm).toMatchObject({ Threshold: 1, DatapointsToAlarm: 2, EvaluationPeriods: 3 });
    expect(alarm.Metrics?.find(({ ReturnData }) => ReturnData !== false)?.Expression).toBe(
      'IF(faults >= 5, 100 * faults / requests, 0)',
    );
    for (const metric of ['5xx', 'Count']) {
      expect(queryOf(alarm, metric)).toMatchObject({ MetricStat: { Period: 300, Stat: 'Sum' } });
      expect(dimensions(queryOf(alarm, metric))).toEqual({ ApiId: 'abc123', Stage: '$default' });
    }
  });

  test('watch that of each REST API, which calls it otherwise', () => {
    const rules = watch({ profile: 'production' }, apis['rest']);

    for (const name of ['pond-Auth', 'pond-Pools']) {
      const alarm = rules.alarm(`api-${name.slice('pond-'.length).toLowerCase()}-5xx`);
      expect(dimensions(queryOf(alarm, '5XXError'))).toEqual({ ApiName: name, Stage: 'v1' });
    }
  });

  test('watch what jobs left behind, how long they wait, and whether the worker runs at all', () => {
    expect(production.alarm('dead-letters')).toMatchObject({
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [
        { Name: 'QueueName', Value: { 'Fn::GetAtt': [expect.stringMatching(/^DeadLetters/), 'QueueName'] } },
      ],
      Threshold: 1,
      EvaluationPeriods: 1,
    });
    expect(production.alarm('jobs-waiting')).toMatchObject({
      MetricName: 'ApproximateAgeOfOldestMessage',
      Threshold: 2_700,
    });
    expect(production.alarm('worker-stopped')).toMatchObject({
      MetricName: 'Invocations',
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      Period: 1_800,
      TreatMissingData: 'breaching',
    });
  });

  test('take a figure that is missing for good news, but for that of the worker', () => {
    const bad = allAlarms(production).filter(({ TreatMissingData }) => TreatMissingData !== 'notBreaching');

    expect(bad.map(({ AlarmName }) => AlarmName)).toEqual(['pond-worker-stopped']);
  });

  test('watch throttles, hot keys and errors of the table', () => {
    const operations = (name: string): readonly unknown[] =>
      (production.alarm(name).Metrics ?? [])
        .filter(({ MetricStat }) => MetricStat !== undefined)
        .map((query) => dimensions(query)['Operation']);

    // An alarm can hold ten metrics.
    for (const name of ['table-throttles', 'table-errors']) {
      expect(operations(name)).toEqual(expect.arrayContaining(['GetItem', 'Query', 'TransactWriteItems']));
      expect(operations(name).length).toBeLessThan(10);
    }
    const hot = production.alarm('table-hot-keys');
    expect(dimensions(queryOf(hot, 'ReadKeyRangeThroughputThrottleEvents'))).toEqual({ TableName: logicalId('Table') });
    expect(queryOf(hot, 'WriteKeyRangeThroughputThrottleEvents')).toBeDefined();
  });

  test('watch the request quota of KMS where tokens are signed there', () => {
    const alarm = production.alarm('kms-quota');

    expect(alarm).toMatchObject({ Threshold: 60, DatapointsToAlarm: 3, EvaluationPeriods: 5 });
    expect(alarm.Metrics?.map(({ Expression }) => Expression)).toContain('100 * calls / SERVICE_QUOTA(calls)');
    expect(queryOf(alarm, 'CallCount')).toMatchObject({
      MetricStat: { Metric: { Namespace: 'AWS/Usage' }, Period: 60, Stat: 'Sum' },
    });
    expect(dimensions(queryOf(alarm, 'CallCount'))).toEqual({
      Service: 'KMS',
      Type: 'API',
      Resource: 'CryptographicOperationsRsa',
      Class: 'None',
    });
    expect(() => watch({ profile: 'production', signing: 'sealed' }).alarm('kms-quota')).toThrow();
  });

  test('watch refused sign-ins by the figures that the functions write', () => {
    const alarm = production.alarm('sign-ins-refused');
    const own = { service: 'pond', room: 'auth' };
    const queries = (alarm.Metrics ?? []).filter(({ MetricStat }) => MetricStat !== undefined);

    expect(alarm).toMatchObject({ Threshold: 50, DatapointsToAlarm: 2, EvaluationPeriods: 3 });
    expect(
      queries.map((query) => [query.MetricStat?.Metric.MetricName, query.MetricStat?.Stat, dimensions(query)]),
    ).toEqual(
      expect.arrayContaining([
        ['Latency', 'SampleCount', { ...own, operation: 'InitiateAuth' }],
        ['Refusals', 'Sum', { ...own, operation: 'InitiateAuth' }],
        ['Refusals', 'Sum', { ...own, operation: 'RespondToAuthChallenge' }],
      ]),
    );
    for (const { MetricStat } of queries) {
      expect(MetricStat?.Metric.Namespace).toBe('Millpond');
      expect(metricNames).toContain(MetricStat?.Metric.MetricName);
    }
  });
});

describe('The paging topic', () => {
  test('is encrypted with a key that rotates and that alarms of this account may use', () => {
    production.template.hasResourceProperties('AWS::SNS::Topic', {
      KmsMasterKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('PagingKey'), 'Arn'] },
    });
    production.template.hasResourceProperties('AWS::KMS::Key', {
      EnableKeyRotation: true,
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Condition: Match.objectLike({ StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }),
          }),
        ]),
      },
    });
  });

  test('takes messages of alarms, and none that come without TLS', () => {
    production.template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          Match.objectLike({
            Effect: 'Allow',
            Action: 'sns:Publish',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
          }),
        ]),
      },
    });
  });

  test('sends mail to the address that was given, and to nobody without one', () => {
    production.template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'ops@example.com',
    });
    watch({ profile: 'production' }).template.resourceCountIs('AWS::SNS::Subscription', 0);
  });
});

describe('The dashboard', () => {
  const bodyOf = ({ template }: Watched): string =>
    JSON.stringify(
      Object.values(template.findResources('AWS::CloudWatch::Dashboard')).map(({ Properties }) => Properties),
    );

  test('is there in every profile, by the name of the deployment and its Region: an account has one list of them', () => {
    const DashboardName = { 'Fn::Join': ['', ['pond-', { Ref: 'AWS::Region' }]] };
    for (const profile of ['sandbox', 'staging', 'production']) {
      watch({ profile }).template.hasResourceProperties('AWS::CloudWatch::Dashboard', { DashboardName });
    }
  });

  test('shows every function, and what people notice', () => {
    const body = bodyOf(production);

    for (const name of production.names) expect(body).toMatch(new RegExp(`"${name}[0-9A-F]{8}"`));
    for (const title of ['Requests', 'Answers 5xx', 'Sign-ins by result', 'KMS', 'Jobs', 'Alarms', 'Faults']) {
      expect(body).toContain(title);
    }
  });

  test('shows the edge where there is one, by figures of us-east-1', () => {
    expect(bodyOf(production)).toMatch(/CloudFront.*4xxErrorRate.*EDFDVBD6EXAMPLE.*us-east-1/);
    expect(bodyOf(watch({ profile: 'production', routing: 'direct' }))).not.toContain('CloudFront');
  });

  test('shows no KMS where keys are sealed, and no alarms where there are none', () => {
    expect(bodyOf(watch({ profile: 'production', signing: 'sealed' }))).not.toContain('SERVICE_QUOTA');
    expect(bodyOf(watch({ profile: 'sandbox' }))).not.toContain('\\"type\\":\\"alarm\\"');
  });
});

describe('Saved queries', () => {
  test('ask all log groups who managed what, and what failed', () => {
    const found = Object.values(production.template.findResources('AWS::Logs::QueryDefinition'));
    const names = found.map(({ Properties }) => Properties.Name);

    expect(names.toSorted()).toEqual([
      'pond/audit',
      'pond/audit-changes',
      'pond/audit-refused',
      'pond/faults',
      'pond/slow',
    ]);
    for (const { Properties } of found) expect(Properties.LogGroupNames).toHaveLength(production.names.length);
    production.template.hasResourceProperties('AWS::Logs::QueryDefinition', {
      Name: 'pond/audit',
      QueryString: Match.stringLikeRegexp('filter message = "management.recorded"'),
    });
  });
});

describe('Sampling', () => {
  test('follows one request in a hundred where there is tracing', () => {
    production.template.hasResourceProperties('AWS::XRay::SamplingRule', {
      SamplingRule: {
        FixedRate: 0.01,
        ReservoirSize: 1,
        ServiceName: 'pond*',
        RuleName: Match.stringLikeRegexp('^.{1,32}$'),
      },
    });
    watch({ profile: 'sandbox' }).template.resourceCountIs('AWS::XRay::SamplingRule', 0);
  });
});
