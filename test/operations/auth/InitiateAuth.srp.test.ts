/** USER_SRP_AUTH, first leg. */
import { AdminUpdateUserAttributesCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { signingIn, tokensOf } from '../../support/signing-in.ts';
import { startService } from '../../support/start-service.ts';

describe('InitiateAuth by SRP', () => {
  test('signs in', async () => {
    const service = await startService();
    const pool = await service.aPool();
    const app = await service.aClient(pool);
    await service.aUser(pool, { username: 'ada' });
    expect(tokensOf(await signingIn(service, app).bySrp('ada')).access).toBeTypeOf('string');
    expect(tokensOf(await signingIn(service, app).byPassword('ada')).access).toBeTypeOf('string');
  });
});
