/** Wake-ups through SQS, as SQS receives them. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { sqsJobs } from '../../lambdas/adapters/sqs/sqs-jobs.ts';

const queueUrl = 'https://sqs.eu-west-1.amazonaws.com/123456789012/Millpond-Jobs';

type Reply = 'sent' | 'broken' | 'denied' | 'hung up';
const statuses = { broken: 500, denied: 403, 'hung up': 500 };

/** A queue that answers in these ways, one after the other, and then keeps to the last one. */
async function aQueue(...replies: readonly [Reply, ...Reply[]]) {
  const received: { readonly target: unknown; readonly body: unknown }[] = [];
  const server = createServer(async (request, response) => {
    const body: unknown = JSON.parse(await text(request));
    const reply = replies[Math.min(received.length, replies.length - 1)];
    received.push({ target: request.headers['x-amz-target'], body });
    if (reply === 'hung up') request.socket.destroy();
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    response.statusCode = reply === 'sent' ? 200 : statuses[reply ?? 'broken'];
    response.end(JSON.stringify(reply === 'sent' ? receiptOf(body) : { __type: 'Refused' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens has an address.
  const { port } = server.address() as AddressInfo;
  vi.stubEnv('AWS_ENDPOINT_URL_SQS', `http://127.0.0.1:${port}`);
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAIOSFODNN7EXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'not-looked-at');
  onTestFinished(() => {
    vi.unstubAllEnvs();
    server.closeAllConnections();
    server.close();
  });
  const reported: unknown[] = [];
  return { received, reported, jobs: sqsJobs({ queueUrl, report: (fault) => reported.push(fault) }) };
}

const receiptOf = (body: unknown) => {
  const { MessageBody } = body as { MessageBody: string };
  return { MessageId: 'id', MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex') };
};

const message = {
  target: 'AmazonSQS.SendMessage',
  body: { QueueUrl: queueUrl, MessageBody: '{"job":"purge-pool-a"}' },
};

describe('A wake-up through SQS', () => {
  test('is a message that names the job', async () => {
    const { jobs, received, reported } = await aQueue('sent');
    await jobs.wake('purge-pool-a');
    expect([received, reported]).toEqual([[message], []]);
  });

  test.each(['broken', 'hung up'] as const)('is repeated once when the queue is %s', async (reply) => {
    const { jobs, received, reported } = await aQueue(reply, 'sent');
    await jobs.wake('purge-pool-a');
    expect([received, reported]).toEqual([[message, message], []]);
  });

  test.each(['broken', 'hung up', 'denied'] as const)(
    'gets lost without harm when the queue stays %s',
    async (reply) => {
      const { jobs, reported } = await aQueue(reply);
      await jobs.wake('purge-pool-a');
      expect(reported).toHaveLength(1);
    },
  );
});
