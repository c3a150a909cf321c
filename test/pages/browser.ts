/** A real browser for the tests of pages: it comes with npm, and reaches nothing beyond this machine. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, chromium, errors } from 'playwright-core';
import { repository } from '../support/fixture-tree.ts';

const run = promisify(execFile);

/**
 * Not with the arguments that this browser is published with: they turn off what keeps one site from another. Its own
 * sandbox needs rights that root and containers lack.
 */
const args = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];

export interface BrowserAttempt {
  readonly browser?: Browser;
  /** What to do about it, when there is none. */
  readonly absence?: string;
}

export async function openBrowser(): Promise<BrowserAttempt> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return { absence: `No browser for ${process.platform} on ${process.arch} comes with npm: its tests run on Linux on x64` };
  }
  const executablePath = await unpacked();
  try {
    return { browser: await chromium.launch({ executablePath, args }) };
  } catch (error) {
    const absence = missingLibrary(error);
    if (absence === undefined) throw error;
    return { absence };
  }
}

function missingLibrary(error: unknown): string | undefined {
  const [, library] = /error while loading shared libraries: ([^\s:]+)/.exec(String(error)) ?? [];
  if (library === undefined) return undefined;
  return `The browser lacks ${library}: on Debian, \`apt-get install libnss3\` brings what it is linked with`;
}
