/** The service as clients meet it: a process on free ports, in memory, for all tests of a file. */
import { afterAll } from 'vitest';
import { type Millpond, startMillpond } from '../../bin/start-millpond.ts';
import { type ApiCaller, apiCaller } from '../../lambdas/adapters/local/api-caller.ts';
import type { MillpondOptions } from '../../lambdas/adapters/local/start-settings.ts';
import { type Builders, builders } from '../support/builders.ts';
import { sdkClientOf } from '../support/sdk-client.ts';
import { type SentMessages, servedMessages } from '../support/sent-messages.ts';

export interface RunningService extends Builders {
  readonly endpoint: string;
  readonly millpond: Millpond;
  /** What the client under test does not do itself. */
  readonly call: ApiCaller;
  /** As its API shows it. */
  readonly outbox: SentMessages;
}

/** Starts when the first test asks for it, and ends with the file. */
export function runningService(options: MillpondOptions = {}): () => Promise<RunningService> {
  let running: Promise<RunningService> | undefined;
  afterAll(async () => (await running)?.millpond.close());
  return () => {
    running ??= start(options);
    return running;
  };
}

async function start(options: MillpondOptions): Promise<RunningService> {
  const millpond = await startMillpond({ memory: true, quiet: true, ...options });
  const { endpoint, region } = millpond;
  return {
    ...builders(sdkClientOf(endpoint, region)),
    endpoint,
    millpond,
    call: apiCaller(endpoint, region),
    outbox: servedMessages(endpoint),
  };
}

/** What a person types at a form. */
export const ada = { username: 'ada', email: 'ada@example.com', password: 'Analytical-1843' } as const;

export const newPassword = 'Difference-1822';
