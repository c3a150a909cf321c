/** Reads values of the CDK's context by key, with one sentence for each that is not what it should be. */
import { readFileSync } from 'node:fs';

export type Context = Readonly<Record<string, unknown>>;

/** The message is all that there is to say: it is shown without a stack. */
export class SettingsRefused extends Error {
  override readonly name = 'SettingsRefused';
}

export interface Form {
  readonly pattern: RegExp;
  /** Completes `must be`. */
  readonly wanted: string;
}

/** Values that the CDK, its feature flags and its lookups keep in the same place. */
const foreign = /^(@aws-cdk|aws:|aws-cdk:|cdk:|cli-|acknowledged-issue-numbers$|[a-z-]+:([^=]+=|[a-z0-9-]+$))/;

export function contextReader(context: Context) {
  const known = new Set<string>();

  /** `-c key=` is as good as none. */
  function find(key: string): string | undefined {
    known.add(key);
    const value = context[key];
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value === 'object') throw new SettingsRefused(`${key} must be a single value.`);
    return String(value);
  }

  /** An object, as it is or as JSON, or the path of a file that holds it. */
  function document(key: string): unknown {
    known.add(key);
    const value = context[key];
    if (value === undefined || value === null || value === '') return undefined;
    return typeof value === 'object' ? value : parseDocument(key, String(value));
  }

  function oneOf<const T extends string>(key: string, all: readonly T[]): T | undefined {
    const value = find(key);
    const found = all.find((one) => one === value);
    if (value !== undefined && found === undefined) throw refused(key, `one of ${all.join(', ')}`, value);
    return found;
  }

  return {
    oneOf,
    document,

    text(key: string, { pattern, wanted }: Form): string | undefined {
      const value = find(key);
      if (value !== undefined && !pattern.test(value)) throw refused(key, wanted, value);
      return value;
    },

    /** Several, with commas between them. */
    texts(key: string, { pattern, wanted }: Form): readonly string[] | undefined {
      const value = find(key);
      const all = value?.split(',');
      if (value !== undefined && !all?.every((one) => pattern.test(one))) throw refused(key, wanted, value);
      return all;
    },

    integer(key: string, { from, to }: { readonly from: number; readonly to: number }): number | undefined {
      const value = find(key);
      if (value === undefined) return undefined;
      const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
      if (!(number >= from && number <= to)) throw refused(key, `a whole number from ${from} to ${to}`, value);
      return number;
    },

    oneNumberOf(key: string, all: readonly number[]): number | undefined {
      const value = oneOf(key, all.map(String));
      return value === undefined ? undefined : Number(value);
    },

    boolean(key: string): boolean | undefined {
      const value = oneOf(key, ['true', 'false']);
      return value === undefined ? undefined : value === 'true';
    },

    /** To be called when all that may be there has been read. */
    refuseUnknown(): void {
      const unknown = Object.keys(context).filter((key) => !known.has(key) && !foreign.test(key));
      if (unknown.length === 0) return;
      const names = unknown.toSorted().join(', ');
      throw new SettingsRefused(`Unknown: ${names}. What can be set: ${[...known].toSorted().join(', ')}.`);
    },
  };
}

function parseDocument(key: string, said: string): unknown {
  const isDocument = said.trimStart().startsWith('{');
  const text = isDocument ? said : readText(key, said);
  try {
    return JSON.parse(text);
  } catch {
    throw new SettingsRefused(
      isDocument ? `${key} must be JSON.` : `${key} must be a file of JSON; "${said}" is none.`,
    );
  }
}

function readText(key: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new SettingsRefused(`${key} must be a file that can be read; it is "${path}".`);
  }
}

const refused = (key: string, wanted: string, value: string): SettingsRefused =>
  new SettingsRefused(`${key} must be ${wanted}; it is "${value}".`);
