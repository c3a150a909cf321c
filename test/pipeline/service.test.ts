/** The official SDK against the whole service. */
import {
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  DeleteUserPoolClientCommand,
  DeleteUserPoolCommand,
  DescribeUserPoolCommand,
  ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { builders } from '../support/builders.ts';
import { startService } from '../support/start-service.ts';
import { signature } from '../support/wire.ts';

describe('The official SDK', () => {
  test('reads timestamps with their milliseconds (pools-and-users 7)', async () => {
    const { client, clock, aPool, aUser, call } = await startService({ now: 1_689_721_665_239 });
    const pool = await aPool();
    clock.advance(1_500);
    const { username } = await aUser(pool);
    const { UserPool } = await client.send(new DescribeUserPoolCommand({ UserPoolId: pool.id }));
    const user = await client.send(new AdminGetUserCommand({ UserPoolId: pool.id, Username: username }));

    expect(UserPool?.CreationDate).toEqual(new Date(1_689_721_665_239));
    expect(user.UserCreateDate).toEqual(new Date(1_689_721_666_739));
    expect((await call('DescribeUserPool', { UserPoolId: pool.id })).body).toContain('"CreationDate":1689721665.239');
  });

  test('takes the empty bodies of operations without an output (pools-and-users 7)', async () => {
    const { client, aPool, aClient, aUser } = await startService();
    const pool = await aPool();
    const app = await aClient(pool);
    const { username } = await aUser(pool);
    const deletions = [
      () => client.send(new AdminDeleteUserCommand({ UserPoolId: pool.id, Username: username })),
      () => client.send(new DeleteUserPoolClientCommand({ UserPoolId: pool.id, ClientId: app.id })),
      () => client.send(new DeleteUserPoolCommand({ UserPoolId: pool.id })),
    ];

    for (const remove of deletions) {
      const { $metadata, ...output } = await remove();
      expect($metadata.httpStatusCode).toBe(200);
      expect(output).toEqual({});
    }
    await expect(aUser(pool)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('makes pools in the region that it signs for', async () => {
    const { clientFor } = await startService();
    const pool = await builders(clientFor('eu-west-1')).aPool();

    expect(pool.id).toMatch(/^eu-west-1_/);
    expect(pool.Arn).toBe(`arn:aws:cognito-idp:eu-west-1:000000000000:userpool/${pool.id}`);
  });

  test('learns the name and the message of a refusal', async () => {
    const { client } = await startService();

    await expect(client.send(new DescribeUserPoolCommand({ UserPoolId: 'us-east-1_nobody' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'User pool us-east-1_nobody does not exist.',
      $metadata: { requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
    await expect(client.send(new ListUsersCommand({ UserPoolId: 'no pool' }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });
});

describe('The query form', () => {
  test('describes a pool by a signed GET (pools-and-users 9)', async () => {
    const { send, aPool, call } = await startService({ queryForm: true });
    const pool = await aPool();
    const answer = await send({
      method: 'GET',
      target: `/?Action=DescribeUserPool&Version=2016-04-18&UserPoolId=${pool.id}`,
      headers: signature(),
    });

    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } });
    expect(answer.json).toMatchObject({ UserPool: { Id: pool.id, Name: 'a pool' } });
    expect(answer.body).toBe((await call('DescribeUserPool', { UserPoolId: pool.id })).body);
  });
});
