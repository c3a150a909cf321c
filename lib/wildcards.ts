/** Why some rights name no single resource. */
import type { IConstruct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { profiles } from './profiles.ts';
import type { Settings } from './settings.ts';

const senders = [
  'arn:<AWS::Partition>:ses:*:*:identity/*',
  'arn:<AWS::Partition>:ses:*:<AWS::AccountId>:configuration-set/*',
];

export function acknowledgeWildcards(role: IConstruct, { profile, mailFrom, sms }: Settings, sends: boolean): void {
  const acknowledgeResource = (resource: string, reason: string): void =>
    acknowledge(role, `AwsSolutions-IAM5[Resource::${resource}]`, reason);
  const any = [
    ...(profiles[profile].tracing ? ['Traces belong to no resource.'] : []),
    ...(sends && sms === 'sns' ? ['A telephone number has no ARN; what has one is a topic, and refused beside.'] : []),
  ];
  if (any.length > 0) acknowledgeResource('*', any.join(' '));
  if (!sends || mailFrom === undefined) return;
  for (const sender of senders) {
    acknowledgeResource(sender, 'Pools name senders of their own, and who may configure a pool is up to its policies.');
  }
}
