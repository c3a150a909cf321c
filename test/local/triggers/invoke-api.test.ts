/** Functions behind an address: what is asked of it, and what each of its answers means. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { atEndpoint, atUrl } from '../../../lambdas/adapters/local/triggers/invoke-api.ts';
import { arn, event } from './a-function.ts';

interface Asked {
  readonly url: string | undefined;
  readonly type: unknown;
  readonly body: unknown;
}

/** Somebody who speaks the Invoke API, or should. */
async function runner(answer: (response: ServerResponse, message: IncomingMessage) => void) {
  const asked: Asked[] = [];
  const server = createServer(async (message, response) => {
    const body = JSON.parse(await text(message));
    asked.push({ url: message.url, type: message.headers['x-amz-invocation-type'], body });
    answer(response, message);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
  });
  // A server that listens on a port has an address of this form.
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const answers =
  (status: number, body: string, headers: Readonly<Record<string, string>> = {}) =>
  (response: ServerResponse) =>
    void response.writeHead(status, headers).end(body);

const inTime = () => AbortSignal.timeout(10_000);

async function outcome(...answer: Parameters<typeof answers>): Promise<unknown> {
  const { url } = await runner(answers(...answer));
  return atUrl(url, { timeout: 1000 })
    .call(arn, event, inTime())
    .catch((error: Error) => `${error.name}: ${error.message}`);
}

describe('A function behind an address', () => {
  test('is asked at its URL, or by its name at an endpoint (triggers-and-messages 28)', async () => {
    const { url, asked } = await runner(answers(200, '{"response":{"autoConfirmUser":true}}'));
    const confirmed = { response: { autoConfirmUser: true } };
    expect(await atUrl(`${url}/any?where=1`, { timeout: 1000 }).call(arn, event, inTime())).toEqual(confirmed);
    expect(await atEndpoint(url, { timeout: 1000 }).call(arn, event, inTime())).toEqual(confirmed);
    expect(await atEndpoint(url, { timeout: 1000 }).call(`${arn}:live`, event, inTime())).toEqual(confirmed);
    expect(asked.map((each) => each.url)).toEqual([
      '/any?where=1',
      '/2015-03-31/functions/greet/invocations',
      '/2015-03-31/functions/greet/invocations?Qualifier=live',
    ]);
    expect(asked[0]).toMatchObject({ type: 'RequestResponse', body: event });
  });

  test('is handed what nobody waits for', async () => {
    const { url, asked } = await runner(answers(202, ''));
    expect(await atEndpoint(url, { timeout: 1000 }).send(arn, event)).toBeUndefined();
    expect(asked).toMatchObject([{ type: 'Event', body: event }]);
  });

  test.each([
    [
      [200, '{"errorMessage":"boom","errorType":"Error"}', { 'x-amz-function-error': 'Unhandled' }],
      'TriggerFailed: boom',
    ],
    [[200, 'crash', { 'x-amz-function-error': 'Handled' }], 'TriggerFailed: crash'],
    [[200, '{"errorMessage":"boom","errorType":"Error"}'], 'TriggerFailed: boom'],
    [[200, 'Task timed out after 3.00 seconds'], undefined],
    [[200, ''], undefined],
    [[200, 'null'], null],
    [[404, '{"Type":"User","Message":"Function not found"}'], 'TriggerUnreachable: ResourceNotFoundException'],
    [
      [403, '{}', { 'x-amzn-errortype': 'AccessDeniedException:http://x' }],
      'TriggerUnreachable: AccessDeniedException',
    ],
    [[400, '{"__type":"a#InvalidRequestContentException"}'], 'TriggerUnreachable: InvalidRequestContentException'],
    [[400, '{"__type":"no <b>name</b>"}'], 'TriggerUnreachable: ServiceException'],
    [[429, '{"Type":"User","Reason":"x"}'], 'TriggerBusy: TooManyRequestsException'],
    [[500, '{}'], 'TriggerUnreachable: ServiceException'],
    [[302, '', { location: 'http://127.0.0.1:1/' }], 'TriggerUnreachable: ServiceException'],
    [
      [200, `"${'x'.repeat(7_000_000)}"`],
      'TriggerFailed: Response payload size exceeded maximum allowed payload size (6291456 bytes).',
    ],
  ] as const)('that answers %j', async (given, expected) => {
    expect(await outcome(...(given as unknown as Parameters<typeof answers>))).toEqual(expected);
  });

  test('that does not answer is given up, and one that is not there is unreachable (triggers-and-messages 8)', async () => {
    const { url } = await runner(() => {});
    const { call } = atUrl(url, { timeout: 1000 });
    await expect(call(arn, event, AbortSignal.timeout(50))).rejects.toMatchObject({ name: 'TriggerBusy' });
    await expect(atUrl('http://127.0.0.1:1', { timeout: 1000 }).call(arn, event, inTime())).rejects.toMatchObject({
      name: 'TriggerUnreachable',
    });
  });

  test('cannot be named by what is no function, so that a pool steers no request elsewhere', async () => {
    const { url, asked } = await runner(answers(200, '{}'));
    for (const other of ['..', '../..', 'a/b', 'a?b', 'a%2F..']) {
      const call = atEndpoint(url, { timeout: 1000 }).call(
        `arn:aws:lambda:us-east-1:0:function:${other}`,
        event,
        inTime(),
      );
      await expect(call).rejects.toThrow('ResourceNotFoundException');
    }
    expect(asked).toEqual([]);
  });
});
