/** The queue that wakes the worker, where what failed five times ends, and the clock that looks for due jobs. */
import { Duration } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** Side by side at most; the table is for people first. */
const workers = 2;

export class JobQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.deadLetters = new Queue(this, 'DeadLetters', { ...common, retentionPeriod: Duration.days(14) });
    this.queue = new Queue(this, 'Queue', {
      ...common,
      // Longer than the worker may take, so that no job is handed out twice.
      visibilityTimeout: Duration.minutes(16),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
    });
    new Rule(this, 'Tick', {
      description: 'Looks for jobs that are due',
      schedule: Schedule.rate(Duration.minutes(5)),
      targets: [
        new SqsQueue(this.queue, {
          message: RuleTargetInput.fromObject({ tick: true }),
          deadLetterQueue: this.deadLetters,
          // The next tick makes up for a lost one.
          maxEventAge: Duration.minutes(5),
        }),
      ],
    });
  }

  /** Whatever the worker is woken by and cannot do ends among the dead letters. */
  wakes(worker: IFunction): void {
    worker.addEventSource(
      new SqsEventSource(this.queue, { batchSize: 1, maxConcurrency: workers, reportBatchItemFailures: true }),
    );
    worker.configureAsyncInvoke({
      maxEventAge: Duration.hours(1),
      retryAttempts: 2,
      onFailure: new SqsDestination(this.deadLetters),
    });
  }
}

const common = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true } as const;
