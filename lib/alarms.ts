/** Alarms of a deployment, and whom they reach. */
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { type AlarmRule, alarmRules } from './alarm-rules.ts';
import type { Monitoring } from './monitored.ts';
import { makePagingTopic } from './paging.ts';
import { profiles } from './profiles.ts';
import type { Settings } from './settings.ts';

export interface Alarms {
  /** None in a sandbox. */
  readonly alarms: readonly Alarm[];
  /** In production, and wherever somebody wants to hear of them; elsewhere they are to be looked at. */
  readonly topic: ITopic | undefined;
}

export function addAlarms(scope: Construct, monitoring: Monitoring): Alarms {
  const { settings } = monitoring;
  if (!profiles[settings.profile].alarms) return { alarms: [], topic: undefined };
  const within = new Construct(scope, 'Alarms');
  const topic = isPaging(settings) ? makePagingTopic(within, settings) : undefined;
  return { alarms: alarmRules(monitoring).map((rule) => makeAlarm(within, rule, settings, topic)), topic };
}

const isPaging = ({ profile, alarmEmail }: Settings): boolean => profile === 'production' || alarmEmail !== undefined;

function makeAlarm(scope: Construct, rule: AlarmRule, { name }: Settings, topic: ITopic | undefined): Alarm {
  const { metric, threshold, description, goesOff, periods, missing, ignoreFewSamples } = rule;
  const [datapointsToAlarm, evaluationPeriods] = periods;
  const alarm = new Alarm(scope, rule.name, {
    alarmName: `${name}-${rule.name}`,
    alarmDescription: description,
    metric,
    threshold,
    comparisonOperator: goesOff === 'below' ? ComparisonOperator.LESS_THAN_THRESHOLD : atLeast,
    datapointsToAlarm,
    evaluationPeriods,
    treatMissingData: missing ?? TreatMissingData.NOT_BREACHING,
    ...(ignoreFewSamples && { evaluateLowSampleCountPercentile: 'ignore' }),
  });
  if (topic !== undefined) {
    const action = new SnsAction(topic);
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
  }
  return alarm;
}

const atLeast = ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD;
