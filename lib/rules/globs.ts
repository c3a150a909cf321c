/** Rules on the target header that lead each operation to its room: few, and found anew whenever operations change. */

/** `*x`, `x*`, `*x*` or `x`, against the whole value of the header and with regard to case. */
export interface GlobRule {
  readonly glob: string;
  readonly room: string;
}

const targetPrefix = 'AWSCognitoIdentityProviderService.';

/** API Gateway takes less than 128 of these characters. */
const globForm = /^[a-zA-Z0-9*?!#$%&'.^_`|~-]{1,127}$/;

export type RoomsByOperation = ReadonlyMap<string, string>;

/** The last rule takes whatever is a call of the API: what no room knows is refused there. */
const everyCall = 'AWSCognito*';

/** The shortest list, over all rooms that might take what is left. The first rule that matches decides. */
export function globRules(rooms: RoomsByOperation): readonly GlobRule[] {
  const globs = globsWithFinds([...rooms.keys()]);
  const lists = [...new Set(rooms.values())].map((last) => rulesWithLast(rooms, globs, last));
  const [shortest] = lists.toSorted((one, other) => one.length - other.length);
  if (!shortest) throw new Error('There are no operations.');
  for (const { glob } of shortest) if (!globForm.test(glob)) throw new Error(`${glob} is no glob of API Gateway.`);
  return shortest;
}

/** Which operations each glob finds. */
type Finds = ReadonlyMap<string, readonly string[]>;

/** Each step takes the glob that finds most operations of one room and, among those still left, none of another. */
function rulesWithLast(rooms: RoomsByOperation, globs: Finds, last: string): readonly GlobRule[] {
  const left = new Map(rooms);
  const rules: GlobRule[] = [];
  while ([...left.values()].some((room) => room !== last)) {
    const best = bestOf(globs, left, last);
    for (const name of best.found) left.delete(name);
    rules.push({ glob: best.glob, room: best.room });
  }
  return [...rules, { glob: everyCall, room: last }];
}

interface Choice extends GlobRule {
  readonly found: readonly string[];
}

function bestOf(globs: Finds, left: RoomsByOperation, last: string): Choice {
  let best: Choice | undefined;
  for (const [glob, all] of globs) {
    const found = all.filter((name) => left.has(name));
    const [room, ...others] = new Set(found.map((name) => left.get(name)));
    if (room === undefined || room === last || others.length > 0) continue;
    if (!best || isBetter({ glob, room, found }, best)) best = { glob, room, found };
  }
  if (!best) throw new Error('No glob tells the operations that are left apart.');
  return best;
}

/** Then the shorter one, then the one that comes first in the alphabet: the same list at every run. */
function isBetter(one: Choice, other: Choice): boolean {
  const [more, shorter] = [one.found.length - other.found.length, other.glob.length - one.glob.length];
  return more !== 0 ? more > 0 : shorter !== 0 ? shorter > 0 : one.glob < other.glob;
}

/** Runs of whole words at the beginning, at the end and inside of names, and whole names. */
function globsWithFinds(names: readonly string[]): Finds {
  const own = new Map(names.map((name) => [name, new Set(runsOf(wordsOf(name)).flatMap((run) => globsOf(name, run)))]));
  const all = new Set([...own.values()].flatMap((globs) => [...globs]));
  const finds = [...all].map((glob) => [glob, names.filter((name) => matches(glob, targetPrefix + name))] as const);
  // A glob that cuts a word in some name (`*In*` in `Initiate`) says nothing to whoever reads the rules.
  return new Map(finds.filter(([glob, found]) => found.every((name) => own.get(name)?.has(glob))));
}

const wordsOf = (name: string): readonly string[] => name.match(/[A-Z]+(?![a-z])|[A-Z][a-z]+/g) ?? [name];

const runsOf = (words: readonly string[]): readonly string[] =>
  words.flatMap((_, from) => words.slice(from).map((_, to) => words.slice(from, from + to + 1).join('')));

/** Of a plural, the singular as well: `*Group*` finds groups. */
function globsOf(name: string, run: string): readonly string[] {
  const inside = run.endsWith('s') ? [`*${run}*`, `*${run.slice(0, -1)}*`] : [`*${run}*`];
  if (run === name) return [targetPrefix + name, `*${run}`, ...inside];
  if (name.startsWith(run)) return [`${targetPrefix}${run}*`, ...inside];
  return name.endsWith(run) ? [`*${run}`, ...inside] : inside;
}

/** As API Gateway compares: a star stands for any text, at the beginning or the end alone. */
export function matches(glob: string, value: string): boolean {
  const text = glob.replace(/^\*/, '').replace(/\*$/, '');
  const [open, ends] = [glob.startsWith('*'), glob.endsWith('*')];
  if (open && ends) return value.includes(text);
  if (open) return value.endsWith(text);
  return ends ? value.startsWith(text) : value === text;
}
