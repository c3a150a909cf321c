/** Reads a policy from a file, or from standard input where the file is `-`. */
import { readFile } from 'node:fs/promises';
import { isObject } from '../../core/contract/is-object.ts';
import { badUsage } from './cannot-do.ts';
import type { Outside } from './workplace.ts';

export type Document = Readonly<Record<string, unknown>>;

/** Whether it is a policy is for the service to say: it knows which version of the language it speaks. */
export async function readDocument(path: string, { readInput }: Pick<Outside, 'readInput'>): Promise<Document> {
  const source = path === '-' ? 'Standard input' : path;
  const document = parse(await (path === '-' ? readInput() : read(path)), source);
  if (!isObject(document)) throw badUsage(`${source} must hold one policy: a JSON object with a Statement.`);
  return document;
}

async function read(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw badUsage(`The policy ${path} cannot be read (${error.code}).`);
  });
}

/** Parsers quote what they stumble over, which need not be a policy. */
function parse(text: string, source: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const [, place] = /\((line \d+ column \d+)\)/.exec(String(error)) ?? [];
    throw badUsage(`${source} is not JSON${place === undefined ? '' : `: see ${place}`}.`);
  }
}
