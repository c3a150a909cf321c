/** `npm run lint`: Biome over everything; fails too when Biome did not look at every file that is there. */
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';

const files = '{bench,bin,lambdas,lib,test,tools}/**/*.ts';

const colors = process.stdout.isTTY ? 'force' : 'off';
const args = ['check', '--error-on-warnings', `--colors=${colors}`, '.'];
const { status, stdout, stderr, error } = spawnSync('biome', args, {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'pipe'],
});
if (error) throw error;
process.stdout.write(stdout + stderr);

const checked = Number(/Checked (\d+) file/.exec(stdout + stderr)?.[1] ?? 0);
const present = globSync(files).length;
const blind = present === 0 || checked < present;
if (blind) console.log(`${present} files are there, ${checked} were read.`);
process.exitCode = status === 0 && !blind ? 0 : 1;
