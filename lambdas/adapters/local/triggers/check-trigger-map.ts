/** Checks what a trigger map says, and names the place where it is wrong. */
import { resolve } from 'node:path';
import { isObject } from '../../../core/contract/is-object.ts';
import { badOption } from '../cannot-start.ts';
import { isMapKey, type MappedFunction, type TriggerMap } from './trigger-map.ts';

type Members = Readonly<Record<string, unknown>>;

/** Files are looked for from `folder` on. */
export function checkTriggerMap(value: unknown, source: string, folder: string): TriggerMap {
  if (!isObject(value) || !isObject(value['functions'])) {
    throw badOption(`${source}: the file must have the member functions, with an entry for each function.`);
  }
  refuseStrays(value, ['functions'], `${source}:`);
  const entries = Object.entries(value['functions']);
  return new Map(entries.map(([key, entry]) => [key, checkEntry(key, entry, { source, folder })]));
}

interface Origin {
  readonly source: string;
  readonly folder: string;
}

/** What an entry may have beside the member that says its kind. */
const kinds = {
  module: ['handler', 'environment', 'memory'],
  url: [],
  endpoint: [],
  lambda: [],
} as const;

type Kind = keyof typeof kinds;

function checkEntry(key: string, entry: unknown, { source, folder }: Origin): MappedFunction {
  const place = `${source}: functions[${JSON.stringify(key)}]`;
  if (!isMapKey(key)) throw badOption(`${place} must be named by the ARN of a function, by its name, or *.`);
  if (!isObject(entry)) throw badOption(`${place} must be an object with one of ${Object.keys(kinds).join(', ')}.`);
  const kind = requireKind(entry, place);
  refuseStrays(entry, [kind, ...kinds[kind]], place);
  switch (kind) {
    case 'module':
      return checkModule(entry, folder, place);
    case 'url':
      return { url: requireUrl(entry['url'], `${place}.url`) };
    case 'endpoint':
      return { endpoint: requireUrl(entry['endpoint'], `${place}.endpoint`).replace(/\/+$/, '') };
    case 'lambda':
      if (entry['lambda'] !== true) throw badOption(`${place}.lambda must be true.`);
      return { lambda: true };
  }
}

function requireKind(entry: Members, place: string): Kind {
  const named = (Object.keys(kinds) as Kind[]).filter((kind) => entry[kind] !== undefined);
  const [kind] = named;
  if (kind === undefined || named.length > 1) {
    throw badOption(`${place} must have one of ${Object.keys(kinds).join(', ')}, and only one.`);
  }
  return kind;
}

function checkModule(entry: Members, folder: string, place: string): MappedFunction {
  const { module, handler = 'handler', environment = {}, memory = 128 } = entry;
  if (typeof module !== 'string' || module === '') throw badOption(`${place}.module must be the path of a file.`);
  if (typeof handler !== 'string' || !/^[\w$]+(\.[\w$]+)*$/.test(handler)) {
    throw badOption(`${place}.handler must be the name of an export.`);
  }
  if (!isVariables(environment)) {
    throw badOption(`${place}.environment must have names and texts; put the texts in quotes.`);
  }
  if (typeof memory !== 'number' || !Number.isInteger(memory) || memory < 32 || memory > 10_240) {
    throw badOption(`${place}.memory must be a number of MB from 32 to 10240.`);
  }
  return { module: resolve(folder, module), handler, environment, memory };
}

const isVariables = (value: unknown): value is Readonly<Record<string, string>> =>
  isObject(value) && Object.entries(value).every(([name, text]) => /^\w+$/.test(name) && typeof text === 'string');

/** The message leaves the value out, because it may carry a password. */
function requireUrl(value: unknown, place: string): string {
  const url = typeof value === 'string' ? URL.parse(value) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.hash !== '') {
    throw badOption(`${place} must be a URL that starts with http:// or https://, without a name and a password.`);
  }
  return String(value);
}

function refuseStrays(value: Members, known: readonly string[], place: string): void {
  const stray = Object.keys(value).find((name) => !known.includes(name));
  if (stray !== undefined) throw badOption(`${place} cannot have ${stray}, only ${known.join(', ')}.`);
}
