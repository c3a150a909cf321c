/** Everything by which a deployment is watched. */
import type { Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { addAlarms } from './alarms.ts';
import { addDashboard } from './dashboard.ts';
import type { Monitoring } from './monitored.ts';
import { addSavedQueries } from './saved-queries.ts';
import { addSamplingRule } from './tracing.ts';

export function addObservability(scope: Construct, monitoring: Monitoring): Dashboard {
  const { alarms } = addAlarms(scope, monitoring);
  addSavedQueries(scope, monitoring);
  addSamplingRule(scope, monitoring.settings);
  return addDashboard(scope, monitoring, alarms);
}
