/** Wakes the worker by a message of its queue. */
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Jobs } from '../../core/ports/jobs.ts';

export interface SqsJobsOptions {
  readonly queueUrl: string;
  /** Hears of wake-ups that got lost: the regular look at all jobs finds the job then. */
  readonly report: (fault: unknown) => void;
}

/** Callers wait for it. */
const limits = { connectionTimeout: 1000, requestTimeout: 2000, throwOnRequestTimeout: true };

/** Makes a client, which finds endpoint, region and credentials where every SDK client does; sends nothing yet. */
export function sqsJobs({ queueUrl, report }: SqsJobsOptions): Jobs {
  // The URL names the queue; the environment says where SQS answers.
  const client = new SQSClient({ maxAttempts: 2, requestHandler: limits, useQueueUrlAsEndpoint: false });
  return {
    async wake(job) {
      const command = new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify({ job }) });
      await client.send(command).catch(report);
    },
  };
}
