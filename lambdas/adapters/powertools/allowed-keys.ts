/** Writes log records of members that are known to be safe, and of no others. */
import { LogFormatter, LogItem } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';
import type { JobLine } from '../../core/ports/job-log.ts';
import type { AuditLine, RequestLine } from '../../core/ports/logger.ts';

type Member<Line> = Exclude<keyof Line, 'event' | 'level'>;

/** A member that is added to a line reaches the log when it stands here as well. */
const allowed: readonly ('room' | Member<RequestLine> | Member<AuditLine> | Member<JobLine>)[] = [
  'room',
  'operation',
  'poolId',
  'clientId',
  'outcome',
  'status',
  'durationMs',
  'requestId',
  'coldStart',
  'flow',
  'challenge',
  'tokens',
  'locked',
  'reloaded',
  'notices',
  'fault',
  'plane',
  'time',
  'access',
  'actor',
  'accessKeyId',
  'claimedKeyId',
  'resource',
  'sourceIp',
  'region',
  'kind',
  'jobId',
  'steps',
  'attempt',
];

export class AllowedKeys extends LogFormatter {
  override formatAttributes(attributes: UnformattedAttributes, additional: LogAttributes): LogItem {
    return new LogItem({
      attributes: {
        level: attributes.logLevel,
        message: attributes.message,
        timestamp: this.formatTimestamp(attributes.timestamp),
        service: attributes.serviceName,
        xray_trace_id: attributes.xRayTraceId,
        ...Object.fromEntries(allowed.map((name) => [name, additional[name]])),
      },
    });
  }
}
