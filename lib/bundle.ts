/** The code of a function: one file that its start loads, and others for libraries that only some requests need. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Stack } from 'aws-cdk-lib';
import { type AssetCode, Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { buildSync } from 'esbuild';
import { entryOf, type FunctionName } from './functions.ts';

/** Where the CDK was told to bundle nothing, as it is to list stacks, the sources stand in for the bundle. */
export const codeOf = (scope: Construct, name: FunctionName): AssetCode =>
  Code.fromAsset(Stack.of(scope).bundlingRequired ? bundled(name) : dirname(entryOf(name)));

/** Where the bundles of this process are. */
const bundles = new Map<FunctionName, string>();

function bundled(name: FunctionName): string {
  const known = bundles.get(name);
  if (known !== undefined) return known;
  const folder = join(temporaryFolder(), name);
  bundle(name, folder);
  bundles.set(name, folder);
  return folder;
}

let temporary: string | undefined;

/** One for all bundles of this process. The CDK copies what is in them while the app is made. */
function temporaryFolder(): string {
  if (temporary !== undefined) return temporary;
  const folder = mkdtempSync(join(tmpdir(), 'millpond-bundles-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  temporary = folder;
  return folder;
}

const projectRoot = fileURLToPath(new URL('..', import.meta.url));

function bundle(name: FunctionName, outdir: string): void {
  buildSync({
    entryPoints: { index: entryOf(name) },
    outdir,
    bundle: true,
    // What is imported by `import()` stays in files of its own, which nobody loads before that.
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    outExtension: { '.js': '.mjs' },
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    // For whoever reads a trace, and for a runtime that is told to read them.
    sourcemap: 'linked',
    sourcesContent: false,
    // Packages in CommonJS ask for the parts of Node.js at run time.
    banner: {
      js: [
        `import { createRequire as createRequireOfBundle } from 'node:module';`,
        `const require = createRequireOfBundle(import.meta.url);`,
      ].join(''),
    },
    alias: { '@aws-sdk/credential-provider-node': join(projectRoot, 'lambdas/adapters/lambda-credentials.ts') },
    absWorkingDir: projectRoot,
    logLevel: 'warning',
  });
}
