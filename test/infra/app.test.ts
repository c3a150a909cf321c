/** The CDK app as people start it: `npx cdk synth`, bundling included, where there is no network at all. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { childEnvironment } from '../support/child-environment.ts';

const folder = mkdtempSync(join(tmpdir(), 'millpond-synth-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A namespace without a network where the machine lets us make one; otherwise whoever asks for the network finds none. */
const cutOff = spawnSync('unshare', ['-rn', 'true']).status === 0;
const nowhere = 'http://127.0.0.1:9';

const environment = {
  ...childEnvironment,
  PATH: `${join(process.cwd(), 'node_modules/.bin')}:${childEnvironment.PATH}`,
  HOME: folder,
  AWS_EC2_METADATA_DISABLED: 'true',
  ...(!cutOff && { HTTP_PROXY: nowhere, HTTPS_PROXY: nowhere, http_proxy: nowhere, https_proxy: nowhere }),
};

interface Ended {
  readonly code: number | null;
  readonly said: string;
}

function synth(...context: readonly string[]): Promise<Ended> {
  const cdk = ['cdk', 'synth', '--quiet', '--output', join(folder, 'out'), ...context.flatMap((one) => ['-c', one])];
  const [command = '', ...args] = [...(cutOff ? ['unshare', '-rn'] : []), ...cdk];
  const child = spawn(command, args, { env: environment });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part) => {
      said += part;
    });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, said }));
  });
}

describe('npx cdk synth', () => {
  test('makes templates and bundles without network and without Docker', { timeout: 120_000 }, async () => {
    const { code, said } = await synth('routing=direct');
    expect(said).toContain('Successfully synthesized');
    expect(code).toBe(0);
    const out = join(folder, 'out');
    const assets = readdirSync(out).filter((name) => name.startsWith('asset.'));
    expect(assets).toHaveLength(5);
    for (const asset of assets) {
      expect(readdirSync(join(out, asset))).toEqual(expect.arrayContaining(['index.mjs', 'index.mjs.map']));
      const bundle = readFileSync(join(out, asset, 'index.mjs'), 'utf8');
      expect(bundle).toMatch(/^\/\/# sourceMappingURL=index\.mjs\.map$/m);
      expect(bundle).toMatch(/^import\s*\{\s*createRequire as /);
    }
    expect(existsSync(join(out, 'Millpond-Service.template.json'))).toBe(true);
  });

  test('says in one sentence what is wrong with a setting', { timeout: 60_000 }, async () => {
    const { code, said } = await synth('profile=prod');
    expect(code).not.toBe(0);
    expect(said).toContain('profile must be one of sandbox, staging, production; it is "prod".');
    expect(said).not.toMatch(/^\s+at /m);
  });
});
