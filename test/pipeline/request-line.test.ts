/** The one line that is logged of a request. */
import { describe, expect, test } from 'vitest';
import { accessTokenInvalid } from '../../lambdas/core/contract/errors.ts';
import { DescribeUserPool } from '../../lambdas/pools/operations/DescribeUserPool.ts';
import { operationTable, storelessEntry, withHandle } from '../support/entries.ts';
import { inProcess, jsonHeaders, signature } from '../support/wire.ts';

const signed = (operation: string) => ({ ...jsonHeaders(operation), ...signature() });

describe('The line of a request', () => {
  test('says what was asked, how it ended and how long it took', async () => {
    let now = 1_000;
    const operations = withHandle(DescribeUserPool, async () => {
      now += 25;
      return {};
    });
    const { entry, lines } = storelessEntry(operations, { clock: { now: () => now } });
    const wire = inProcess(entry);
    const body = JSON.stringify({ UserPoolId: 'us-east-1_Ab1' });
    const first = await wire({ headers: signed('DescribeUserPool'), body });
    await wire({ headers: signed('DescribeUserPool'), body });

    expect(lines).toEqual([
      {
        event: 'request.answered',
        level: 'info',
        operation: 'DescribeUserPool',
        poolId: 'us-east-1_Ab1',
        clientId: undefined,
        outcome: 'ok',
        status: 200,
        durationMs: 25,
        requestId: first.headers['x-amzn-requestid'],
        coldStart: true,
        fault: undefined,
      },
      expect.objectContaining({ operation: 'DescribeUserPool', coldStart: false }),
    ]);
  });

  test('is written for requests that reach no operation', async () => {
    const { entry, lines } = storelessEntry();
    const wire = inProcess(entry);
    await wire({ headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.Secret-in-a-name' } });
    await wire({ method: 'OPTIONS' });
    await wire({ headers: signed('DescribeUserPool'), body: 'x'.repeat(1024 * 1024 + 1) });

    expect(lines.map(({ operation, outcome, status }) => [operation, outcome, status])).toEqual([
      [undefined, 'UnknownOperationException', 400],
      [undefined, 'ok', 200],
      [undefined, 'RequestEntityTooLargeException', 413],
    ]);
    expect(JSON.stringify(lines)).not.toContain('Secret-in-a-name');
  });

  test('holds nothing that a caller sent, whatever the operation and however it ends', async () => {
    const { entry, lines } = storelessEntry(
      Object.assign(
        {},
        ...Object.values(operationTable).map((operation) => withHandle(operation, async () => undefined)),
      ),
    );
    const wire = inProcess(entry);
    const marked = 'marked-4711';
    for (const [name, { input }] of Object.entries(operationTable)) {
      const fields = Object.keys(input.members).map((member) => [member, marked]);
      await wire({ headers: signed(name), body: JSON.stringify(Object.fromEntries(fields)) });
      await wire({ headers: signed(name), body: JSON.stringify(marked) });
    }

    expect(lines).toHaveLength(2 * Object.keys(operationTable).length);
    expect(JSON.stringify(lines)).not.toContain(marked);
  });

  test('leaves out a pool id that is none, and client ids, which the API calls sensitive', async () => {
    const SignUp = operationTable['SignUp'];
    if (SignUp === undefined) throw new Error('There is no SignUp');
    const { entry, lines } = storelessEntry({
      ...withHandle(DescribeUserPool, async () => ({})),
      ...withHandle(SignUp, () => Promise.reject(accessTokenInvalid())),
    });
    const wire = inProcess(entry);
    await wire({ headers: signed('DescribeUserPool'), body: '{"UserPoolId":"no pool"}' });
    await wire({ headers: signed('SignUp'), body: '{"ClientId":"abc123","Username":"ada","Password":"pw"}' });

    expect(lines.map(({ operation, poolId, clientId }) => [operation, poolId, clientId])).toEqual([
      ['DescribeUserPool', undefined, undefined],
      ['SignUp', undefined, undefined],
    ]);
  });
});
