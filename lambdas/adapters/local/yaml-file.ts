/** Reads files that people write, YAML or JSON (which YAML contains). */
import { readFile } from 'node:fs/promises';
import { badOption } from './cannot-start.ts';

/** `kind` says in messages what the file is for. */
export async function readYamlFile(path: string, kind: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw badOption(`The ${kind} ${path} cannot be read.`);
  });
  const { parseDocument } = await import('yaml');
  const document = parseDocument(text, { prettyErrors: true });
  const [error] = document.errors;
  if (error) throw badOption(`${path}: ${error.message.split('\n')[0]?.replace(/:$/, '')}.`);
  return document.toJS();
}
