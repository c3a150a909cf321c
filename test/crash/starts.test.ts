/** Starts that cannot succeed: each ends with one sentence and code 1, and harms nothing that is stored. */
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Millpond, startMillpond } from '../../bin/start-millpond.ts';
import { apiCaller } from '../../lambdas/adapters/local/api-caller.ts';
import { CannotStart } from '../../lambdas/adapters/local/cannot-start.ts';
import { aDataFolder, runToEnd } from '../support/served-process.ts';

/** Far longer than any of it takes, on any machine. */
const patient = { timeout: 60_000 };

async function started(data: string): Promise<Millpond> {
  const service = await startMillpond({ data, quiet: true });
  onTestFinished(() => service.close());
  return service;
}

interface Sealed {
  readonly data: string;
  readonly key: string;
  readonly poolId: string;
  readonly clientId: string;
  readonly secret: string;
}

/** A folder in which a secret lies sealed, and that no service uses. */
async function aSealedFolder(): Promise<Sealed> {
  const data = await aDataFolder();
  const service = await started(data);
  const api = apiCaller(service.endpoint, 'us-east-1');
  // As the shapes of the answers say.
  const { UserPool } = (await api('CreateUserPool', { PoolName: 'a pool' })) as { UserPool: { Id: string } };
  const asked = { UserPoolId: UserPool.Id, ClientName: 'a client', GenerateSecret: true };
  const { UserPoolClient } = (await api('CreateUserPoolClient', asked)) as {
    UserPoolClient: { ClientId: string; ClientSecret: string };
  };
  await service.close();
  const { ClientId: clientId, ClientSecret: secret } = UserPoolClient;
  return { data, key: join(data, 'master.key'), poolId: UserPool.Id, clientId, secret };
}

async function secretOf({ data, poolId: UserPoolId, clientId: ClientId }: Sealed): Promise<unknown> {
  const service = await started(data);
  const api = apiCaller(service.endpoint, 'us-east-1');
  const { UserPoolClient } = await api('DescribeUserPoolClient', { UserPoolId, ClientId });
  await service.close();
  return (UserPoolClient as { readonly ClientSecret?: string }).ClientSecret;
}

async function refusalOf(data: string): Promise<string> {
  const error = await startMillpond({ data, quiet: true }).catch((error: unknown) => error);
  if (!(error instanceof CannotStart)) throw new Error('It was expected to say why it cannot start', { cause: error });
  expect(error.exitCode).toBe(1);
  return error.message;
}

describe('A start with another master key', patient, () => {
  test('is refused, and the right one opens everything again', async () => {
    const sealed = await aSealedFolder();
    const { data, key } = sealed;
    const right = await readFile(key);
    await writeFile(key, Buffer.alloc(32, 7));
    expect(await refusalOf(data)).toBe(
      `The master key ${key} is not the one that what is stored was sealed under: put that back.`,
    );
    await writeFile(key, right);
    expect(await secretOf(sealed)).toBe(sealed.secret);
  });

  test('is refused when the key is missing, and none is made', async () => {
    const sealed = await aSealedFolder();
    const { data, key } = sealed;
    const right = await readFile(key);
    await rm(key);
    expect(await refusalOf(data)).toBe(
      `The master key ${key} is missing, and what is stored was sealed under it: put it back.`,
    );
    await expect(readFile(key)).rejects.toMatchObject({ code: 'ENOENT' });
    await writeFile(key, right, { mode: 0o600 });
    expect(await secretOf(sealed)).toBe(sealed.secret);
  });

  test('is refused when others can read the key', async () => {
    const { data, key } = await aSealedFolder();
    await chmod(key, 0o644);
    expect(await refusalOf(data)).toBe(`The master key ${key} can be read by others: run chmod 600 on it.`);
  });

  test('is refused when the key is damaged', async () => {
    const { data, key } = await aSealedFolder();
    await writeFile(key, 'short');
    expect(await refusalOf(data)).toBe(`The master key ${key} is damaged: it must have 32 bytes.`);
  });
});

describe('A start on a folder', patient, () => {
  test('that another service uses is refused, and that one goes on', async () => {
    const data = await aDataFolder();
    const service = await started(data);
    expect(await runToEnd(['--port', '0', '--data', data])).toEqual({
      status: 1,
      printed: '',
      complaints: `The data folder ${data} is in use: stop the service that uses it, or choose another folder with --data.\n`,
    });
    expect((await fetch(`${service.endpoint}/health`)).status).toBe(200);
  });

  test.runIf(process.platform === 'linux')('in which nothing can be made is refused', async () => {
    expect(await refusalOf('/proc/millpond/data')).toBe(
      'The data folder /proc/millpond/data cannot be used (ENOENT); choose another with --data.',
    );
  });

  test('on a disk without any room is refused', async () => {
    const data = join(await aDataFolder(), 'new');
    expect(await runToEnd(['--port', '0', '--data', data], 'ulimit -f 0')).toEqual({
      status: 1,
      printed: '',
      complaints: `The data folder ${data} cannot be used (EFBIG); choose another with --data.\n`,
    });
  });

  test('on a disk without room for the table is refused', async () => {
    const data = await aDataFolder();
    const { status, printed, complaints } = await runToEnd(['--port', '0', '--data', data], 'ulimit -f 100');
    expect([status, printed]).toEqual([1, '']);
    expect(complaints).toMatch(/^The table engine [^\n]+\.\n$/);
  });
});
