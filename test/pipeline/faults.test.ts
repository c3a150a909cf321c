/** What a caller, and whoever runs the service, hears of what goes wrong. */
import { describe, expect, test } from 'vitest';
import { AddUserPoolClientSecret } from '../../lambdas/clients/operations/AddUserPoolClientSecret.ts';
import { anyone } from '../../lambdas/core/contract/callers.ts';
import { codeMismatch, poolNotFound, Refusal } from '../../lambdas/core/contract/errors.ts';
import { operation } from '../../lambdas/core/contract/operation.ts';
import { s } from '../../lambdas/core/contract/shape.ts';
import { pipeline } from '../../lambdas/core/pipeline/pipeline.ts';
import { StaleConfiguration } from '../../lambdas/core/ports/stale-configuration.ts';
import { Unavailable } from '../../lambdas/core/ports/unavailable.ts';
import { DescribeUserPool } from '../../lambdas/pools/operations/DescribeUserPool.ts';
import { storelessEntry, withHandle } from '../support/entries.ts';
import { inProcess, jsonHeaders, type RawAnswer, signature, type Wire } from '../support/wire.ts';

const input = { UserPoolId: 'us-east-1_Ab1' };

const send = (wire: Wire, operation = 'DescribeUserPool', body: object = input): Promise<RawAnswer> =>
  wire({ headers: { ...jsonHeaders(operation), ...signature() }, body: JSON.stringify(body) });

const failing = (error: unknown, options?: Parameters<typeof storelessEntry>[1]) =>
  storelessEntry(
    withHandle(DescribeUserPool, () => Promise.reject(error)),
    options,
  );

describe('A fault', () => {
  test('is answered without detail, and logged with its causes', async () => {
    const cause = new RangeError('the cause');
    const { entry, lines } = failing(new Error('inner detail', { cause }));
    const answer = await send(inProcess(entry));

    expect(answer).toMatchObject({ status: 500, headers: { 'x-amzn-errortype': 'InternalErrorException:' } });
    expect(answer.body).toBe('{"__type":"InternalErrorException","message":"Internal server error"}');
    expect(lines).toMatchObject([
      {
        level: 'error',
        operation: 'DescribeUserPool',
        outcome: 'InternalErrorException',
        status: 500,
        fault: {
          name: 'Error',
          message: 'inner detail',
          stack: expect.stringContaining('faults.test.ts'),
          cause: { name: 'RangeError', message: 'the cause' },
        },
      },
    ]);
  });

  test('is InternalServerException where that is what the operation declares', async () => {
    const { entry } = storelessEntry(withHandle(AddUserPoolClientSecret, () => Promise.reject(new Error('inner'))));
    const answer = await send(inProcess(entry), 'AddUserPoolClientSecret', { ...input, ClientId: 'abc' });

    expect(answer.status).toBe(500);
    expect(answer.body).toBe('{"__type":"InternalServerException","message":"Internal server error"}');
  });

  test('is an answer that does not fit its shape', async () => {
    const { entry, lines } = storelessEntry(withHandle(DescribeUserPool, async () => ({ UserPool: { Id: 1 } })));

    expect(await send(inProcess(entry))).toMatchObject({ status: 500 });
    expect(lines).toMatchObject([{ outcome: 'InternalErrorException', fault: { name: 'TypeError' } }]);
  });

  test('that is no error says no more than that', async () => {
    const { entry, lines } = failing('a text with a password in it');

    expect(await send(inProcess(entry))).toMatchObject({ status: 500 });
    expect(lines).toMatchObject([{ fault: { name: 'string', message: 'Something other than an error was thrown' } }]);
  });

  test('of a store that cannot be reached is answered 503, so that clients try again', async () => {
    const { entry, lines } = failing(new Unavailable('no table', { cause: new Error('ECONNREFUSED') }));
    const answer = await send(inProcess(entry));

    expect(answer.status).toBe(503);
    expect(answer.json).toEqual({
      __type: 'ServiceUnavailableException',
      message: 'The service is unavailable. Please try again.',
    });
    expect(lines).toMatchObject([{ level: 'error', fault: { message: 'no table' } }]);
  });

  test('can be made the outcome of the invocation', async () => {
    const fault = new Error('inner');
    const raise = (error: unknown) => {
      throw error;
    };

    await expect(send(inProcess(failing(fault, { onFault: raise }).entry))).rejects.toBe(fault);
  });

  test('while the function is composed is left to the platform, and the next request tries again', async () => {
    const { ports } = storelessEntry();
    let attempts = 0;
    const make = async () => {
      attempts += 1;
      if (attempts === 1) throw new Error('no environment');
      return ports;
    };
    const entry = pipeline(
      withHandle(DescribeUserPool, async () => ({})),
      make,
    );

    await expect(send(inProcess(entry))).rejects.toThrow('no environment');
    expect(await send(inProcess(entry))).toMatchObject({ status: 200 });
    expect(await send(inProcess(entry))).toMatchObject({ status: 200 });
    expect(attempts).toBe(2);
  });
});

