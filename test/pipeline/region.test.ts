import { describe, expect, test } from 'vitest';
import { builtOperations, someInput } from '../support/built-operations.ts';
import { startService } from '../support/start-service.ts';
import { signature } from '../support/wire.ts';

const named = builtOperations('iam', 'UserPoolId').map((operation) => [operation.name, operation] as const);

describe('A pool of another region', () => {
  test.each(named)('does not exist for %s', async (name, operation) => {
    const { call, aPool } = await startService();
    const { id: UserPoolId } = await aPool();
    const answer = await call(name, someInput(operation, { UserPoolId }), signature('eu-west-1'));
    expect(answer.json).toEqual({
      __type: 'ResourceNotFoundException',
      message: `User pool ${UserPoolId} does not exist.`,
    });
    const again = await call('DescribeUserPool', { UserPoolId });
    expect(again).toMatchObject({ status: 200, json: { UserPool: { EstimatedNumberOfUsers: 0 } } });
  });

  test('is not mixed up with a region whose name begins alike', async () => {
    const { call } = await startService();
    const made = await call('CreateUserPool', { PoolName: 'shop' }, signature('us-east-1-x'));
    const { UserPool } = made.json as { UserPool: { Id: string } };
    expect(UserPool.Id).toMatch(/^us-east-1-x_/);
    expect((await call('DescribeUserPool', { UserPoolId: UserPool.Id })).status).toBe(400);
    expect((await call('DescribeUserPool', { UserPoolId: UserPool.Id }, signature('us-east-1-x'))).status).toBe(200);
  });
});

test('A region is left alone by who is not asked for a signature', async () => {
  const { call, aPool, aClient } = await startService();
  const { id: ClientId } = await aClient(await aPool());
  const password = { Username: 'ada', Password: 'Correct-Horse-9' };
  for (const [index, headers] of [{}, signature('eu-west-1')].entries()) {
    const answer = await call('SignUp', { ClientId, ...password, Username: `ada-${index}` }, headers);
    expect(answer.status).toBe(200);
  }
});
