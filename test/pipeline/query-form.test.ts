/** The form that writes operation and parameters as a query, or as a form post. */
import { describe, expect, test } from 'vitest';
import { DescribeUserPool } from '../../lambdas/pools/operations/DescribeUserPool.ts';
import { operationTable, storelessEntry } from '../support/entries.ts';
import { inProcess, jsonHeaders, type RawAnswer, signature } from '../support/wire.ts';

/** Every operation answers nothing, and what it was given is kept. */
function recorder(): {
  readonly send: (query: string, post?: boolean) => Promise<RawAnswer>;
  readonly seen: unknown[];
} {
  const seen: unknown[] = [];
  const operations = Object.fromEntries(
    Object.entries(operationTable).map(([name, operation]) => {
      const handle = async (input: unknown) => {
        seen.push(input);
        return {};
      };
      // What an output requires is not looked at when it is written.
      return [name, { ...operation, handle }];
    }),
  );
  const wire = inProcess(storelessEntry(operations, { queryForm: true }).entry);
  const form = { 'content-type': 'application/x-www-form-urlencoded', ...signature() };
  return {
    seen,
    send: (query, post = false) =>
      post ? wire({ headers: form, body: query }) : wire({ method: 'GET', target: `/?${query}`, headers: signature() }),
  };
}

describe('The query form', () => {
  test('calls the operation that Action names, and answers application/json (pools-and-users 9)', async () => {
    const { send, seen } = recorder();
    const answer = await send('Action=DescribeUserPool&Version=2016-04-18&UserPoolId=us-east-1_Ab1&Unknown=x');

    expect(answer).toMatchObject({ status: 200, body: '{}', headers: { 'content-type': 'application/json' } });
    expect(seen).toEqual([{ UserPoolId: 'us-east-1_Ab1' }]);
  });

  test('takes a signature in the query (pools-and-users 9)', async () => {
    const { entry } = storelessEntry({ DescribeUserPool }, { queryForm: true });
    const presigned =
      'Action=DescribeUserPool&UserPoolId=x&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20261120T000000Z' +
      '&X-Amz-Credential=AKID%2F20261120%2Feu-west-1%2Fcognito-idp%2Faws4_request&X-Amz-SignedHeaders=host';
    const wire = inProcess(entry);

    expect((await wire({ method: 'GET', target: `/?${presigned}&X-Amz-Signature=0` })).json).toMatchObject({
      __type: 'InvalidParameterException',
    });
    expect((await wire({ method: 'GET', target: `/?${presigned}` })).json).toEqual({
      __type: 'IncompleteSignatureException',
      message: "AWS query-string parameters must include 'X-Amz-Signature'.",
    });
    expect((await wire({ method: 'GET', target: '/?Action=DescribeUserPool&UserPoolId=x' })).json).toMatchObject({
      __type: 'MissingAuthenticationTokenException',
    });
  });

  test('reads lists and maps as JSON text, and flags and integers by their type (pools-and-users 9)', async () => {
    const { send, seen } = recorder();
    const query = new URLSearchParams({
      Action: 'CreateUserPool',
      PoolName: 'a pool+',
      AutoVerifiedAttributes: '["email","phone_number"]',
      UserPoolTags: '{"a":"b"}',
      UsernameConfiguration: '{"CaseSensitive":false}',
      AliasAttributes: '',
    });
    await send(query.toString(), true);
    await send('Action=ListUsers&UserPoolId=us-east-1_b&Limit=7&AttributesToGet=email&AttributesToGet=name');
    await send('Action=ListUsers&UserPoolId=us-east-1_b&Limit=&AttributesToGet=email&Filter=');
    await send('Action=AdminSetUserPassword&UserPoolId=us-east-1_b&Username=ada&Password=pw&Permanent=true');

    expect(seen).toEqual([
      {
        PoolName: 'a pool+',
        AutoVerifiedAttributes: ['email', 'phone_number'],
        UserPoolTags: { a: 'b' },
        UsernameConfiguration: { CaseSensitive: false },
      },
      { UserPoolId: 'us-east-1_b', Limit: 7, AttributesToGet: ['email', 'name'] },
      { UserPoolId: 'us-east-1_b', AttributesToGet: ['email'], Filter: '' },
      { UserPoolId: 'us-east-1_b', Username: 'ada', Password: 'pw', Permanent: true },
    ]);
  });

  test.each(['CreateIdentityPool', 'NoSuchThing', 'toString'])(
    'refuses the action %s (pools-and-users 9)',
    async (action) => {
      const { send } = recorder();
      const answer = await send(`Action=${action}`);

      expect(answer).toMatchObject({ status: 400, headers: { 'content-type': 'application/json' } });
      expect(answer.body).toBe(`{"__type":"UnknownOperationException","message":"Unknown operation ${action}"}`);
    },
  );

  test('refuses what no parameter can be (pools-and-users 9)', async () => {
    const { send } = recorder();
    const typeOf = async (query: string) => (await send(query)).json;

    expect(await typeOf('Action=ListUsers&UserPoolId=us-east-1_b&Limit=1.5')).toEqual({
      __type: 'SerializationException',
      message: 'Value of parameter Limit can not be read',
    });
    expect(await typeOf('Action=ListUsers&UserPoolId=us-east-1_b&UserPoolId=c_d')).toEqual({
      __type: 'SerializationException',
      message: 'Parameter UserPoolId is given more than once',
    });
    expect(await typeOf('Action=AdminSetUserPassword&Permanent=True')).toMatchObject({
      __type: 'SerializationException',
    });
    expect(await typeOf('Action=CreateUserPool&UserPoolTags=%7B')).toMatchObject({ __type: 'SerializationException' });
    expect(await typeOf('Action=ListUsers&Version=2014-01-01')).toEqual({
      __type: 'InvalidParameterException',
      message: 'Version must be 2016-04-18',
    });
  });

  test('has the very error bodies of the JSON form (pools-and-users 9)', async () => {
    const { entry } = storelessEntry({ DescribeUserPool }, { queryForm: true });
    const wire = inProcess(entry);
    const query = await wire({ method: 'GET', target: '/?Action=DescribeUserPool&UserPoolId=x', headers: signature() });
    const json = await wire({
      headers: { ...jsonHeaders('DescribeUserPool'), ...signature() },
      body: '{"UserPoolId":"x"}',
    });

    expect(query.body).toBe(json.body);
    expect(query.headers['x-amzn-errortype']).toBe(json.headers['x-amzn-errortype']);
    expect([query.headers['content-type'], json.headers['content-type']]).toEqual([
      'application/json',
      'application/x-amz-json-1.1',
    ]);
  });

  test('is off unless it is switched on', async () => {
    const { entry } = storelessEntry({ DescribeUserPool });
    const answer = await inProcess(entry)({
      method: 'GET',
      target: '/?Action=DescribeUserPool&UserPoolId=us-east-1_b',
      headers: signature(),
    });

    expect(answer.json).toEqual({ __type: 'UnknownOperationException', message: 'Unknown operation' });
  });
});
