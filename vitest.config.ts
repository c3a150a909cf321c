/** How the tests run: shuffled, files side by side, network closed, one database engine for all of them. */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongFilesFirst } from './tools/long-files-first.ts';
import { TallyReporter } from './tools/tally-reporter.ts';

const engine = 'test/support/global-setup.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: existsSync(engine) ? [engine] : [],
    setupFiles: ['test/support/close-network.ts'],
    // The seed is printed; `npx vitest run --sequence.seed=<seed>` repeats an order.
    sequence: { sequencer: LongFilesFirst, shuffle: { tests: true } },
    // Files share the modules of their worker: what one imports, the next finds loaded. State lives in pools, not modules.
    pool: 'forks',
    // More than cores: for a third of their time they wait for engines, services and other programs.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    isolate: false,
    // Room for new objects, of which requests make many and keep none: a tenth of the processor time went into collecting.
    execArgv: ['--max-semi-space-size=64'],
    env: { TZ: 'UTC', AWS_EC2_METADATA_DISABLED: 'true' },
    testTimeout: 20_000,
    hookTimeout: 30_000,
    reporters: ['default', new TallyReporter()],
  },
});
