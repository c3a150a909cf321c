/** Ends a test run with one plain line, `N passed, N failed`, counted from what vitest ran. */
import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** A file that did not load, and an error outside of any test, count as one failure each. */
export function tally(modules: readonly Pick<TestModule, 'children' | 'errors'>[], strayErrors: number): Tally {
  const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
  const broken = modules.flatMap((module) => [
    ...module.errors(),
    ...[...module.children.allSuites()].flatMap((suite) => suite.errors()),
  ]);
  const count = (state: string): number => states.filter((each) => each === state).length;
  return {
    passed: count('passed'),
    failed: count('failed') + count('pending') + broken.length + strayErrors,
    skipped: count('skipped'),
  };
}

export const describeTally = ({ passed, failed }: Tally): string => `${passed} passed, ${failed} failed`;

/** Where `TALLY_FILE` names a file, the line is written there too, for whoever has more to say before it. */
export class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], strayErrors: readonly unknown[]): void {
    const result = tally(modules, strayErrors.length);
    // A run without a single test proves nothing; vitest itself passes when a filter left none.
    if (result.passed + result.failed === 0) process.exitCode = 1;
    if (result.skipped > 0) console.log(`${result.skipped} skipped`);
    const file = process.env['TALLY_FILE'];
    if (file) writeFileSync(file, `${describeTally(result)}\n`);
    // After the summaries of the other reporters, which print when the process is about to leave.
    process.once('exit', () => console.log(describeTally(result)));
  }
}
