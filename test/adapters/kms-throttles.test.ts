/** What is counted of calls that KMS is too busy for. */
import { describe, expect, test } from 'vitest';
import { patiently } from '../../lambdas/adapters/kms/patience.ts';

const failing = (name: string, times: number) => {
  let made = 0;
  return async (): Promise<string> => {
    made += 1;
    if (made <= times) throw Object.assign(new Error('refused'), { name, $metadata: { httpStatusCode: 400 } });
    return 'signed';
  };
};

function counting() {
  let counted = 0;
  const onThrottle = (): void => {
    counted += 1;
  };
  return { ask: patiently({ sleep: async () => {}, chance: () => 0, onThrottle }), counted: () => counted };
}

describe('A throttled call', () => {
  test('is counted although the next try goes well', async () => {
    const { ask, counted } = counting();

    expect(await ask('Sign', failing('ThrottlingException', 1))).toBe('signed');
    expect(counted()).toBe(1);
  });

  test('is counted at each try when none goes well', async () => {
    const { ask, counted } = counting();

    await expect(ask('Sign', failing('ThrottlingException', 9))).rejects.toThrow('KMS did not Sign');
    expect(counted()).toBe(3);
  });

  test('is none that KMS refuses for good', async () => {
    const { ask, counted } = counting();

    await expect(ask('Sign', failing('AccessDeniedException', 9))).rejects.toThrow('KMS refused Sign');
    expect(counted()).toBe(0);
  });
});
