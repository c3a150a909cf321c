/** Why findings about REST APIs are none here. */
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { acknowledge, checkedInside } from '../acknowledge.ts';
import { profiles } from '../profiles.ts';
import type { Settings } from '../settings.ts';

export function acknowledgeRestFindings(api: RestApi, { profile, vpcEndpointId, webAclArn }: Settings): void {
  const { accessLogs, firewall } = profiles[profile];
  const isPrivate = vpcEndpointId !== undefined;
  const findings = [
    ['APIG1', 'A sandbox keeps no access logs: each function writes a line for a request.', !accessLogs],
    ['APIG2', 'Each operation checks its input by its own shape, with the messages that clients know.', true],
    ['APIG3', 'A sandbox has no firewall: it would cost more than the rest.', !firewall && !isPrivate && !webAclArn],
    [
      'APIG3',
      'Callers come through one endpoint of a VPC; whoever wants a firewall there brings it.',
      isPrivate && !webAclArn,
    ],
    ['APIG4', checkedInside, true],
    ['APIG6', 'A sandbox keeps no logs of its gateway: each function writes a line for a request.', !accessLogs],
    ['COG4', checkedInside, true],
  ] as const;
  for (const [rule, reason, applies] of findings) if (applies) acknowledge(api, `AwsSolutions-${rule}`, reason);
}
