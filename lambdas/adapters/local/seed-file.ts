/** Reads seed files, YAML or JSON (which YAML contains). */
import { readFile } from 'node:fs/promises';
import { badOption } from './cannot-start.ts';
import { checkSeed, type Seed } from './seed-document.ts';

export interface NamedSeed {
  /** Where it came from, for messages. */
  readonly source: string;
  readonly seed: Seed;
}

export function readSeeds(seeds: readonly (string | Seed)[]): Promise<readonly NamedSeed[]> {
  return Promise.all(
    seeds.map(async (given) =>
      typeof given === 'string'
        ? { source: given, seed: await readSeedFile(given) }
        : { source: 'seed', seed: checkSeed(given, 'seed') },
    ),
  );
}

async function readSeedFile(path: string): Promise<Seed> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw badOption(`The seed file ${path} cannot be read.`);
  });
  const { parseDocument } = await import('yaml');
  const document = parseDocument(text, { prettyErrors: true });
  const [error] = document.errors;
  if (error) throw badOption(`${path}: ${error.message.split('\n')[0]?.replace(/:$/, '')}.`);
  return checkSeed(document.toJS(), path);
}
