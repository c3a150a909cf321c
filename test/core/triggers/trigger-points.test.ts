import { describe, expect, test } from 'vitest';
import type { LambdaConfig } from '../../../lambdas/core/model/pool.ts';
import { functionAt, triggerPoints } from '../../../lambdas/core/triggers/trigger-points.ts';
import { aPool } from '../../support/model.ts';

const [arn, other] = ['f', 'g'].map((name) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`);
const poolWith = (config: LambdaConfig) => aPool({ settings: { LambdaConfig: config } });

describe('The function at a point', () => {
  test.each(triggerPoints)('%s is the one that the pool names there, and no other', (point) => {
    const pool = poolWith({ [point]: arn } as LambdaConfig);
    expect(functionAt(pool, point)).toEqual({ arn, version: 'V1_0' });
    for (const each of triggerPoints.filter((name) => name !== point)) expect(functionAt(pool, each)).toBeUndefined();
    expect(functionAt(aPool(), point)).toBeUndefined();
  });

  test('is written for the version that the pool says, under its second name as well', () => {
    const LambdaArn = arn ?? '';
    const tokens = { LambdaVersion: 'V3_0', LambdaArn } as const;
    const both = poolWith({ PreTokenGeneration: other, PreTokenGenerationConfig: tokens });
    expect(functionAt(both, 'PreTokenGeneration')).toEqual({ arn, version: 'V3_0' });
    const sender = poolWith({ CustomSMSSender: { LambdaVersion: 'V1_0', LambdaArn } });
    expect(functionAt(sender, 'CustomSMSSender')).toEqual({ arn, version: 'V1_0' });
  });
});
