/** What goes over the wire, to the byte, whichever way the request came. */
import { describe, expect, test } from 'vitest';
import { notBuilt } from '../../lambdas/core/contract/errors.ts';
import { DeleteGroup } from '../../lambdas/groups/operations/DeleteGroup.ts';
import { DescribeUserPool } from '../../lambdas/pools/operations/DescribeUserPool.ts';
import { operationTable, storelessEntry, withHandle } from '../support/entries.ts';
import { jsonHeaders, type RawAnswer, type RawRequest, signature } from '../support/wire.ts';
import { openWire, ways } from '../support/wires.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const signed = (operation: string) => ({ ...jsonHeaders(operation), ...signature() });
const describeBody = JSON.stringify({ UserPoolId: 'us-east-1_Ab1' });
const readable = 'x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date';

const operations = {
  ...operationTable,
  ...withHandle(DescribeUserPool, async ({ UserPoolId }) => ({ UserPool: { Id: UserPoolId, Name: 'ünïcode' } })),
  ...withHandle(DeleteGroup, async () => undefined),
};

describe.each(ways)('A request %s', (way) => {
  async function send(request: RawRequest): Promise<RawAnswer> {
    await using wire = await openWire(way, storelessEntry(operations).entry);
    return await wire.send(request);
  }

  test('succeeds with 200, the JSON type, a request id and headers that browsers may read (pools-and-users 1)', async () => {
    const answer = await send({ headers: signed('DescribeUserPool'), body: describeBody });

    expect(answer.status).toBe(200);
    expect(answer.body).toBe('{"UserPool":{"Id":"us-east-1_Ab1","Name":"ünïcode"}}');
    expect(answer.headers['x-amzn-requestid']).toMatch(uuid);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/x-amz-json-1.1',
      'access-control-allow-origin': '*',
      'access-control-expose-headers': readable,
      'cache-control': 'no-store',
    });
    expect(answer.headers).not.toHaveProperty('x-amzn-errortype');
  });

  test('fails with 400, its name in header and body, and its message in both (pools-and-users 1)', async () => {
    const answer = await send({ headers: jsonHeaders('DescribeUserPool'), body: describeBody });

    expect(answer.status).toBe(400);
    expect(answer.body).toBe(
      '{"__type":"MissingAuthenticationTokenException","message":"Missing Authentication Token"}',
    );
    expect(answer.headers['x-amzn-requestid']).toMatch(uuid);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/x-amz-json-1.1',
      'x-amzn-errortype': 'MissingAuthenticationTokenException:',
      'x-amzn-errormessage': 'Missing Authentication Token',
      'access-control-allow-origin': '*',
      'access-control-expose-headers': readable,
      'cache-control': 'no-store',
    });
  });

  test('to an operation without an output gets an empty body of length 0 (pools-and-users 7)', async () => {
    const answer = await send({
      headers: signed('DeleteGroup'),
      body: JSON.stringify({ UserPoolId: 'us-east-1_Ab1', GroupName: 'g' }),
    });

    expect(answer).toMatchObject({ status: 200, body: '', headers: { 'content-length': '0' } });
    expect(answer.headers).not.toHaveProperty('content-type');
  });

  test.each([
    ['unknown', 'AWSCognitoIdentityProviderService.NoSuchThing', 'Unknown operation NoSuchThing'],
    ['in lower case', 'AWSCognitoIdentityProviderService.describeuserpool', 'Unknown operation describeuserpool'],
    ['a member of every object', 'AWSCognitoIdentityProviderService.constructor', 'Unknown operation constructor'],
    ['of another service', 'DynamoDB_20120810.ListTables', 'Unknown operation DynamoDB_20120810.ListTables'],
    ['empty', '', 'Unknown operation'],
  ])('whose target is %s gets UnknownOperationException (pools-and-users 2)', async (_kind, target, message) => {
    const answer = await send({ headers: { ...signed('x'), 'x-amz-target': target }, body: '{}' });

    expect(answer.status).toBe(400);
    expect(answer.json).toEqual({ __type: 'UnknownOperationException', message });
  });

  test('without a target gets UnknownOperationException (pools-and-users 2)', async () => {
    for (const request of [{ body: '{}' }, { method: 'GET' }, { method: 'PUT', headers: signed('DescribeUserPool') }]) {
      const answer = await send(request);
      expect(answer.status).toBe(400);
      expect(answer.json).toMatchObject({ __type: 'UnknownOperationException' });
    }
  });

  test('to another path than / gets UnknownOperationException', async () => {
    const answer = await send({ target: '/v1', headers: signed('DescribeUserPool'), body: describeBody });

    expect(answer.json).toMatchObject({ __type: 'UnknownOperationException' });
  });

  test.each([
    ['not JSON', '{"UserPoolId"', 'Unexpected token in request body'],
    ['a list', '[]', 'Unexpected token in request body'],
    ['a text', '"x"', 'Unexpected token in request body'],
    ['null', 'null', 'Unexpected token in request body'],
    ['not UTF-8', Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d), 'Unexpected token in request body'],
    ['a number for a text', '{"UserPoolId":1}', 'NUMBER_VALUE can not be converted to a String'],
    ['a flag for a text', '{"UserPoolId":true}', 'TRUE_VALUE can not be converted to a String'],
    ['an object for a text', '{"UserPoolId":{}}', 'Start of structure or map found where not expected.'],
    ['a list for a text', '{"UserPoolId":[]}', 'Unexpected list element termination'],
  ])('whose body is %s gets SerializationException (pools-and-users 2)', async (_kind, body, message) => {
    const answer = await send({ headers: signed('DescribeUserPool'), body });

    expect(answer.status).toBe(400);
    expect(answer.json).toEqual({ __type: 'SerializationException', message });
  });

  test('may leave the content type out, name a charset, or send no body at all', async () => {
    const { 'content-type': _, ...untyped } = signed('DescribeUserPool');
    const charset = { ...untyped, 'content-type': 'application/x-amz-json-1.1; charset=utf-8' };

    expect(await send({ headers: untyped, body: describeBody })).toMatchObject({ status: 200 });
    expect(await send({ headers: charset, body: describeBody })).toMatchObject({ status: 200 });
    expect((await send({ headers: untyped })).json).toEqual({
      __type: 'InvalidParameterException',
      message:
        "1 validation error detected: Value null at 'userPoolId' failed to satisfy constraint: Member must not be null",
    });
  });

  test('ahead of one from a browser is answered with what the page may send (pools-and-users 1)', async () => {
    const answer = await send({
      method: 'OPTIONS',
      headers: {
        origin: 'https://app.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,X-Amz-Target,x-custom',
      },
    });

    expect(answer).toMatchObject({ status: 200, body: '' });
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'POST, GET, OPTIONS',
      'access-control-max-age': '172800',
      'content-length': '0',
    });
    expect(answer.headers['access-control-allow-headers']?.split(',')).toEqual(
      expect.arrayContaining(['authorization', 'content-type', 'x-amz-target', 'x-amz-user-agent', 'x-custom']),
    );
  });

  test('keeps line ends and letters beyond ASCII out of the headers of a refusal', async () => {
    const answer = await send({
      headers: { ...signed('x'), 'x-amz-target': 'AWSCognitoIdentityProviderService.Na\tm\u00e9' },
      body: '{}',
    });

    expect(answer.headers['x-amzn-errormessage']).toBe('Unknown operation Na m?');
  });

  test('of more than a mebibyte gets 413, save where operations carry files (pools-and-users 8)', async () => {
    const job = { JobName: 'a job', CloudWatchLogsRoleArn: 'arn:aws:iam::111122223333:role/import' };
    const body = JSON.stringify({ UserPoolId: 'us-east-1_Ab1', ...job, Padding: 'x'.repeat(1024 * 1024) });
    const refusal = { __type: 'RequestEntityTooLargeException', message: 'Request body is too large' };

    expect(await send({ headers: signed('DescribeUserPool'), body })).toMatchObject({ status: 413, json: refusal });
    expect(await send({ headers: signed('CreateUserImportJob'), body })).toMatchObject({
      status: 400,
      json: { message: notBuilt('CreateUserImportJob').message },
    });
    const larger = body.padEnd(6 * 1024 * 1024 + 1);
    expect(await send({ headers: signed('CreateUserImportJob'), body: larger })).toMatchObject({
      status: 413,
      json: refusal,
    });
  });

  test.each([
    ['nests 65 levels deep', `{"UserPoolId":"us-east-1_Ab1","x":${'['.repeat(64)}${']'.repeat(64)}}`, 413],
    ['nests 64 levels deep', `{"UserPoolId":"us-east-1_Ab1","x":${'['.repeat(63)}${']'.repeat(63)}}`, 200],
    ['nests without end', `{"x":${'[{"a":'.repeat(100_000)}`, 413],
    ['has 10 001 keys', `{${Array.from({ length: 10_001 }, (_, n) => `"k${n}":1`).join()}}`, 413],
    ['has brackets in a text', `{"UserPoolId":"us-east-1_Ab1","x":"${'[\\"'.repeat(100)}"}`, 200],
  ])('that %s is bounded before it is parsed (pools-and-users 8)', async (_kind, body, status) => {
    expect(await send({ headers: signed('DescribeUserPool'), body })).toMatchObject({ status });
  });
});

test('Operations without an output are those of the API (pools-and-users 7)', () => {
  const silent = Object.values(operationTable).filter(({ output }) => output === undefined);

  expect(silent.map(({ name }) => name).toSorted()).toEqual([
    'AdminAddUserToGroup',
    'AdminDeleteUser',
    'AdminForgetDevice',
    'AdminRemoveUserFromGroup',
    'DeleteGroup',
    'DeleteIdentityProvider',
    'DeleteManagedLoginBranding',
    'DeleteResourceServer',
    'DeleteTerms',
    'DeleteUser',
    'DeleteUserPool',
    'DeleteUserPoolClient',
    'ForgetDevice',
  ]);
});
