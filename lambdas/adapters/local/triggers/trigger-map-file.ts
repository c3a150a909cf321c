/** The file of a trigger map: refused at the start where it is wrong, and read again when it has changed. */
import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { badOption, CannotStart } from '../cannot-start.ts';
import { readYamlFile } from '../yaml-file.ts';
import { checkTriggerMap } from './check-trigger-map.ts';
import type { TriggerMap } from './trigger-map.ts';

export interface TriggerMapFile {
  /** As the file is now; where it cannot be read any more, as it was before. */
  current(): Promise<TriggerMap>;
}

/** `warn` is given a line for each change that cannot be followed, `say` for each that is. */
export async function openTriggerMap(
  path: string,
  { say, warn }: { say(line: string): void; warn(line: string): void },
): Promise<TriggerMapFile> {
  const file = resolve(path);
  let at = await momentOf(file);
  let map = await read(file, path);
  await requireModules(map, path);

  async function readAgain(): Promise<void> {
    try {
      map = await read(file, path);
      say(`The trigger map ${path} has changed and was read again.`);
    } catch (error) {
      if (!(error instanceof CannotStart)) throw error;
      warn(`${error.message} The trigger map stays as it was.`);
    }
  }

  return {
    async current() {
      const now = await momentOf(file);
      if (now !== at) {
        at = now;
        await readAgain();
      }
      return map;
    },
  };
}

const read = async (file: string, path: string): Promise<TriggerMap> =>
  checkTriggerMap(await readYamlFile(path, 'trigger map'), path, dirname(file));

/** When it was written, and how long it is; 0 when it is not there. */
const momentOf = (file: string): Promise<unknown> =>
  stat(file).then(
    ({ mtimeMs, size }) => `${mtimeMs} ${size}`,
    () => 0,
  );

async function requireModules(map: TriggerMap, path: string): Promise<void> {
  for (const [key, entry] of map) {
    if (!('module' in entry)) continue;
    const place = `${path}: functions[${JSON.stringify(key)}].module ${entry.module}`;
    const found = await stat(entry.module).catch(() => {
      throw badOption(`${place} cannot be read.`);
    });
    // What is downloaded from Lambda is one, and tempts to be named.
    if (found.isDirectory()) throw badOption(`${place} is a folder: name the file in it.`);
  }
}
