/** What one worker of the run has synthesised, as files for the others: it takes a third of a second each time. */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';

/** The one of this key, or a new one, which others find from then on. It is kept as JSON. */
export function sharedSynthesis<T>(key: string, make: () => T): T {
  const path = join(inject('syntheses'), `${createHash('sha256').update(key).digest('hex')}.json`);
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8'));
  const made = make();
  writeWhole(path, JSON.stringify(made));
  return made;
}

/** For whoever looks in the meantime. */
function writeWhole(path: string, text: string): void {
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, text);
  renameSync(draft, path);
}
