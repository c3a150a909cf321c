/** SQS on this machine: takes messages by its JSON protocol, and hands them to functions when the test says so. */
import { createHash } from 'node:crypto';
import type { CloudFunction } from './function.ts';
import { arnOf } from './grants.ts';
import type { Guard } from './guard.ts';
import { type ServiceAnswer, type StandInServer, startStandIn } from './stand-in-server.ts';
import type { Cloud, Resource } from './template.ts';

export interface Message {
  readonly id: string;
  readonly body: string;
  readonly sentAt: number;
  /** From when on (ms) it can be received. */
  readonly visibleAt: number;
  readonly received: number;
  readonly senderId: string;
}

interface Queue {
  readonly url: string;
  readonly arn: string;
  /** Where messages go that were received too often. */
  readonly redrive: { readonly deadLetterTargetArn: string; readonly maxReceiveCount: number } | undefined;
  readonly visibilityMs: number;
  messages: Message[];
}

export interface Drained {
  /** How often messages were handed over. */
  readonly deliveries: number;
  /** How many of these came back. */
  readonly failures: number;
}

export interface Queues {
  /** Of messages that wait, by the name of the queue. */
  messages(name: string): readonly Message[];
  /** What another service of the platform sends. */
  put(arn: string, body: string): void;
  /** Hands messages to the functions that take them, those that come up meanwhile included, until no queue has any. */
  drain(): Promise<Drained>;
}

export interface QueueParts {
  readonly cloud: Cloud;
  readonly guard: Pick<Guard, 'permits'>;
  readonly now: () => number;
  /** Found by ARN or name, with the key that the service takes messages with. */
  readonly findFunction: (name: string) => { readonly fn: CloudFunction; readonly accessKeyId: string };
}

/** The server is there before the templates are resolved, because URLs of queues name it. */
export interface QueueServer extends StandInServer {
  serve(parts: QueueParts): Queues;
}

export async function startQueues(onFault: (fault: unknown) => void): Promise<QueueServer> {
  let take: ((operation: string, input: SendInput, accessKeyId: string) => ServiceAnswer) | undefined;
  const server = await startStandIn(async ({ operation, body, accessKeyId }) => {
    if (take === undefined) throw new Error('A message before there is a queue');
    return take(operation, JSON.parse(body), accessKeyId);
  }, onFault);
  return {
    ...server,
    serve(parts) {
      const queues = queuesOf(parts.cloud);
      take = (operation, input, accessKeyId) => send(queues, parts, { operation, input, accessKeyId });
      return {
        messages: (name) => queues.find(({ arn }) => arn.endsWith(`:${name}`))?.messages ?? [],
        put(arn, body) {
          const queue = queues.find((one) => one.arn === arn);
          if (queue === undefined) throw new Error(`There is no queue ${arn}`);
          queue.messages.push(newMessage(body, parts.now()));
        },
        drain: () => drain(queues, parts),
      };
    },
  };
}

interface SendInput {
  readonly QueueUrl: string;
  readonly MessageBody: string;
  readonly DelaySeconds?: number;
}

function queuesOf(cloud: Cloud): readonly Queue[] {
  return cloud.ofType('AWS::SQS::Queue').map((queue) => ({
    url: queue.identity.ref,
    arn: arnOf(queue),
    redrive: queue.properties['RedrivePolicy'] as Queue['redrive'],
    visibilityMs: Number(queue.properties['VisibilityTimeout'] ?? 30) * 1000,
    messages: [],
  }));
}

const contentType = 'application/x-amz-json-1.0';
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
const tls = { 'aws:SecureTransport': ['true'], 'aws:SourceAccount': undefined, 'aws:SourceArn': undefined };

function send(
  queues: readonly Queue[],
  { guard, now }: QueueParts,
  { operation, input, accessKeyId }: { operation: string; input: SendInput; accessKeyId: string },
): ServiceAnswer {
  const queue = queues.find(({ url }) => url === input.QueueUrl);
  if (operation !== 'SendMessage' || queue === undefined) throw new Error(`${operation} to ${input.QueueUrl}`);
  if (!guard.permits(accessKeyId, [{ action: 'sqs:SendMessage', resource: queue.arn, context: tls }])) {
    const refusal = {
      __type: 'com.amazon.coral.service#AccessDeniedException',
      message: 'Access to the resource is denied.',
    };
    return { status: 403, contentType, body: JSON.stringify(refusal) };
  }
  const message = newMessage(input.MessageBody, now(), input.DelaySeconds, accessKeyId);
  queue.messages.push(message);
  const body = { MessageId: message.id, MD5OfMessageBody: md5(message.body) };
  return { status: 200, contentType, body: JSON.stringify(body) };
}

