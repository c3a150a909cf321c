import { describe, expect, test } from 'vitest';
import type { LambdaConfig } from '../../../lambdas/core/model/pool.ts';
import { messageTriggers, refuseTriggers, triggerPoints } from '../../../lambdas/core/triggers/trigger-points.ts';
import { aPool } from '../../support/model.ts';
import { refusalOf } from '../../support/refusals.ts';

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:f';
const poolWith = (config: LambdaConfig) => aPool({ settings: { LambdaConfig: config } });
const refused = (config: LambdaConfig, ...points: (typeof triggerPoints)[number][]) =>
  refusalOf(() => refuseTriggers(poolWith(config), ...points));

describe('A trigger', () => {
  test.each(triggerPoints)('%s is refused by name where it would run', (point) => {
    const config = { [point]: arn } as LambdaConfig;
    expect(refused(config, point)).toBe(
      `OperationNotEnabledException: Lambda trigger ${point} is not enabled in this deployment`,
    );
    expect(refused({}, point)).toBe('nothing is refused');
    expect(refusalOf(() => refuseTriggers(aPool(), point))).toBe('nothing is refused');
    expect(refused(config)).toBe('nothing is refused');
  });

  test('is refused under its second name too', () => {
    const config: LambdaConfig = { PreTokenGenerationConfig: { LambdaVersion: 'V3_0', LambdaArn: arn } };
    expect(refused(config, 'PreTokenGeneration')).toMatch(/ PreTokenGeneration is not enabled/);
    expect(refused(config, 'PreSignUp', 'PostConfirmation')).toBe('nothing is refused');
  });

  test('stands between a message and its medium', () => {
    expect(messageTriggers('EMAIL')).toEqual(['CustomMessage', 'CustomEmailSender']);
    expect(messageTriggers('SMS')).toEqual(['CustomMessage', 'CustomSMSSender']);
  });
});
