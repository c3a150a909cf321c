/** A Lambda function behind a queue: hands over each message that comes, and has a message redelivered that failed. */
import middy from '@middy/core';

/** What is read of an event of SQS. */
export interface QueueEvent {
  readonly Records: readonly { readonly body: string }[];
}

/** What is read of the Lambda context. */
export interface TimedContext {
  getRemainingTimeInMillis(): number;
}

export type QueueHandler = (event: QueueEvent, context: TimedContext) => Promise<void>;

export function messageEntry(take: (message: unknown, context: TimedContext) => Promise<void>): QueueHandler {
  const handle: QueueHandler = async ({ Records }, context) => {
    for (const { body } of Records) await take(read(body), context);
  };
  // Otherwise what is under way when time runs out would be frozen, to go on beside a later message.
  const composed = middy<QueueEvent, unknown>({ timeoutEarlyInMillis: 0 }).handler(handle as never);
  // Middy's types know the platform's own events and context; of these, only what the types above name is read.
  return composed as unknown as QueueHandler;
}

/** A message that is not JSON fails every time, and ends where somebody looks at it. The parser's message quotes it. */
function read(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Error('A message of the queue is not JSON.');
  }
}
