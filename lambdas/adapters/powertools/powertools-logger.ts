/** Writes lines as JSON and figures in the embedded metric format, with Powertools for AWS Lambda. */
import { Logger as PowertoolsLogger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { metricNamespace } from '../../core/contract/metric-names.ts';
import type { JobLine, JobLog } from '../../core/ports/job-log.ts';
import type { Logger, RequestLine } from '../../core/ports/logger.ts';
import type { Counted, Meter } from '../../core/ports/meter.ts';
import { AllowedKeys } from './allowed-keys.ts';
import { type Figure, type Figures, figuresOfJob, figuresOfRequest } from './figures.ts';

export interface PowertoolsOptions {
  /** Name of the function. */
  readonly room: string;
}

/**
 * The name of the service comes from POWERTOOLS_SERVICE_NAME. Everything is written before the answer leaves: a
 * function is frozen from then on. What is counted meanwhile goes out with the next line.
 */
export function powertoolsLogger({ room }: PowertoolsOptions): Logger & JobLog & Meter {
  // Whatever the environment says of levels: the lines of audits must not depend on it.
  const log = new PowertoolsLogger({ logLevel: 'INFO', logFormatter: new AllowedKeys(), persistentKeys: { room } });
  const metrics = new Metrics({ namespace: metricNamespace, defaultDimensions: { room } });
  const pending = new Map<Counted, number>();

  return {
    write(line: RequestLine | JobLine) {
      const { event, level, ...members } = line;
      log[level](event, members);
      publish(metrics, figuresOf(line, takeAll(pending)));
    },
    record: ({ event, ...members }) => log.info(event, members),
    count(name, by = 1) {
      pending.set(name, (pending.get(name) ?? 0) + by);
    },
  };
}

const figuresOf = (line: RequestLine | JobLine, pending: readonly Figure[]): readonly Figures[] =>
  line.event === 'job.attempted' ? figuresOfJob(line, pending) : figuresOfRequest(line, pending);

function takeAll(pending: Map<Counted, number>): readonly Figure[] {
  const taken = [...pending].map(([name, value]): Figure => ({ name, unit: 'Count', value }));
  pending.clear();
  return taken;
}

/** One document for each group, because all figures of a document share its dimensions. */
function publish(metrics: Metrics, groups: readonly Figures[]): void {
  for (const { dimensions, values } of groups) {
    for (const names of dimensions) metrics.addDimensions({ ...names });
    for (const { name, unit, value } of values) metrics.addMetric(name, unit, value);
    metrics.publishStoredMetrics();
  }
}
