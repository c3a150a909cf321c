/** Synthesises the CDK app into a folder of its own, as `cdk synth` does: by running it with a context and a place for output. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

export type Context = Readonly<Record<string, string>>;

export interface Synthesised {
  readonly folder: string;
  remove(): Promise<void>;
}

const root = fileURLToPath(new URL('../../..', import.meta.url));

export async function synthesise(context: Context): Promise<Synthesised> {
  const folder = await mkdtemp(join(tmpdir(), 'millpond-cdk-'));
  const settings = JSON.parse(await readFile(join(root, 'cdk.json'), 'utf8'));
  const app = spawn(process.execPath, ['bin/cdk.ts'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...environment(),
      CDK_OUTDIR: folder,
      CDK_CONTEXT_JSON: JSON.stringify({ ...settings.context, ...context }),
    },
  });
  const [said, [code]] = await Promise.all([text(app.stderr), once(app, 'exit')]);
  if (code !== 0) throw new Error(`The app cannot be synthesised:\n${said.slice(-2000)}`);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Nothing of an account. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(AWS|CDK|NODE_OPTIONS|VITEST)/.test(name));
  // esbuild is found in the packages of this folder.
  return { ...Object.fromEntries(kept), PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH']}` };
}
