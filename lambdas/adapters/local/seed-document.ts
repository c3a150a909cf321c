/** What a seed file says: pools, their clients and users, in names that stay the same at every start. */
import { isObject } from '../../core/contract/is-object.ts';
import { badOption } from './cannot-start.ts';

export interface Seed {
  readonly pools: readonly SeedPool[];
}

export interface SeedPool {
  /** What the pool is found by at the next start. */
  readonly name: string;
  readonly region?: string | undefined;
  /** Members of CreateUserPool and UpdateUserPool, by the API's names. */
  readonly settings?: Members | undefined;
  readonly clients?: readonly SeedClient[] | undefined;
  readonly users?: readonly SeedUser[] | undefined;
}

export interface SeedClient {
  readonly name: string;
  /** Whether the client has a secret; decided when it is made. */
  readonly secret?: boolean | undefined;
  /** Members of CreateUserPoolClient and UpdateUserPoolClient, by the API's names. */
  readonly settings?: Members | undefined;
}

export interface SeedUser {
  readonly username: string;
  /** Permanent; given to a user who has none yet. */
  readonly password?: string | undefined;
  /** To be changed at the first sign-in; given to a user who is new. */
  readonly temporaryPassword?: string | undefined;
  readonly attributes?: Readonly<Record<string, string | boolean>> | undefined;
}

export type Members = Readonly<Record<string, unknown>>;

type Check = (value: unknown, path: string) => void;

/** The document, or a sentence that names the place where it is wrong. */
export function checkSeed(value: unknown, source: string): Seed {
  const wrong = (path: string, sentence: string) => badOption(`${source}: ${path} ${sentence}.`);

  const text: Check = (found, path) => {
    if (typeof found !== 'string' || found === '') throw wrong(path, 'must be a text; put it in quotes');
  };
  const flag: Check = (found, path) => {
    if (typeof found !== 'boolean') throw wrong(path, 'must be true or false');
  };
  // Unquoted, +15550100 is a number and would lose its sign.
  const textOrFlag: Check = (found, path) => (typeof found === 'boolean' ? undefined : text(found, path));

  const mapOf =
    (check: Check): Check =>
    (found, path) => {
      if (!isObject(found)) throw wrong(path, 'must have names and values');
      for (const [name, member] of Object.entries(found)) check(member, `${path}.${name}`);
    };
  const listOf =
    (check: Check, key: string): Check =>
    (found, path) => {
      if (!Array.isArray(found)) throw wrong(path, 'must be a list');
      for (const [place, member] of found.entries()) check(member, `${path}[${place}]`);
      const repeated = found.find((member, place) =>
        found.some((other, at) => at < place && other[key] === member[key]),
      );
      if (repeated) throw wrong(path, `has the ${key} ${JSON.stringify(repeated[key])} twice`);
    };
  const structure =
    (required: string, checks: Readonly<Record<string, Check>>): Check =>
    (found, path) => {
      if (!isObject(found)) throw wrong(path, `must be a mapping with ${Object.keys(checks).join(', ')}`);
      if (found[required] === undefined) throw wrong(path, `needs ${required}`);
      for (const [name, member] of Object.entries(found)) {
        const check = checks[name];
        if (!check) throw wrong(path, `cannot have ${name}, only ${Object.keys(checks).join(', ')}`);
        check(member, path === 'the file' ? name : `${path}.${name}`);
      }
    };
  const settingsBut = (...elsewhere: readonly string[]): Check =>
    mapOf((_, path) => {
      if (elsewhere.some((name) => path.endsWith(`.${name}`))) throw wrong(path, 'is what name and secret are for');
    });

  const client = structure('name', {
    name: text,
    secret: flag,
    settings: settingsBut('ClientName', 'GenerateSecret', 'ClientSecret'),
  });
  const user = structure('username', {
    username: text,
    password: text,
    temporaryPassword: text,
    attributes: mapOf(textOrFlag),
  });
  const pool = structure('name', {
    name: text,
    region: text,
    settings: settingsBut('PoolName'),
    clients: listOf(client, 'name'),
    users: listOf(user, 'username'),
  });
  structure('pools', { pools: listOf(pool, 'name') })(value, 'the file');
  return value as Seed; // Every member was checked above.
}
