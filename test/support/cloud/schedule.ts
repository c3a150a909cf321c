/** Fires the rules of EventBridge that stand in the templates. */
import { arnOf, resourcePolicies } from './grants.ts';
import { decide } from './iam-policy.ts';
import type { Invoker } from './invoker.ts';
import type { Queues } from './queues.ts';
import type { Cloud } from './template.ts';

interface Target {
  readonly Arn: string;
  readonly Input?: string;
}

export interface Targets {
  readonly invoker: Invoker;
  readonly queues: Pick<Queues, 'put'>;
}

/** Each enabled rule that goes by the clock, once. Rejects as its function does. */
export async function fireSchedules(cloud: Cloud, targets: Targets): Promise<void> {
  const rules = cloud
    .ofType('AWS::Events::Rule')
    .filter(({ properties }) => properties['ScheduleExpression'] !== undefined);
  if (rules.length === 0) throw new Error('The templates have no schedule');
  for (const rule of rules) {
    if (rule.properties['State'] !== 'ENABLED') continue;
    // As CloudFormation has them.
    for (const target of rule.properties['Targets'] as readonly Target[])
      await reach(cloud, arnOf(rule), target, targets);
  }
}

async function reach(
  cloud: Cloud,
  ruleArn: string,
  { Arn, Input }: Target,
  { invoker, queues }: Targets,
): Promise<void> {
  if (Input === undefined) throw new Error(`${ruleArn} says nothing to its target`);
  if (!Arn.includes(':sqs:')) {
    await invoker.find(Arn, 'events.amazonaws.com', ruleArn).invoke(JSON.parse(Input));
    return;
  }
  requireSender(cloud, Arn, ruleArn);
  queues.put(Arn, Input);
}

/** A queue lets the clock in by its own policy. */
function requireSender(cloud: Cloud, queueArn: string, ruleArn: string): void {
  const statements = (resourcePolicies(cloud).get(queueArn) ?? []).filter(({ Principal }) => isForEvents(Principal));
  const context = {
    'aws:SecureTransport': ['true'],
    'aws:SourceArn': [ruleArn],
    'aws:SourceAccount': [cloud.place.account],
  };
  const { outcome } = decide(statements, { action: 'sqs:SendMessage', resource: queueArn, context });
  if (outcome !== 'allowed') throw new Error(`${ruleArn} may not send to ${queueArn}`);
}

function isForEvents(principal: unknown): boolean {
  if (principal === '*') return true;
  const { AWS, Service } = (principal ?? {}) as { readonly AWS?: unknown; readonly Service?: unknown };
  return [AWS].flat().includes('*') || [Service].flat().includes('events.amazonaws.com');
}
