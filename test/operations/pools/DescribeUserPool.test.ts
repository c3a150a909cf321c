import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  DescribeUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { refused } from '../../support/refused.ts';
import { startService } from '../../support/start-service.ts';

describe('DescribeUserPool', () => {
  test('answers what CreateUserPool answered', async () => {
    const { client, aPool } = await startService();
    const { id: UserPoolId, ...made } = await aPool({ UserPoolTags: { team: 'shop' } });
    const { UserPool } = await client.send(new DescribeUserPoolCommand({ UserPoolId }));
    expect(UserPool).toEqual(made);
  });

  test('has no member for what was never set', async () => {
    const { call, aPool } = await startService();
    const { UserPool } = (await call('DescribeUserPool', { UserPoolId: (await aPool()).id })).json as {
      readonly UserPool: object;
    };
    expect(Object.keys(UserPool).toSorted()).toEqual([
      'AccountRecoverySetting',
      'AcrConfiguration',
      'AdminCreateUserConfig',
      'Arn',
      'CreationDate',
      'DeletionProtection',
      'EmailConfiguration',
      'EstimatedNumberOfUsers',
      'Id',
      'IssuerConfiguration',
      'KeyConfiguration',
      'LambdaConfig',
      'LastModifiedDate',
      'MfaConfiguration',
      'Name',
      'Policies',
      'SchemaAttributes',
      'UserPoolTags',
      'UserPoolTier',
      'VerificationMessageTemplate',
    ]);
  });

  test('counts users whatever their state, and does not change its date for them', async () => {
    const { client, clock, aPool, aUser } = await startService();
    const pool = await aPool();
    const { id: UserPoolId } = pool;
    clock.advance(1_000);
    const first = await aUser(pool);
    const second = await aUser(pool, { invited: true });
    await client.send(new AdminDisableUserCommand({ UserPoolId, Username: second.username }));
    const describeAgain = async () => (await client.send(new DescribeUserPoolCommand({ UserPoolId }))).UserPool;
    expect(await describeAgain()).toMatchObject({
      EstimatedNumberOfUsers: 2,
      LastModifiedDate: pool.LastModifiedDate,
    });
    await client.send(new AdminDeleteUserCommand({ UserPoolId, Username: first.username }));
    expect((await describeAgain())?.EstimatedNumberOfUsers).toBe(1);
  });

  test('does not know a pool that nobody made', async () => {
    const { client } = await startService();
    for (const UserPoolId of ['us-east-1_000000000', 'us-east-1_x', 'a_b']) {
      expect(await refused(client.send(new DescribeUserPoolCommand({ UserPoolId })))).toBe(
        `ResourceNotFoundException: User pool ${UserPoolId} does not exist.`,
      );
    }
  });

  test('does not know a pool of another region', async () => {
    const { client, clientFor, aPool } = await startService();
    const { id: UserPoolId } = await aPool();
    const call = new DescribeUserPoolCommand({ UserPoolId });
    for (const region of ['us-east-2', 'us-east', 'us-east-1-x']) {
      expect(await refused(clientFor(region).send(call))).toBe(
        `ResourceNotFoundException: User pool ${UserPoolId} does not exist.`,
      );
    }
    expect(await refused(client.send(call))).toBe('nothing is refused');
  });

  test.each(['us-east-1', 'us-east-1_', 'P#us-east-1_x', 'us-east-1_x ', '../x_y'])(
    'refuses %j as an id by its pattern',
    async (UserPoolId) => {
      const { client } = await startService();
      expect(await refused(client.send(new DescribeUserPoolCommand({ UserPoolId })))).toBe(
        `InvalidParameterException: 1 validation error detected: Value '${UserPoolId}' at 'userPoolId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w-]+_[0-9a-zA-Z]+`,
      );
    },
  );
});
