/** Reads files that people write, YAML or JSON (which YAML contains). */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { badOption } from './cannot-start.ts';
import { codeOf } from './error-code.ts';

/** `kind` says in messages what the file is for. */
export async function readYamlFile(path: string, kind: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    // In full: npm starts programs in the folder of the package, wherever it is called.
    throw badOption(`The ${kind} ${resolve(path)} cannot be read (${codeOf(error)}).`);
  });
  const { parseDocument } = await import('yaml');
  const document = parseDocument(text, { prettyErrors: true });
  const [error] = document.errors;
  if (error) throw badOption(`${path}: ${error.message.split('\n')[0]?.replace(/:$/, '')}.`);
  return document.toJS();
}
