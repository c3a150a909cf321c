/** Questions to the log that come up again and again, saved beside the log groups that they ask. */
import { CfnQueryDefinition } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Monitoring } from './monitored.ts';

/** By name; each begins at the newest line. */
const queries: Readonly<Record<string, readonly string[]>> = {
  audit: [
    'fields time, actor, coalesce(accessKeyId, claimedKeyId) as key, operation, resource, outcome, sourceIp, requestId',
    'filter message = "management.recorded"',
    'sort time desc',
    'limit 1000',
  ],
  'audit-changes': [
    'fields time, actor, accessKeyId, operation, resource, outcome, sourceIp, requestId',
    'filter message = "management.recorded" and access not in ["List", "Read"]',
    'sort time desc',
    'limit 1000',
  ],
  'audit-refused': [
    'filter message = "management.recorded" and outcome in ["AccessDeniedException", "InvalidSignatureException", ' +
      '"UnrecognizedClientException", "IncompleteSignatureException", "MissingAuthenticationTokenException", ' +
      '"ExpiredTokenException"]',
    'stats count(*) as times, min(@timestamp) as since, max(@timestamp) as until by actor, sourceIp, operation, outcome',
    'sort times desc',
    'limit 1000',
  ],
  faults: [
    'fields @timestamp, room, operation, outcome, fault.message, fault.cause.message, requestId, xray_trace_id',
    'filter level = "ERROR"',
    'sort @timestamp desc',
    'limit 200',
  ],
  slow: [
    'filter message = "request.answered"',
    'stats count(*) as requests, pct(durationMs, 50) as p50, pct(durationMs, 99) as p99, max(durationMs) as slowest ' +
      'by room, operation',
    'sort p99 desc',
    'limit 100',
  ],
};

export function addSavedQueries(scope: Construct, { monitored, settings }: Monitoring): void {
  const within = new Construct(scope, 'Queries');
  const logGroupNames = monitored.logGroups.map(({ logGroupName }) => logGroupName);
  for (const [name, commands] of Object.entries(queries)) {
    new CfnQueryDefinition(within, name, {
      name: `${settings.name}/${name}`,
      queryString: commands.join('\n| '),
      logGroupNames,
    });
  }
}
