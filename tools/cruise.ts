/** Reads every import of the repository and holds it against the table of layers. */
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type ICruiseResult, type IViolation } from 'dependency-cruiser';
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { missing, rules } from './layers.ts';

export const folders = ['bench', 'bin', 'lambdas', 'lib', 'test', 'tools'] as const;

export interface Findings {
  readonly violations: readonly Violation[];
  /** Files of ours that were read. */
  readonly sources: readonly string[];
  /** Files of ours that were not: whatever they import went unseen. */
  readonly unseen: readonly string[];
  readonly dependencies: number;
}

export interface Violation {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

export async function findViolations(root: string): Promise<Findings> {
  const present = folders.filter((folder) => existsSync(join(root, folder)));
  const { output } = await cruise(
    [...present],
    {
      baseDir: root,
      validate: true,
      ruleSet: { forbidden: [...rules] },
      // Type-only imports count: a type from the wrong side is knowledge of the wrong side.
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      tsConfig: { fileName: join(root, 'tsconfig.json') },
    },
    { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types', 'default'] },
    { tsConfig: extractTsConfig(join(root, 'tsconfig.json')) },
  );
  if (typeof output === 'string') throw new Error(output);
  return describe(
    output,
    globSync(
      present.map((folder) => `${folder}/**/*.ts`),
      { cwd: root },
    ),
  );
}

function describe({ modules, summary }: ICruiseResult, files: readonly string[]): Findings {
  const ours = new Set(modules.map(({ source }) => source));
  const found = summary.violations.map(({ rule, from, to }: IViolation) => ({ rule: rule.name, from, to }));
  return {
    violations: found.filter(isWorthTelling),
    sources: files.filter((file) => ours.has(file)),
    unseen: files.filter((file) => !ours.has(file)),
    dependencies: modules.reduce((sum, module) => sum + module.dependencies.length, 0),
  };
}

/** What leads nowhere breaks the other rules too, and says nothing by it. */
function isWorthTelling({ rule, from, to }: Violation, _index: number, all: readonly Violation[]): boolean {
  if (rule === missing) return true;
  return !all.some((other) => other.rule === missing && other.from === from && other.to === to);
}
