/** Another user of the machine, who may enter the folder that the data lies in: what the files let them read. */
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startMillpond } from '../../bin/start-millpond.ts';
import { apiCaller } from '../../lambdas/adapters/local/api-caller.ts';

async function anOpenFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'millpond-open-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await chmod(folder, 0o755);
  return folder;
}

async function readable(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  const modes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).mode & 0o077));
  return names.filter((_, at) => modes[at] !== 0);
}

describe('another user of the machine', () => {
  test('reads neither table, key, messages nor locks in a folder that was there before', async () => {
    const data = await anOpenFolder();
    // As an engine makes it when it is left to itself.
    await writeFile(join(data, 'table.db'), '', { mode: 0o644 });
    const service = await startMillpond({ data, quiet: true });
    onTestFinished(() => service.close());
    const api = apiCaller(service.endpoint, 'us-east-1');
    const { UserPool } = await api('CreateUserPool', { PoolName: 'people' });
    await api('AdminCreateUser', {
      UserPoolId: (UserPool as { readonly Id: string }).Id,
      Username: 'ada',
      UserAttributes: [{ Name: 'email', Value: 'ada@example.com' }],
    });
    const names = await readdir(data);
    expect(names).toEqual(
      expect.arrayContaining(['engine.pid', 'master.key', 'outbox.jsonl', 'table.db', 'table.lock']),
    );
    expect(await readable(data)).toEqual(['.gitignore']);
  });
});
