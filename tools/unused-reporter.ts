/** Ends `npm run unused` with what knip looked at, and fails the run when that was not every file. */
import { globSync } from 'node:fs';
import type { ReporterOptions } from 'knip';

const files = '{bench,bin,lambdas,lib,test,tools}/**/*.ts';

/** Knip loads reporters by their default export. */
export default function report({ counters, cwd }: ReporterOptions): void {
  const present = globSync(files, { cwd }).length;
  console.log(`${counters.processed} files read`);
  if (counters.processed >= present && present > 0) return;
  console.log(`${present} files are there: knip did not look at all of them.`);
  process.exit(1);
}
