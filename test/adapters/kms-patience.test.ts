/** How often KMS is asked again, for failures that no small KMS can bring about without making tests wait. */
import { describe, expect, test } from 'vitest';
import { patiently } from '../../lambdas/adapters/kms/patience.ts';
import { impatient } from '../support/table.ts';

/** What comes of it when every attempt fails so, and how many there are. */
const outcomeOf = async (failure: unknown) => {
  let attempts = 0;
  const fail = () => {
    attempts++;
    return Promise.reject(failure);
  };
  const error: unknown = await patiently(impatient)('Sign', fail).catch((thrown: unknown) => thrown);
  return { attempts, name: error instanceof Error && error.name, message: error instanceof Error && error.message };
};

const sdkError = (name: string, members: object = {}) => Object.assign(new Error('inner'), { name, ...members });

describe('A call to KMS', () => {
  test('that is not answered in time is made once more', async () => {
    expect(await outcomeOf(sdkError('TimeoutError', { code: 'ETIMEDOUT' }))).toEqual({
      attempts: 2,
      name: 'Unavailable',
      message: 'KMS did not Sign in 2 attempts: TimeoutError',
    });
  });

  test.each([
    ['ECONNREFUSED', sdkError('Error', { code: 'ECONNREFUSED' })],
    ['InternalFailure', sdkError('InternalFailure', { $metadata: { httpStatusCode: 500 } })],
  ])('that fails on the way is made three times: %s', async (code, failure) => {
    expect(await outcomeOf(failure)).toEqual({
      attempts: 3,
      name: 'Unavailable',
      message: `KMS did not Sign in 3 attempts: ${code}`,
    });
  });

  test.each([
    ['AccessDeniedException', sdkError('AccessDeniedException', { $metadata: { httpStatusCode: 400 } })],
    ['CredentialsProviderError', sdkError('CredentialsProviderError')],
    ['Unknown', 'a text'],
  ])('that no repetition helps is made once: %s', async (code, failure) => {
    expect(await outcomeOf(failure)).toEqual({ attempts: 1, name: 'Error', message: `KMS refused Sign: ${code}` });
  });
});
