/** The stand-ins of CloudFront, Lambda and SQS that the run of the synthesised app rests on. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { viewerFunction } from '../support/cloud/cloudfront-function.ts';
import { type CloudFunction, cloudFunction, type FunctionSettings } from '../support/cloud/function.ts';
import { type QueueParts, startQueues } from '../support/cloud/queues.ts';
import { shiftedClock } from '../support/cloud/shifted-clock.ts';
import type { Cloud, Resource } from '../support/cloud/template.ts';
import type { WebRequest } from '../support/cloud/web.ts';

const sent: WebRequest = {
  method: 'POST',
  path: '/',
  query: 'a=1&a=2&b',
  headers: [
    ['Host', 'd1.cloudfront.net'],
    ['X-Twice', '1'],
    ['x-twice', '2'],
    ['Cookie', 'k=v; l=w'],
  ],
  body: Buffer.from('body'),
  sourceIp: '203.0.113.9',
};

const distribution = { id: 'E1', host: 'd1.cloudfront.net' };

const run = (body: string, request = sent) =>
  viewerFunction(`function handler(event) { var request = event.request; ${body} }`, distribution)(request);

describe('A CloudFront Function', () => {
  test('is given the event of a viewer request', async () => {
    const verdict = await run('return { statusCode: 200, body: JSON.stringify(event) };');
    const event = JSON.parse('answer' in verdict ? verdict.answer.body.toString() : '');
    expect(event).toMatchObject({
      version: '1.0',
      context: { distributionDomainName: 'd1.cloudfront.net', distributionId: 'E1', eventType: 'viewer-request' },
      viewer: { ip: '203.0.113.9' },
      request: {
        method: 'POST',
        uri: '/',
        querystring: { a: { value: '1', multiValue: [{ value: '1' }, { value: '2' }] }, b: { value: '' } },
        headers: { host: { value: 'd1.cloudfront.net' }, 'x-twice': { value: '1' } },
        cookies: { k: { value: 'v' }, l: { value: 'w' } },
      },
    });
  });

  test('changes path and headers, and nothing that it returns is lost', async () => {
    const verdict = await run(`request.uri = '/x'; request.headers['x-new'] = { value: 'y' }; return request;`);
    expect(verdict).toMatchObject({ request: { path: '/x', query: 'a=1&a=2&b', body: sent.body, method: 'POST' } });
    expect('request' in verdict && verdict.request.headers).toEqual([
      ['host', 'd1.cloudfront.net'],
      ['x-twice', '1'],
      ['x-twice', '2'],
      ['x-new', 'y'],
      ['cookie', 'k=v; l=w'],
    ]);
  });

  test.each([
    [`request.headers.host = { value: 'x' }; return request;`],
    [`request.headers['x-edge-a'] = { value: 'x' }; return request;`],
    [`request.headers['X-Capital'] = { value: 'x' }; return request;`],
    [`request.method = 'GET'; return request;`],
    [`require('fs'); return request;`],
    [`return new Function('return 1')();`],
  ])('may not do this: %s', async (body) => {
    await expect(run(body)).rejects.toThrow();
  });

  test('is ended when it does not end', async () => {
    const endless = viewerFunction('function handler() { while (true) {} }', distribution, 100);
    await expect(endless(sent)).rejects.toThrow('timed out');
  });

  test('is bounded in size', () => {
    expect(() => viewerFunction(`//${'x'.repeat(10 * 1024)}`, distribution)).toThrow('larger');
  });
});

const clock = shiftedClock();

async function aFunction(source: string, changes: Partial<FunctionSettings> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'millpond-function-'));
  await writeFile(join(folder, 'index.mjs'), source);
  const faults: Error[] = [];
  const fn = cloudFunction({
    room: 'test',
    name: 'Test',
    arn: 'arn:aws:lambda:eu-west-1:111122223333:function:Test',
    logGroup: 'log',
    file: join(folder, 'index.mjs'),
    exportName: 'handler',
    environment: { ROOM: 'test' },
    memoryMegabytes: 128,
    timeoutMs: 5000,
    clock: clock.memory,
    onFault: (fault) => faults.push(fault),
    ...changes,
  });
  return {
    fn,
    faults,
    async [Symbol.asyncDispose]() {
      await fn.kill();
      await rm(folder, { recursive: true });
    },
  };
}

describe('A function', () => {
  test('sees its environment and nothing else', async () => {
    await using made = await aFunction('export const handler = async (event) => ({ ...process.env, event });');
    expect(await made.fn.invoke({ a: 1 })).toEqual({ ROOM: 'test', event: { a: 1 } });
  });

  test('is given a context, another request id each time', async () => {
    await using made = await aFunction(
      'export const handler = async (_, context) => ({ ...context, left: context.getRemainingTimeInMillis() });',
    );
    const [first, second] = [await made.fn.invoke({}), await made.fn.invoke({})] as Record<string, unknown>[];
    expect(first).toMatchObject({ functionName: 'Test', memoryLimitInMB: '128', awsRequestId: expect.any(String) });
    expect(first?.['left']).toBeGreaterThan(0);
    expect(first?.['awsRequestId']).not.toBe(second?.['awsRequestId']);
  });

  test('keeps an instance for the next event, and takes another one for events at the same time', async () => {
    const source =
      'let n = 0; export const handler = async ({ wait }) => { n += 1; const mine = n; if (wait) await new Promise((r) => setImmediate(r)); return mine; };';
    await using made = await aFunction(source);
    expect(await made.fn.invoke({})).toBe(1);
    expect(await made.fn.invoke({})).toBe(2);
    expect(await Promise.all([made.fn.invoke({ wait: true }), made.fn.invoke({ wait: true })])).toEqual([3, 1]);
  });

  test('rejects as its handler throws', async () => {
    await using made = await aFunction('export const handler = async () => { throw new TypeError("no"); };');
    await expect(made.fn.invoke({})).rejects.toThrow('TypeError: no');
  });

  test('reports a promise that was left behind', async () => {
    const source =
      'export const handler = async () => { Promise.reject(new Error("later")); await new Promise((r) => setImmediate(r)); };';
    await using made = await aFunction(source);
    await made.fn.invoke({});
    expect(made.faults.map(({ message }) => message)).toEqual([
      expect.stringContaining('test left a promise behind: Error: later'),
    ]);
  });

  test('ends when its time is up', async () => {
    await using made = await aFunction('export const handler = () => new Promise(() => setInterval(() => {}, 1000));', {
      timeoutMs: 50,
    });
    await expect(made.fn.invoke({})).rejects.toThrow('Task timed out');
  });

  test('rejects when it is killed, and starts anew afterwards', async () => {
    const source =
      'export const handler = ({ hang }) => (hang ? new Promise(() => setInterval(() => {}, 1000)) : Promise.resolve("fine"));';
    await using made = await aFunction(source);
    const hanging = made.fn.invoke({ hang: true });
    await Promise.all([expect(hanging).rejects.toThrow('the process ended'), made.fn.kill()]);
    expect(await made.fn.invoke({})).toBe('fine');
  });

  test('goes by the clock of the stack', async () => {
    await using made = await aFunction(
      'export const handler = async () => [Date.now(), new Date().getTime(), new Date(5).getTime(), new Date() instanceof Date];',
    );
    const hour = 3_600_000;
    clock.advance(hour);
    const [now, made2, five, isDate] = (await made.fn.invoke({})) as [number, number, number, boolean];
    clock.advance(-hour);
    expect(now - Date.now()).toBeGreaterThan(hour - 60_000);
    expect(made2 - now).toBeLessThan(60_000);
    expect([five, isDate]).toEqual([5, true]);
  });

  test('writes lines that can be read', async () => {
    await using made = await aFunction(
      'export const handler = async () => { console.log("one"); console.error("two"); };',
    );
    await made.fn.invoke({});
    await expect.poll(() => made.fn.lines.toSorted()).toEqual(['one', 'two']);
  });

  test('cannot leave this machine', async () => {
    await using made = await aFunction('export const handler = () => fetch("http://192.0.2.1/");');
    await expect(made.fn.invoke({})).rejects.toThrow('fetch failed');
  });
});

describe('A queue', () => {
  const resource = (type: string, properties: object, ref: string, arn: string): Resource => ({
    stack: 'S',
    logicalId: ref,
    type,
    properties: { ...properties },
    identity: { ref, attributes: { Arn: arn } },
  });

  async function aQueue(invoke: (event: unknown) => Promise<unknown>) {
    const server = await startQueues(() => {});
    const url = `${server.url}/111122223333/Jobs`;
    const all = [
      resource(
        'AWS::SQS::Queue',
        { RedrivePolicy: { deadLetterTargetArn: 'arn:dead', maxReceiveCount: 3 }, VisibilityTimeout: 60 },
        url,
        'arn:jobs',
      ),
      resource('AWS::SQS::Queue', {}, `${server.url}/111122223333/Dead`, 'arn:dead'),
      resource(
        'AWS::Lambda::EventSourceMapping',
        {
          EventSourceArn: 'arn:jobs',
          FunctionName: 'worker',
          BatchSize: 1,
          FunctionResponseTypes: ['ReportBatchItemFailures'],
        },
        'm',
        'm',
      ),
    ];
    // The parts that are asked for.
    const cloud = {
      place: { region: 'eu-west-1' },
      ofType: (type: string) => all.filter((one) => one.type === type),
    } as unknown as Cloud;
    const fn = { invoke } as CloudFunction;
    let now = 0;
    const parts: QueueParts = {
      cloud,
      guard: { permits: () => true },
      now: () => now,
      findFunction: () => ({ fn, accessKeyId: 'k' }),
    };
    const queues = server.serve(parts);
    return {
      queues,
      send: (body: object) =>
        fetch(server.url, {
          method: 'POST',
          headers: { 'x-amz-target': 'AmazonSQS.SendMessage', authorization: 'AWS4-HMAC-SHA256 Credential=k/x' },
          body: JSON.stringify({ QueueUrl: url, ...body }),
        }),
      pass: (ms: number) => {
        now += ms;
      },
      [Symbol.asyncDispose]: () => server.close(),
    };
  }

  test('hands messages over in the form of SQS events, once', async () => {
    const seen: unknown[] = [];
    await using queue = await aQueue(async (event) => void seen.push(event));
    const answer = await queue.send({ MessageBody: '{"job":"1"}' });
    expect(await answer.json()).toMatchObject({
      MessageId: expect.any(String),
      MD5OfMessageBody: expect.stringMatching(/^[\da-f]{32}$/),
    });
    expect(await queue.queues.drain()).toEqual({ deliveries: 1, failures: 0 });
    expect(await queue.queues.drain()).toEqual({ deliveries: 0, failures: 0 });
    expect(seen).toMatchObject([
      {
        Records: [
          {
            body: '{"job":"1"}',
            eventSource: 'aws:sqs',
            eventSourceARN: 'arn:jobs',
            attributes: { ApproximateReceiveCount: '1' },
          },
        ],
      },
    ]);
  });

  test('hands a message over again after its visibility timeout, and drops it among the dead letters in the end', async () => {
    const counts: string[] = [];
    await using queue = await aQueue(async (event) => {
      const [record] = (event as { Records: { messageId: string; attributes: { ApproximateReceiveCount: string } }[] })
        .Records;
      counts.push(String(record?.attributes.ApproximateReceiveCount));
      return { batchItemFailures: [{ itemIdentifier: record?.messageId }] };
    });
    await queue.send({ MessageBody: 'x' });
    for (let round = 0; round < 5; round += 1) {
      await queue.queues.drain();
      queue.pass(60_000);
    }
    expect(counts).toEqual(['1', '2', '3']);
    expect(queue.queues.messages('dead').map(({ body }) => body)).toEqual(['x']);
  });

  test('keeps a message back for as long as its sender says', async () => {
    await using queue = await aQueue(async () => null);
    await queue.send({ MessageBody: 'x', DelaySeconds: 30 });
    expect(await queue.queues.drain()).toEqual({ deliveries: 0, failures: 0 });
    queue.pass(30_000);
    expect(await queue.queues.drain()).toEqual({ deliveries: 1, failures: 0 });
  });
});
