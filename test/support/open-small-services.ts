/** The small services of AWS for one test, where clients of this process find them as a function would: by its environment. */
import { onTestFinished, vi } from 'vitest';
import { type SmallEums, startSmallEums } from './small-eums.ts';
import { type SmallLambda, startSmallLambda } from './small-lambda.ts';
import type { SmallService, SmallServiceOptions } from './small-message-service.ts';
import { type SmallSes, startSmallSes } from './small-ses.ts';
import { type SmallSns, startSmallSns } from './small-sns.ts';
import { type SmallSts, startSmallSts } from './small-sts.ts';

export const callerId = 'AKIAIOSFODNN7EXAMPLE';

export async function openSmallSes(options?: SmallServiceOptions): Promise<SmallSes> {
  return inEnvironment('AWS_ENDPOINT_URL_SESV2', await startSmallSes(options));
}

export async function openSmallSns(options?: SmallServiceOptions): Promise<SmallSns> {
  return inEnvironment('AWS_ENDPOINT_URL_SNS', await startSmallSns(options));
}

export async function openSmallLambda(options?: SmallServiceOptions): Promise<SmallLambda> {
  return inEnvironment('AWS_ENDPOINT_URL_LAMBDA', await startSmallLambda(options));
}

export async function openSmallEums(options?: SmallServiceOptions): Promise<SmallEums> {
  return inEnvironment('AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2', await startSmallEums(options));
}

export async function openSmallSts(options?: SmallServiceOptions): Promise<SmallSts> {
  return inEnvironment('AWS_ENDPOINT_URL_STS', await startSmallSts(options));
}

function inEnvironment<T extends Pick<SmallService, 'url' | 'close'>>(variable: string, service: T): T {
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
