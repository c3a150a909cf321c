/** `npm run deps`: refuses imports that the table of layers forbids, and itself when it looked at nothing. */
import { fileURLToPath } from 'node:url';
import { blindSpots } from './blind-spots.ts';
import { findViolations } from './cruise.ts';
import { rules } from './layers.ts';

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
