/** Makes files that their owner alone reads, in whatever folder they lie. */
import { open } from 'node:fs/promises';

/** An empty one where there is none; what is there keeps its content. */
export async function havePrivateFile(path: string): Promise<void> {
  const file = await open(path, 'a', 0o600);
  try {
    // One that belongs to somebody else stays as they have it.
    await file.chmod(0o600).catch(() => undefined);
  } finally {
    await file.close();
  }
}
