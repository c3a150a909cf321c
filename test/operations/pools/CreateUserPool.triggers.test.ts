/** Which functions a pool has run, as they are set and read back. */
import type { LambdaConfigType } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { everyPoolSetting, functionArn } from '../../support/every-setting.ts';
import { aServedPool } from '../../support/one-pool.ts';
import { refused } from '../../support/refused.ts';

const { LambdaConfig: everyFunction } = everyPoolSetting;
const { KMSKeyID } = everyFunction;
const arn = functionArn('tokens');
const key = { KMSKeyID };

const versioned = (LambdaVersion: 'V1_0' | 'V2_0' | 'V3_0', LambdaArn = arn) => ({ LambdaVersion, LambdaArn });
const sender = { LambdaVersion: 'V1_0', LambdaArn: functionArn('send') } as const;

const shownBy = async ({ look }: Awaited<ReturnType<typeof aServedPool>>) => (await look()).LambdaConfig;

describe('LambdaConfig', () => {
  test('is read back whole, and an update without it clears it (triggers-and-messages 1)', async () => {
    const created = await aServedPool({ LambdaConfig: everyFunction });
    expect(await shownBy(created)).toEqual(everyFunction);
    await created.update({});
    expect(await shownBy(created)).toEqual({});
    await created.update({ LambdaConfig: everyFunction });
    expect(await shownBy(created)).toEqual(everyFunction);
    // Another change of the pool is no reason to forget it.
    await created.setMfa({ MfaConfiguration: 'OFF' });
    expect(await shownBy(created)).toEqual(everyFunction);
    await created.update({ LambdaConfig: {} });
    expect(await shownBy(created)).toEqual({});
  });

  // The senders need the key beside them, and the two forms of one trigger come together.
  test.each(Object.keys(everyFunction) as (keyof LambdaConfigType)[])(
    'is read back with %s alone, in place of all there was (triggers-and-messages 1)',
    async (member) => {
      const pool = await aServedPool({ LambdaConfig: everyFunction });
      const one: LambdaConfigType = { ...(/Sender$/.test(member) && key), [member]: everyFunction[member] };
      await pool.update({ LambdaConfig: one });
      const bothForms = {
        PreTokenGeneration: { PreTokenGenerationConfig: versioned('V1_0') },
        PreTokenGenerationConfig: { PreTokenGeneration: arn },
      };
      expect(await shownBy(pool)).toEqual({ ...one, ...bothForms[member as keyof typeof bothForms] });
    },
  );

  test.each([
    'arn:aws:lambda:us-east-1:000000000000:function:f',
    'arn:aws:lambda:us-east-1:000000000000:function:f:live',
    'arn:aws:lambda:us-east-1:000000000000:function:f:7',
    'arn:aws-us-gov:lambda:us-gov-west-1:000000000000:function:f',
  ])('takes %s', async (PreSignUp) => {
    expect(await shownBy(await aServedPool({ LambdaConfig: { PreSignUp } }))).toEqual({ PreSignUp });
  });

  test.each([
    'f',
    'arn:aws:lambda:us-east',
    'arn:aws:lambda:us-east-1:account:function:f',
    'arn:aws:lambda:us-east-1:000000000000:function:f:live:more',
    'arn:aws:lambda:us-east-1:000000000000:function:f\n',
    `arn:aws:lambda:us-east-1:000000000000:function:${'f'.repeat(2048)}`,
  ])('does not take %j', async (wrong) => {
    const pool = await aServedPool();
    for (const LambdaConfig of [
      { PreSignUp: wrong },
      { ...key, CustomEmailSender: { ...sender, LambdaArn: wrong } },
      { CustomMessage: arn, KMSKeyID: wrong },
    ]) {
      expect(await refused(pool.update({ LambdaConfig }))).toMatch(/^InvalidParameterException: \d validation error/);
    }
  });

  test.each<[string, LambdaConfigType, string]>([
    [
      'two functions for one thing',
      { PreTokenGeneration: functionArn('other'), PreTokenGenerationConfig: versioned('V2_0') },
      'PreTokenGeneration and PreTokenGenerationConfig must name the same function.',
    ],
    [
      'a sender of e-mail without a key',
      { CustomEmailSender: sender },
      'KMSKeyID is required in LambdaConfig when a custom sender is set.',
    ],
    [
      'a sender of texts without a key',
      { CustomSMSSender: sender },
      'KMSKeyID is required in LambdaConfig when a custom sender is set.',
    ],
  ])('is refused with %s, and the pool stays as it was (triggers-and-messages 2)', async (_what, config, message) => {
    const expected = `InvalidParameterException: ${message}`;
    expect(await refused(aServedPool({ LambdaConfig: config }))).toBe(expected);
    const pool = await aServedPool({ LambdaConfig: everyFunction });
    expect(await refused(pool.update({ LambdaConfig: config }))).toBe(expected);
    expect(await shownBy(pool)).toEqual(everyFunction);
  });

  test.each<LambdaConfigType>([
    { PreTokenGeneration: arn, PreTokenGenerationConfig: versioned('V2_0') },
    { ...key, CustomEmailSender: sender },
    { ...key, CustomSMSSender: sender },
    { ...key },
  ])('takes %j', async (LambdaConfig) => {
    expect(await shownBy(await aServedPool({ LambdaConfig }))).toEqual(LambdaConfig);
  });

  test.each(['V2_0', 'V3_0'] as const)('has %s tokens beyond the plan LITE alone', async (version) => {
    const LambdaConfig = { PreTokenGenerationConfig: versioned(version) };
    expect(await refused(aServedPool({ LambdaConfig, UserPoolTier: 'LITE' }))).toMatch(
      /^FeatureUnavailableInTierException: PreTokenGenerationConfig /,
    );
    const first = { PreTokenGenerationConfig: versioned('V1_0') };
    expect(await refused(aServedPool({ LambdaConfig: first, UserPoolTier: 'LITE' }))).toBe('nothing is refused');
  });

  test.each([
    ['CustomEmailSender', { ...key, CustomEmailSender: { LambdaVersion: 'V2_0', LambdaArn: arn } }],
    ['CustomSMSSender', { ...key, CustomSMSSender: { LambdaArn: arn } }],
    ['PreTokenGenerationConfig', { PreTokenGenerationConfig: { LambdaVersion: 'V4_0', LambdaArn: arn } }],
    ['PreTokenGenerationConfig', { PreTokenGenerationConfig: { LambdaVersion: 'V2_0' } }],
    ['InboundFederation', { InboundFederation: { LambdaVersion: 'V1_0' } }],
  ])('has both members of %s, in the versions there are', async (member, LambdaConfig) => {
    const { service } = await aServedPool();
    const { status, json } = await service.call('CreateUserPool', { PoolName: 'shop', LambdaConfig });
    expect(status).toBe(400);
    expect(json).toMatchObject({ __type: 'InvalidParameterException' });
    expect(JSON.stringify(json)).toMatch(new RegExp(member, 'i'));
  });
});
