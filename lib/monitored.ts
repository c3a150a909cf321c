/** The parts of a deployment whose figures alarms and the dashboard read. */
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Settings } from './settings.ts';
import type { NamedTable } from './table.ts';

export interface Monitored {
  /** By the names of functions: rooms (or `rooms`, the one that holds them all), wellknown, credentials, worker, web. */
  readonly functions: Readonly<Record<string, IFunction>>;
  /** Where these functions write their lines. */
  readonly logGroups: readonly ILogGroup[];
  readonly table: NamedTable;
  /** Wakes the worker. */
  readonly queue: IQueue;
  readonly deadLetters: IQueue;
  readonly apis: readonly MonitoredApi[];
  /** Only with routing `edge`. */
  readonly distribution?: IDistribution | undefined;
}

/** The dimensions of an API's figures: HTTP APIs are known by `ApiId`, REST APIs by `ApiName`. */
export type MonitoredApi =
  | { readonly kind: 'http'; readonly id: string; readonly stage: string }
  | { readonly kind: 'rest'; readonly name: string; readonly stage: string };

/** What `addAlarms` and `addDashboard` are called with. */
export interface Monitoring {
  readonly monitored: Monitored;
  readonly settings: Settings;
}
