import { describe, expect, test } from 'vitest';
import { texts } from '../../support/every-setting.ts';
import { aServedPool, onePool } from '../../support/one-pool.ts';
import { refused } from '../../support/refused.ts';

describe('GetUserPoolMfaConfig', () => {
  test('says of a new pool that MFA is off, and nothing else (pools-and-users 18)', async () => {
    const { mfa, service, id } = await aServedPool({ SmsConfiguration: texts });
    expect(await mfa()).toEqual({ MfaConfiguration: 'OFF' });
    const { body } = await service.call('GetUserPoolMfaConfig', { UserPoolId: id });
    expect(body).toBe('{"MfaConfiguration":"OFF"}');
  });

  test.each(['ON', 'OPTIONAL'] as const)('shows the text messages that a pool was created with: %s', async (mode) => {
    const SmsAuthenticationMessage = 'Sign in with {####}';
    const { mfa } = await aServedPool({
      MfaConfiguration: mode,
      SmsConfiguration: { SnsCallerArn: texts.SnsCallerArn },
      SmsAuthenticationMessage,
    });
    expect(await mfa()).toEqual({
      MfaConfiguration: mode,
      SmsMfaConfiguration: {
        SmsAuthenticationMessage,
        SmsConfiguration: { SnsCallerArn: texts.SnsCallerArn, SnsRegion: 'us-east-1' },
      },
    });
  });

  test('does not know a pool that nobody made, or that is in another region', async () => {
    const { id, service } = await aServedPool();
    expect(await refused(onePool(service, { id: 'us-east-1_000000000' }).mfa())).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
    expect(await refused(onePool({ client: service.clientFor('eu-west-1') }, { id }).mfa())).toBe(
      `ResourceNotFoundException: User pool ${id} does not exist.`,
    );
  });
});