describe('A refusal', () => {
  test('is answered in its own words', async () => {
    const { entry, lines } = failing(poolNotFound(input.UserPoolId));

    expect(await send(inProcess(entry))).toMatchObject({
      status: 400,
      body: '{"__type":"ResourceNotFoundException","message":"User pool us-east-1_Ab1 does not exist."}',
    });
    expect(lines).toMatchObject([{ level: 'info', outcome: 'ResourceNotFoundException', fault: undefined }]);
  });

  test('that the operation does not declare is told to whoever listens', async () => {
    const heard: unknown[] = [];
    const { entry } = failing(codeMismatch(), {
      onUndeclared: ({ name }, refusal) => void heard.push([name, refusal.name]),
    });
    const declared = failing(poolNotFound('x'), { onUndeclared: () => void heard.push('declared') });

    expect(await send(inProcess(entry))).toMatchObject({ status: 400, json: { __type: 'CodeMismatchException' } });
    expect(await send(inProcess(declared.entry))).toMatchObject({ status: 400 });
    expect(heard).toEqual([['DescribeUserPool', 'CodeMismatchException']]);
  });

  test('by the policies spells its message with a capital letter', async () => {
    const known = { arn: 'arn:aws:iam::111122223333:user/ada', account: '111122223333', region: 'eu-west-1' };
    const identity = {
      ...known,
      keyId: 'AKIAAAAAAAAAAAAAAAAA',
      principals: [{ name: 'ada', createdAt: 0 }],
      tags: {},
      policies: [],
    };
    const signatures = {
      verify: async () => identity,
      authorize: () => Promise.reject(new Refusal('AccessDeniedException', 'User: ada is not authorized')),
    };
    const { entry } = storelessEntry(
      withHandle(DescribeUserPool, async () => ({})),
      { signatures },
    );

    expect(await send(inProcess(entry))).toMatchObject({
      status: 400,
      body: '{"__type":"AccessDeniedException","Message":"User: ada is not authorized"}',
    });
  });

  test('of an operation without behaviour comes after its bounds', async () => {
    const { handle: _, ...declared } = DescribeUserPool;
    const { entry } = storelessEntry({ DescribeUserPool: declared });

    expect((await send(inProcess(entry), 'DescribeUserPool', {})).json).toMatchObject({
      __type: 'InvalidParameterException',
    });
    expect((await send(inProcess(entry))).json).toEqual({
      __type: 'OperationNotEnabledException',
      message: 'DescribeUserPool is not enabled in this deployment',
    });
  });
});

describe('A configuration that turns out to be stale', () => {
  const staleFor = (times: number) => {
    let runs = 0;
    const { entry } = storelessEntry(
      withHandle(DescribeUserPool, async () => {
        runs += 1;
        if (runs <= times) throw new StaleConfiguration(input.UserPoolId);
        return {};
      }),
    );
    return { wire: inProcess(entry), runs: () => runs };
  };

  test('lets the operation run once more', async () => {
    const { wire, runs } = staleFor(1);

    expect(await send(wire)).toMatchObject({ status: 200 });
    expect(runs()).toBe(2);
  });

  test('twice in one request sends the client round again', async () => {
    const { wire, runs } = staleFor(5);

    expect(await send(wire)).toMatchObject({ status: 503, json: { __type: 'ServiceUnavailableException' } });
    expect(runs()).toBe(2);
  });
});

describe('The ports of an operation', () => {
  test('are those that it declares, and no others', async () => {
    const seen: unknown[] = [];
    const Curious = operation({
      name: 'Curious',
      caller: anyone(),
      input: s.structure({}),
      output: s.structure({}),
      errors: [],
      uses: ['clock'],
      handle: async (_input, ports) => {
        seen.push(Object.keys(ports));
        return {};
      },
    });
    const { entry } = storelessEntry({ Curious });

    expect(await send(inProcess(entry), 'Curious', {})).toMatchObject({ status: 200, body: '{}' });
    expect(seen).toEqual([['clock']]);
  });
});

describe('A table of operations', () => {
  test('whose key differs from the name of the operation is refused at once', () => {
    expect(() => storelessEntry({ GetUser: DescribeUserPool })).toThrow('DescribeUserPool under the key GetUser');
  });
});
