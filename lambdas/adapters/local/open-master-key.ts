/** Opens the master key of a data folder, and finds out at once whether it is the one that the data was sealed under. */
import { access } from 'node:fs/promises';
import type { KeyWrap } from '../../core/ports/key-wrap.ts';
import type { RingStore } from '../../core/ports/ring-store.ts';
import { type DataKeyPorts, dataKeys } from '../system/data-keys.ts';
import { badMachine, CannotStart } from './cannot-start.ts';
import { masterKeyFile } from './master-key.ts';

type Ports = Omit<DataKeyPorts, 'wrap'>;

/** The first start makes it; where there is data already, a key is never made. */
export async function openMasterKey(path: string, ports: Ports): Promise<KeyWrap> {
  const newest = await ports.rings.newest();
  if (newest && !(await isThere(path))) {
    throw badMachine(`The master key ${path} is missing, and what is stored was sealed under it: put it back.`);
  }
  const wrap = await masterKeyFile(path, ports.random);
  if (newest) await requireRight({ ...ports, wrap }, { path, newest });
  return wrap;
}

interface Tried {
  readonly path: string;
  readonly newest: NonNullable<Awaited<ReturnType<RingStore['newest']>>>;
}

async function requireRight(ports: DataKeyPorts, { path, newest }: Tried): Promise<void> {
  try {
    await dataKeys(ports).find(newest.version);
  } catch (error) {
    if (!(error instanceof CannotStart)) throw error;
    throw badMachine(
      `The master key ${path} is not the one that what is stored was sealed under: put that back.`,
      error,
    );
  }
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  );
