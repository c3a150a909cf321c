/** How many requests X-Ray follows. */
import { Names } from 'aws-cdk-lib';
import { CfnSamplingRule } from 'aws-cdk-lib/aws-xray';
import type { Construct } from 'constructs';
import { profiles } from './profiles.ts';
import type { Settings } from './settings.ts';

/**
 * One in a hundred, and one a second so that quiet hours are seen. It holds where X-Ray is asked for a decision: at
 * REST APIs. Functions behind an HTTP API, which decides nothing, keep to the rate that Lambda sets for all.
 */
export function addSamplingRule(scope: Construct, { name, profile }: Settings): void {
  if (!profiles[profile].tracing) return;
  const any = '*';
  const rule = new CfnSamplingRule(scope, 'SamplingRule', {});
  rule.samplingRule = {
    ruleName: Names.uniqueResourceName(rule, { maxLength: 32 }),
    version: 1,
    priority: 1000,
    fixedRate: 0.01,
    reservoirSize: 1,
    // APIs and functions begin with the name of the deployment.
    serviceName: `${name}*`,
    serviceType: any,
    host: any,
    httpMethod: any,
    urlPath: any,
    resourceArn: any,
  };
}
