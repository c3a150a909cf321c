/** What principals may do, as their clients find out. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this
import {
  CreateUserPoolCommand,
  DescribeUserPoolCommand,
  ListUserPoolsCommand,
  SignUpCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { refused } from '../support/refused.ts';
import { policy, startStrictService } from '../support/strict-service.ts';
import { jsonHeaders } from '../support/wire.ts';

const arnOf = (poolId: string): string => `arn:aws:cognito-idp:us-east-1:111122223333:userpool/${poolId}`;

const allow = (members: object) => ({ Effect: 'Allow', Action: 'cognito-idp:*', Resource: '*', ...members });

const denial = (name: string, operation: string, resource: string): string =>
  `AccessDeniedException: User: arn:aws:iam::111122223333:user/${name} is not authorized to perform: ` +
  `cognito-idp:${operation} on resource: ${resource}`;

const describePool = (UserPoolId: string) => new DescribeUserPoolCommand({ UserPoolId });
const nothing = 'nothing is refused';

/** A service, and a client of somebody with these statements. */
async function given(statements: readonly object[], tags: Readonly<Record<string, string>> = {}) {
  const service = await startStrictService();
  const key = await service.aKey({ policy: policy(...statements), tags });
  return { ...service, key, name: key.principal, client: service.clientOf(key) };
}

describe('A policy', () => {
  test('without the action refuses, naming who, what and where (pools-and-users 12)', async () => {
    const { aPool, client, name } = await given([allow({ Action: 'cognito-idp:List*' })]);
    const { id } = await aPool();
    expect(await refused(client.send(new ListUserPoolsCommand({ MaxResults: 1 })))).toBe(nothing);
    expect(await refused(client.send(describePool(id)))).toBe(
      `${denial(name, 'DescribeUserPool', arnOf(id))} because no identity-based policy allows the cognito-idp:DescribeUserPool action`,
    );
    expect(await refused(client.send(new CreateUserPoolCommand({ PoolName: 'x' })))).toBe(
      `${denial(name, 'CreateUserPool', '*')} because no identity-based policy allows the cognito-idp:CreateUserPool action`,
    );
  });

  test('spells its refusal with a capital M, in status 400', async () => {
    const { send, signed, key } = await given([allow({ Action: 's3:*' })]);
    const request = await signed(key, (client) => client.send(new ListUserPoolsCommand({ MaxResults: 1 })));
    const { status, headers, json } = await send(request);
    expect(status).toBe(400);
    expect(headers['x-amzn-errortype']).toBe('AccessDeniedException:');
    expect(json).toEqual({ __type: 'AccessDeniedException', Message: expect.stringMatching(/^User: arn:aws:iam::/) });
  });

  test('for one pool refuses another (pools-and-users 12)', async () => {
    const service = await startStrictService();
    const [one, other] = [await service.aPool(), await service.aPool()];
    const key = await service.aKey({ policy: policy(allow({ Resource: arnOf(one.id) })) });
    const client = service.clientOf(key);
    expect(await refused(client.send(describePool(one.id)))).toBe(nothing);
    expect(await refused(client.send(describePool(other.id)))).toContain(
      denial(key.principal, 'DescribeUserPool', arnOf(other.id)),
    );
    expect(await refused(service.clientOf(key, 'eu-west-1').send(describePool(one.id)))).toContain('AccessDenied');
  });

  test('that denies outweighs what others allow', async () => {
    const { aPool, client, name } = await given([
      allow({}),
      { Effect: 'Deny', Action: 'cognito-idp:Describe*', Resource: '*' },
    ]);
    const { id } = await aPool();
    expect(await refused(client.send(describePool(id)))).toBe(
      `${denial(name, 'DescribeUserPool', arnOf(id))} with an explicit deny in an identity-based policy`,
    );
  });

  test('on the tags of a pool follows a change of them (pools-and-users 12)', async () => {
    const Condition = { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } };
    const { aPool, aKey, clientOf, client } = await given([allow({ Condition })], { team: 'red' });
    const { id: UserPoolId } = await aPool({ UserPoolTags: { team: 'red' } });
    const administrator = clientOf(await aKey());
    const retag = (team: string) =>
      administrator.send(new UpdateUserPoolCommand({ UserPoolId, UserPoolTags: { team } }));

    expect(await refused(client.send(describePool(UserPoolId)))).toBe(nothing);
    await retag('blue');
    expect(await refused(client.send(describePool(UserPoolId)))).toContain('AccessDeniedException');
    await retag('red');
    expect(await refused(client.send(describePool(UserPoolId)))).toBe(nothing);
    expect(await refused(client.send(describePool('us-east-1_NotThere')))).toContain('AccessDeniedException');
  });

  test('on the tags of a request asks for them', async () => {
    const Condition = {
      StringEquals: { 'aws:RequestTag/team': 'red' },
      'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'cost'] },
    };
    const { client } = await given([allow({ Action: 'cognito-idp:CreateUserPool', Condition })]);
    const create = (UserPoolTags?: Record<string, string>) =>
      refused(client.send(new CreateUserPoolCommand({ PoolName: 'x', UserPoolTags })));
    expect(await create({ team: 'red', cost: '7' })).toBe(nothing);
    for (const tags of [undefined, {}, { team: 'blue' }, { team: 'red', other: 'x' }]) {
      expect(await create(tags), JSON.stringify(tags)).toContain('AccessDeniedException');
    }
  });

  test('on addresses and times looks at the request', async () => {
    const Condition = {
      IpAddress: { 'aws:SourceIp': '127.0.0.0/8' },
      DateLessThan: { 'aws:CurrentTime': '2026-09-01T00:01:00Z' },
    };
    const { clock, key, send, signed } = await given([allow({ Condition })]);
    const list = (client: Awaited<ReturnType<typeof given>>['client']) =>
      client.send(new ListUserPoolsCommand({ MaxResults: 1 }));
    const request = await signed(key, list);
    expect(await send(request)).toMatchObject({ status: 200 });
    clock.advance(60_000);
    expect((await send(request)).json).toMatchObject({ __type: 'AccessDeniedException' });
  });

  test('is asked only about operations that need a signature', async () => {
    const { aPool, aClient, client } = await given([{ Effect: 'Deny', Action: '*', Resource: '*' }]);
    const { id: ClientId } = await aClient(await aPool());
    const ada = { ClientId, Username: 'ada', Password: 'Correct-Horse-9' };
    expect(await refused(client.send(new SignUpCommand(ada)))).toBe(nothing);
  });

  test('comes after the bounds of the input, and before the pool is looked for', async () => {
    const { client, key, signed, send } = await given([allow({ Action: 's3:*' })]);
    expect(await refused(client.send(describePool('us-east-1_NotThere')))).toContain('AccessDeniedException');
    expect(await refused(client.send(describePool('x y')))).toContain('InvalidParameterException');
    const request = await signed(key, (each) => each.send(describePool('us-east-1_NotThere')));
    expect(request.headers).toMatchObject(jsonHeaders('DescribeUserPool'));
    expect((await send(request)).json).toMatchObject({ __type: 'AccessDeniedException' });
  });
});
