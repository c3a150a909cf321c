/** What a look at the imports did not see: a check that looked at nothing must fail. */
import type { Findings } from './cruise.ts';
import { rows } from './layers.ts';

/** Rows that wait for their first file. A row that has one must be taken off this list. */
const waiting: ReadonlySet<string> = new Set([]);

type Seen = Pick<Findings, 'sources' | 'unseen' | 'dependencies'>;

/** One sentence for each; none when everything was read and every row has files. */
export function blindSpots({ sources, unseen, dependencies }: Seen): readonly string[] {
  const idle = rows.filter((row) => !sources.some((source) => new RegExp(row.from).test(source)));
  const awake = rows.filter((row) => waiting.has(row.name) && !idle.includes(row));
  return [
    ...(sources.length === 0 || dependencies === 0 ? ['No module was read.'] : []),
    ...unseen.map((file) => `${file} was not read.`),
    ...idle.filter(({ name }) => !waiting.has(name)).map(({ name }) => `No file matches the row ${name}.`),
    ...awake.map(({ name }) => `The row ${name} has files now: take it off the list of waiting rows.`),
  ];
}