const newMessage = (body: string, at: number, delaySeconds = 0, senderId = ''): Message => ({
  id: crypto.randomUUID(),
  body,
  sentAt: at,
  visibleAt: at + delaySeconds * 1000,
  received: 0,
  senderId,
});

async function drain(queues: readonly Queue[], parts: QueueParts): Promise<Drained> {
  let [deliveries, failures] = [0, 0];
  const sources = parts.cloud.ofType('AWS::Lambda::EventSourceMapping').map((one) => sourceOf(one, queues));
  for (let isBusy = true; isBusy; ) {
    isBusy = false;
    for (const source of sources) {
      const batch = receive(source, queues, parts.now());
      if (batch.length === 0) continue;
      isBusy = true;
      deliveries += batch.length;
      failures += await deliver(source, batch, parts);
    }
  }
  return { deliveries, failures };
}

interface Source {
  readonly queue: Queue;
  readonly functionName: string;
  readonly batchSize: number;
  readonly reportsFailures: boolean;
}

function sourceOf({ properties, logicalId }: Resource, queues: readonly Queue[]): Source {
  const queue = queues.find(({ arn }) => arn === properties['EventSourceArn']);
  if (queue === undefined) throw new Error(`${logicalId} has no queue`);
  const types = (properties['FunctionResponseTypes'] ?? []) as readonly string[];
  return {
    queue,
    functionName: String(properties['FunctionName']),
    batchSize: Number(properties['BatchSize'] ?? 10),
    reportsFailures: types.includes('ReportBatchItemFailures'),
  };
}

/** Messages become invisible; those that were received too often go to the queue for dead letters instead. */
function receive({ queue, batchSize }: Source, queues: readonly Queue[], now: number): readonly Message[] {
  const visible = queue.messages.filter(({ visibleAt }) => visibleAt <= now);
  const { deadLetterTargetArn, maxReceiveCount = Number.POSITIVE_INFINITY } = queue.redrive ?? {};
  const dead = visible.filter(({ received }) => received >= maxReceiveCount);
  queue.messages = queue.messages.filter((message) => !dead.includes(message));
  queues.find(({ arn }) => arn === deadLetterTargetArn)?.messages.push(...dead);
  const batch = visible
    .filter((message) => !dead.includes(message))
    .slice(0, batchSize)
    .map((message) => ({ ...message, received: message.received + 1, visibleAt: now + queue.visibilityMs }));
  queue.messages = queue.messages.map((message) => batch.find(({ id }) => id === message.id) ?? message);
  return batch;
}

/** How many came back. */
async function deliver(source: Source, batch: readonly Message[], parts: QueueParts): Promise<number> {
  const { queue } = source;
  const { fn, accessKeyId } = parts.findFunction(source.functionName);
  const needs = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];
  if (
    !parts.guard.permits(
      accessKeyId,
      needs.map((action) => ({ action, resource: queue.arn, context: tls })),
    )
  ) {
    throw new Error(`Lambda may not take messages of ${queue.arn} for ${fn.room}`);
  }
  const failed = await failuresOf(source, batch, fn, parts);
  const done = batch.filter(({ id }) => !failed.includes(id)).map(({ id }) => id);
  queue.messages = queue.messages.filter(({ id }) => !done.includes(id));
  return failed.length;
}

async function failuresOf(source: Source, batch: readonly Message[], fn: CloudFunction, { cloud }: QueueParts) {
  const event = { Records: batch.map((message) => recordOf(message, source.queue.arn, cloud.place.region)) };
  try {
    const answer = (await fn.invoke(event)) as {
      readonly batchItemFailures?: readonly { readonly itemIdentifier: string }[];
    } | null;
    return source.reportsFailures ? (answer?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier) : [];
  } catch {
    return batch.map(({ id }) => id);
  }
}

const recordOf = ({ id, body, sentAt, received, senderId }: Message, arn: string, region: string) => ({
  messageId: id,
  receiptHandle: Buffer.from(`${id}/${received}`).toString('base64'),
  body,
  attributes: {
    ApproximateReceiveCount: String(received),
    SentTimestamp: String(sentAt),
    SenderId: senderId,
    ApproximateFirstReceiveTimestamp: String(sentAt),
  },
  messageAttributes: {},
  md5OfBody: md5(body),
  eventSource: 'aws:sqs',
  eventSourceARN: arn,
  awsRegion: region,
});
