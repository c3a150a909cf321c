/** A small KMS for the tests of one file, and clients of it that find it as they would find the real one. */
import type { KMSClient } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, vi } from 'vitest';
import { kmsClient } from '../../lambdas/adapters/kms/kms-client.ts';
import { type SmallKms, type SmallKmsOptions, startSmallKms } from './small-kms.ts';

export interface UsedKms {
  readonly kms: SmallKms;
  /** As a function makes it. */
  readonly client: KMSClient;
  /** Names and outcomes of what was called since, as `Sign ok`. */
  readonly callsOf: (run: () => Promise<unknown>) => Promise<readonly string[]>;
}

/** To be called where suites are defined; the answer is there when tests run. */
export function usingSmallKms(options?: SmallKmsOptions): () => UsedKms {
  let used: UsedKms | undefined;
  beforeAll(async () => {
    const kms = await startSmallKms(options);
    vi.stubEnv('AWS_ENDPOINT_URL_KMS', kms.url);
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'not-checked');
    used = { kms, client: kmsClient({ region: 'us-east-1' }), callsOf: callsOf(kms) };
  });
  afterAll(async () => {
    used?.client.destroy();
    await used?.kms.close();
    vi.unstubAllEnvs();
  });
  return () => {
    if (!used) throw new Error('The small KMS is there while tests run');
    return used;
  };
}

const callsOf = (kms: SmallKms) => async (run: () => Promise<unknown>) => {
  const before = kms.calls.length;
  await run();
  return kms.calls.slice(before).map(({ action, outcome }) => `${action.replace('kms:', '')} ${outcome}`);
};
