/** Reads seeds: files, or documents of the same form. */
import { checkSeed, type Seed } from './seed-document.ts';
import { readYamlFile } from './yaml-file.ts';

export interface NamedSeed {
  /** Where it came from, for messages. */
  readonly source: string;
  readonly seed: Seed;
}

export function readSeeds(seeds: readonly (string | Seed)[]): Promise<readonly NamedSeed[]> {
  return Promise.all(
    seeds.map(async (given) =>
      typeof given === 'string'
        ? { source: given, seed: checkSeed(await readYamlFile(given, 'seed file'), given) }
        : { source: 'seed', seed: checkSeed(given, 'seed') },
    ),
  );
}
