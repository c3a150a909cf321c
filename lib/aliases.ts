/** Writes the name of a deployment into its zone, for both versions of IP. */
import { AaaaRecord, ARecord, HostedZone, type IAliasRecordTarget, RecordTarget } from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import type { Settings } from './settings.ts';

export function makeAliases(scope: Construct, { domainName, hostedZone }: Settings, to: IAliasRecordTarget): void {
  if (domainName === undefined || hostedZone === undefined) return;
  const { id, name } = hostedZone;
  const zone = HostedZone.fromHostedZoneAttributes(scope, 'Zone', { hostedZoneId: id, zoneName: name });
  const record = { zone, recordName: domainName, target: RecordTarget.fromAlias(to) };
  new ARecord(scope, 'Alias', record);
  new AaaaRecord(scope, 'AliasV6', record);
}
