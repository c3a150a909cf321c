/** Why some rights name no single resource. */
import type { IConstruct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { Port } from './port-uses.ts';
import { profiles } from './profiles.ts';
import type { Settings } from './settings.ts';
import { qualified } from './trigger-grants.ts';

interface Wildcard {
  readonly resource: string;
  readonly reason: string;
}

/** As cdk-nag writes what is not yet known. */
const [partition, account] = ['<AWS::Partition>', '<AWS::AccountId>'];

/** Of a role whose function uses these ports. */
export function acknowledgeWildcards(role: IConstruct, settings: Settings, ports: ReadonlySet<Port>): void {
  const all = [
    ...withoutResource(settings, ports),
    ...(ports.has('messenger') ? ofSenders(settings) : []),
    ...(ports.has('triggers') ? ofTriggers(settings) : []),
  ];
  for (const { resource, reason } of all) acknowledge(role, `AwsSolutions-IAM5[Resource::${resource}]`, reason);
}

function withoutResource({ profile, sms }: Settings, ports: ReadonlySet<Port>): readonly Wildcard[] {
  const reasons = [
    ...(profiles[profile].tracing ? ['Traces belong to no resource.'] : []),
    ...(ports.has('messenger') && sms === 'sns'
      ? ['A telephone number has no ARN; what has one is a topic, and refused beside.']
      : []),
  ];
  return reasons.length === 0 ? [] : [{ resource: '*', reason: reasons.join(' ') }];
}

function ofSenders({ mailFrom }: Settings): readonly Wildcard[] {
  if (mailFrom === undefined) return [];
  const reason = 'Pools name senders of their own, and who may configure a pool is up to its policies.';
  return [
    { resource: `arn:${partition}:ses:*:*:identity/*`, reason },
    { resource: `arn:${partition}:ses:*:${account}:configuration-set/*`, reason },
  ];
}

function ofTriggers({ triggerFunctions }: Settings): readonly Wildcard[] {
  if (triggerFunctions === 'tagged') {
    const reason = 'Pools name functions of their own; the condition beside lets in those that carry the tag.';
    return [{ resource: `arn:${partition}:lambda:*:${account}:function:*`, reason }];
  }
  const reason = 'The versions and aliases of a function that the operator lists.';
  return triggerFunctions.flatMap(qualified).map((resource) => ({ resource, reason }));
}
