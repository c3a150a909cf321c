/** The order of test files: by chance, which the seed of the run repeats, but for those that take long. */
import { createHash } from 'node:crypto';
import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Ten seconds or so. One of these that began last would have all other workers wait for it. */
export const longFiles: ReadonlySet<string> = new Set(
  [
    'cli/credentials',
    'cli/one-machine',
    'clients/aws-cli',
    'clients/cognito-identity-js',
    'clients/devices',
    'clients/management-tools',
    'clients/strict',
    'crash/service',
    'hostile/built-operations',
    'hostile/sign-in-walks',
    'infra/app',
    'infra/run-direct',
    'infra/run-edge',
    'infra/run-rules',
    'local/start',
    'ports/dynamodb-stores',
  ].map((name) => `test/${name}.test.ts`),
);

/** As texts that sort so. */
export function rankOf(path: string, seed: number): string {
  const chance = createHash('sha256').update(`${seed} ${path}`).digest('hex');
  return `${longFiles.has(path) ? 'first' : 'then'} ${chance}`;
}

export class LongFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { root, sequence } = this.ctx.config;
    const ranked = files.map((file) => ({ file, rank: rankOf(relative(root, file.moduleId), sequence.seed) }));
    return ranked.toSorted((a, b) => (a.rank < b.rank ? -1 : 1)).map(({ file }) => file);
  }
}
