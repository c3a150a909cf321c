import { InitiateAuthCommand, GetUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { expect, test } from 'vitest';
import { startService } from '../../support/start-service.ts';
test('smoke', async () => {
  const { client, aPool } = await startService();
  const pool = await aPool();
  console.log(pool);
});
