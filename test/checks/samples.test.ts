/** Proves that the code of the README works as it stands there. */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { startMillpond } from '../../bin/start-millpond.ts';
import { settle } from '../../lambdas/adapters/local/start-settings.ts';
import { repository } from '../support/fixture-tree.ts';
import { readPage, requireSample } from '../support/pages.ts';

const readme = readPage('README.md');

interface Run {
  readonly status: number | null;
  readonly printed: string;
  readonly complaints: string;
}

/** Runs code as a module that lies in the root of the repository, in a process of its own. */
async function run(code: string): Promise<Run> {
  const child = spawn(process.execPath, ['--input-type=module'], { cwd: repository, stdio: 'pipe' });
  child.stdin.end(code);
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [printed, complaints, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { status, printed: printed.trim(), complaints };
}

describe('the README', () => {
  test('signs somebody in with an unmodified SDK', async () => {
    const service = await startMillpond({ memory: true, port: 0, quiet: true });
    try {
      const sample = requireSample(readme, 'served');
      const { status, printed, complaints } = await run(sample.replace('http://localhost:9229', service.endpoint));
      expect(complaints).toBe('');
      expect(status).toBe(0);
      const [, payload = ''] = printed.split('.');
      expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
        token_use: 'id',
        'cognito:username': 'ada',
      });
    } finally {
      await service.close();
    }
  });

  test('starts the service inside a test', async () => {
    const { status, printed, complaints } = await run(requireSample(readme, 'test'));
    expect(complaints).toBe('');
    expect(printed).toMatch(/http:\/\/localhost:\d+$/m);
    expect(status).toBe(0);
  });

  test('names the port that the service listens on', () => {
    expect(requireSample(readme, 'served')).toContain(`http://localhost:${settle({}).port}'`);
  });
});
