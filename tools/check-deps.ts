/** `npm run deps`: refuses imports that the table of layers forbids, and itself when it looked at nothing. */
import { fileURLToPath } from 'node:url';
import { type Findings, findViolations } from './cruise.ts';
import { rows, rules } from './layers.ts';

/** Rows that wait for their first file. A row that has one must be taken off this list. */
const waiting: ReadonlySet<string> = new Set(['handlers-compose-one-room', 'infrastructure-reads-data']);

function blindSpots({ sources, unseen, dependencies }: Findings): readonly string[] {
  const idle = rows.filter((row) => !sources.some((source) => new RegExp(row.from).test(source)));
  const awake = rows.filter((row) => waiting.has(row.name) && !idle.includes(row));
  return [
    ...(sources.length === 0 || dependencies === 0 ? ['No module was read.'] : []),
    ...unseen.map((file) => `${file} was not read.`),
    ...idle.filter(({ name }) => !waiting.has(name)).map(({ name }) => `No file matches the row ${name}.`),
    ...awake.map(({ name }) => `The row ${name} has files now: take it off the list of waiting rows.`),
  ];
}

const reasons = new Map(rules.map((rule) => [rule.name, rule.comment ?? '']));
const findings = await findViolations(fileURLToPath(new URL('..', import.meta.url)));
const blind = blindSpots(findings);
for (const { rule, from, to } of findings.violations) console.log(`${from} -> ${to}\n  ${rule}: ${reasons.get(rule)}`);
for (const line of blind) console.log(line);
const { sources, dependencies, violations } = findings;
console.log(
  `${sources.length} modules, ${dependencies} imports, ${rules.length} rules, ${violations.length} violations`,
);
process.exitCode = violations.length + blind.length === 0 ? 0 : 1;
