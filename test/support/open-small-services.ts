/** The small SES and SNS for one test, where clients of this process find them as a function would: by its environment. */
import { onTestFinished, vi } from 'vitest';
import type { SmallServiceOptions } from './small-message-service.ts';
import { type SmallSes, startSmallSes } from './small-ses.ts';
import { type SmallSns, startSmallSns } from './small-sns.ts';

export const callerId = 'AKIAIOSFODNN7EXAMPLE';

export async function openSmallSes(options?: SmallServiceOptions): Promise<SmallSes> {
  return inEnvironment('AWS_ENDPOINT_URL_SESV2', await startSmallSes(options));
}

export async function openSmallSns(options?: SmallServiceOptions): Promise<SmallSns> {
  return inEnvironment('AWS_ENDPOINT_URL_SNS', await startSmallSns(options));
}

function inEnvironment<T extends SmallSes | SmallSns>(variable: string, service: T): T {
  vi.stubEnv(variable, service.url);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', callerId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'not-looked-at');
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await service.close();
  });
  return service;
}
