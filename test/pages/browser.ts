/** A real browser for the tests of pages: it comes with npm, and reaches nothing beyond this machine. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { repository } from '../support/fixture-tree.ts';

export interface Browsers {
  /** One, or none. */
  readonly browsers: readonly Browser[];
  /** Why there is none, and what to do about it. */
  readonly absence: string;
}

/**
 * Not with the arguments that this browser is published with: they turn off what keeps one site from another. Its
 * sandbox around whole processes asks for rights that root and containers lack.
 */
const args = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];

export async function openBrowsers(): Promise<Browsers> {
  const { platform, arch } = process;
  if (platform !== 'linux' || arch !== 'x64') {
    return {
      browsers: [],
      absence: `No page is tried: npm brings a browser for Linux on x64, not for ${platform} ${arch}`,
    };
  }
  try {
    const browser = await chromium.launch({ executablePath: await unpacked(), args });
    return { browsers: [browser], absence: '' };
  } catch (error) {
    const [, library] = /error while loading shared libraries: ([^\s:]+)/.exec(String(error)) ?? [];
    if (library === undefined) throw error;
    const absence = `No page is tried: the browser lacks ${library}; on Debian, \`apt-get install libnss3\` brings it`;
    return { browsers: [], absence };
  }
}

const program = fileURLToPath(new URL('unpack-browser.ts', import.meta.url));
const cache = join(repository, 'node_modules/.cache/millpond');

/** Into a folder of its own that appears whole: what lies under a known name in /tmp may be anybody's. */
async function unpacked(): Promise<string> {
  const folder = join(cache, `chromium-${await browserVersion()}`);
  if (!existsSync(folder)) await unpackInto(folder);
  return join(folder, 'chromium');
}

async function browserVersion(): Promise<string> {
  const manifest = join(repository, 'node_modules/@sparticuz/chromium/package.json');
  return String(JSON.parse(await readFile(manifest, 'utf8')).version);
}

async function unpackInto(folder: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(`${folder}-`);
  const { PATH } = process.env;
  await promisify(execFile)(process.execPath, [program], { env: { PATH, TMPDIR: draft } });
  // Another worker may have been faster.
  await rename(draft, folder).catch(() => rm(draft, { recursive: true }));
}
