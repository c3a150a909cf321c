/** `millpond policy`, `principal`, `key` and `messages` against a listener: what is asked for, and what is printed. */
import { chmod, mkdir, readFile, rm, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cliPlace } from './cli-place.ts';
import { type Answer, adaVariables, json } from './iam-listener.ts';

const { aPerson, iamListener } = cliPlace();

const document = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'cognito-idp:List*', Resource: '*' }],
};
const files = {
  'readers.json': JSON.stringify(document),
  'half.json': '{"Version": "2012-10-17",\n',
  'list.json': '[]',
};

/** Runs each command line against one listener. */
async function asked(answer: object | Answer, ...lines: readonly (readonly string[])[]) {
  const { endpoint, recorded } = await iamListener(answer);
  const person = await aPerson({ ...adaVariables, AWS_REGION: 'eu-west-1', MILLPOND_ENDPOINT: endpoint }, files);
  const ended = [];
  for (const line of lines) ended.push(await person.run(line, { input: JSON.stringify(document) }));
  return { ended, requests: recorded.map(({ path, body }) => [path.replace('/_iam/', ''), body]), person };
}

const done = (printed: string) => ({ status: 0, printed: `${printed}\n`, complaints: '' });

describe.concurrent('Commands', () => {
  test('that change something say so in one line', async () => {
    const { ended, requests } = await asked(
      {},
      ['policy', 'create', 'readers', '--document', 'readers.json'],
      ['policy', 'create', 'readers', '--document', '-'],
      ['policy', 'disable', 'readers'],
      ['principal', 'create', 'ada', '--policy', 'readers', '--policy', 'a,b', '--tag', 'team=shop', '--tag', 'a=b=c'],
      ['principal', 'create', 'ops', '--arn', 'arn:aws:iam::*:role/ops', '--policy', 'readers'],
      ['principal', 'update', 'ada', '--policy', 'readers'],
      ['principal', 'enable', 'ada'],
      ['key', 'disable', 'AKIAIOSFODNN7EXAMPLE'],
      ['key', 'delete', 'AKIAIOSFODNN7EXAMPLE'],
    );
    expect(requests).toEqual([
      ['CreatePolicy', { Name: 'readers', Document: document }],
      ['CreatePolicy', { Name: 'readers', Document: document }],
      ['DisablePolicy', { Name: 'readers' }],
      ['CreatePrincipal', { Name: 'ada', Policies: ['readers', 'a,b'], Tags: { team: 'shop', a: 'b=c' } }],
      ['CreatePrincipal', { Name: 'ops', Policies: ['readers'], Arn: 'arn:aws:iam::*:role/ops' }],
      ['UpdatePrincipal', { Name: 'ada', Policies: ['readers'] }],
      ['EnablePrincipal', { Name: 'ada' }],
      ['DisableAccessKey', { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' }],
      ['DeleteAccessKey', { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' }],
    ]);
    expect(ended).toEqual([
      done('Created policy readers.'),
      done('Created policy readers.'),
      done('Disabled policy readers.'),
      done('Created principal ada.'),
      done('Created principal ops.'),
      done('Updated principal ada.'),
      done('Enabled principal ada.'),
      done('Disabled key AKIAIOSFODNN7EXAMPLE.'),
      done('Deleted key AKIAIOSFODNN7EXAMPLE.'),
    ]);
  });

  test('that list print a table, or the answer as JSON', async () => {
    const Principals = [
      { Name: 'account', Policies: ['MillpondFullAccess'], Tags: {}, Status: 'Active', Managed: true },
      { Name: 'file', Policies: [], InlinePolicies: [{}], Tags: {}, Status: 'Active' },
      {
        Name: 'ops',
        Arn: 'arn:aws:iam::*:role/ops',
        Policies: ['readers', 'writers'],
        Tags: { team: 'shop', env: 'test' },
        Status: 'Disabled',
        CreateDate: '2026-09-01T00:00:00Z',
      },
    ];
    const { ended } = await asked({ Principals }, ['principal', 'list'], ['principal', 'list', '--json']);
    expect(ended).toEqual([
      done(`\
NAME     STATUS    CREATED               POLICIES            TAGS                 ARN
account  Active    -                     MillpondFullAccess  -                    -
file     Active    -                     (inline)            -                    -
ops      Disabled  2026-09-01T00:00:00Z  readers, writers    team=shop, env=test  arn:aws:iam::*:role/ops`),
      done(JSON.stringify({ Principals }, undefined, 2)),
    ]);
  });

  test('that list can list nothing', async () => {
    expect((await asked({ Policies: [] }, ['policy', 'list'])).ended).toEqual([done('NAME  STATUS  CREATED  MANAGED')]);
  });

  test('that list keys name a principal where they are told one', async () => {
    const AccessKeys = [
      { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE', Principal: 'ada', Status: 'Active', LastUsedDate: '2026-09-01' },
    ];
    const { ended, requests } = await asked({ AccessKeys }, ['key', 'list'], ['key', 'list', '--principal', 'ada']);
    expect(requests).toEqual([
      ['ListAccessKeys', {}],
      ['ListAccessKeys', { Principal: 'ada' }],
    ]);
    expect(ended[0]?.printed).toMatch(
      /^ID +PRINCIPAL +STATUS +CREATED +LAST USED\nAKIAIOSFODNN7EXAMPLE +ada +Active +- +2026-09-01\n$/,
    );
  });

  test('that list messages show codes, and nothing that steers a terminal', async () => {
    const message = {
      Date: '2026-09-01T00:00:00Z',
      PoolId: 'eu-west-1_1',
      Username: 'a\u001b[2Jd\na',
      Channel: 'SMS',
      To: '+15550100',
      Code: '123456',
      Text: 'x',
    };
    const { ended, requests } = await asked({ Messages: [message] }, [
      'messages',
      '--pool',
      'eu-west-1_1',
      '--username',
      'ada',
    ]);
    expect(requests).toEqual([['ListMessages', { PoolId: 'eu-west-1_1', Username: 'ada' }]]);
    expect(ended[0]?.printed).toMatch(/\n\S+ +eu-west-1_1 +a\[2Jd a +SMS +\+15550100 +123456 +-\n$/);
  });

  test.each([
    [['policy', 'create', 'x', '--document', 'half.json'], /^half\.json is not JSON(: see line \d+ column \d+)?\.\n$/],
    [['policy', 'create', 'x', '--document', 'list.json'], /^list\.json must hold one policy: a JSON object/],
    [['policy', 'create', 'x', '--document', 'none.json'], /^The policy none\.json cannot be read \(ENOENT\)\.\n$/],
    [['policy', 'create', 'x'], /^--document is missing\.\n$/],
    [['policy', 'create', '--document', 'readers.json'], /^millpond policy create needs NAME: /],
    [['policy'], /^millpond policy needs a command: millpond policy --help lists them\.\n$/],
    [['policy', 'make', 'x'], /^There is no command policy make: /],
    [['polices', 'list'], /^There is no command polices: millpond --help lists them\.\n$/],
    [['--json', 'policy', 'list'], /^A command comes first: /],
    [[], /^A command comes first: /],
    [
      ['principal', 'create', 'ada', '--policy', 'x', '--tag', 'team'],
      /^--tag must be a name and a value: team=shop\.\n$/,
    ],
    [['principal', 'create', 'ada', '--policy', 'x', '--tag', 'a=1', '--tag', 'a=2'], /^--tag a is there twice\.\n$/],
    [['principal', 'update', 'ada'], /^Say what is to change, with --policy or --tag\.\n$/],
    [['policy', 'list', '--timeout', '0'], /^--timeout must be a number of seconds, from 1 to 9999\.\n$/],
    [['key', 'create', 'ada', '--write-profile', 'a]b'], /^--write-profile must be 1 to 64 letters/],
    [['key', 'create', 'ada', 'bob'], /^millpond key create does not take bob\.\n$/],
  ])('that are written wrong ask nobody: %j', async (line, says) => {
    const { ended, requests } = await asked({}, line);
    expect({ ended, requests }).toEqual({
      ended: [{ status: 2, printed: '', complaints: expect.stringMatching(says) }],
      requests: [],
    });
  });

  test('show a refusal by its name', async () => {
    const refuse: Answer = (_, response) =>
      json(response, 409, { __type: 'DeleteConflictException', message: 'Two name it.' });
    expect((await asked(refuse, ['policy', 'delete', 'x'])).ended).toEqual([
      { status: 1, printed: '', complaints: 'DeleteConflictException: Two name it.\n' },
    ]);
  });

  test('refuse an answer without what they list', async () => {
    expect((await asked({ Keys: [] }, ['key', 'list'])).ended).toEqual([
      { status: 1, printed: '', complaints: 'The answer has no AccessKeys in it. Is it the endpoint of Millpond?\n' },
    ]);
  });
});

const AccessKey = {
  AccessKeyId: 'AKIAABCDEFGHIJKLMNOP',
  SecretAccessKey: 'newsecretnewsecretnewsecretnewsecret1234',
  Principal: 'ada',
  Status: 'Active',
  CreateDate: '2026-09-01T00:00:00Z',
};
const profile = `[shop]\naws_access_key_id = ${AccessKey.AccessKeyId}\naws_secret_access_key = ${AccessKey.SecretAccessKey}\n`;
const writing = ['key', 'create', 'ada', '--write-profile', 'shop'];

describe.concurrent('millpond key create', () => {
  test('prints the key, with its secret, as JSON', async () => {
    const { ended, requests } = await asked({ AccessKey }, ['key', 'create', 'ada']);
    expect(ended).toEqual([done(JSON.stringify({ AccessKey }, undefined, 2))]);
    expect(requests).toEqual([['CreateAccessKey', { Principal: 'ada' }]]);
  });

  test('writes it as a profile instead, for the eyes of its owner', async () => {
    const { ended, person } = await asked({ AccessKey }, writing);
    const path = join(person.home, '.aws', 'credentials');
    expect(ended).toEqual([done(`Wrote key ${AccessKey.AccessKeyId} of ada to ${path} as profile shop.`)]);
    expect(await readFile(path, 'utf8')).toBe(profile);
    expect([(await stat(path)).mode & 0o777, (await stat(join(path, '..'))).mode & 0o777]).toEqual([0o600, 0o700]);
  });

  test('keeps what else is in the file, which may lie elsewhere', async () => {
    const { endpoint } = await iamListener({ AccessKey });
    const others = '[base]\naws_access_key_id = x\n';
    const person = await aPerson(
      { ...adaVariables, AWS_REGION: 'eu-west-1', MILLPOND_ENDPOINT: endpoint },
      { 'real/keys': others },
    );
    await mkdir(join(person.home, '.aws'));
    await symlink(join(person.home, 'real/keys'), join(person.home, '.aws/credentials'));
    expect(await person.run(writing)).toMatchObject({ status: 0 });
    expect(await readFile(join(person.home, 'real/keys'), 'utf8')).toBe(`${others}\n${profile}`);
    const environment = { AWS_SHARED_CREDENTIALS_FILE: join(person.home, 'mine') };
    expect(await person.run(writing, { environment })).toMatchObject({ status: 0 });
    expect(await readFile(join(person.home, 'mine'), 'utf8')).toBe(profile);
  });

  test('makes no key where a profile of that name is, or the file is not for its owner alone', async () => {
    const { endpoint, recorded } = await iamListener({ AccessKey });
    const taken = '[ shop ]\naws_access_key_id = x\n';
    const person = await aPerson(
      { ...adaVariables, AWS_REGION: 'eu-west-1', MILLPOND_ENDPOINT: endpoint },
      { taken, open: '' },
    );
    await chmod(join(person.home, 'open'), 0o644);
    const tried = async (name: string) => {
      const path = join(person.home, name);
      const { status, complaints } = await person.run(writing, { environment: { AWS_SHARED_CREDENTIALS_FILE: path } });
      return [status, complaints.replace(path, 'FILE')];
    };
    expect(await tried('taken')).toEqual([
      1,
      'There is a profile shop in FILE already: choose another name, or remove it there first.\n',
    ]);
    expect(await tried('open')).toEqual([1, 'The access keys in FILE can be read by others: run chmod 600 on it.\n']);
    expect(await tried('taken/below')).toEqual([1, 'The profiles in FILE cannot be read (ENOTDIR).\n']);
    expect(await readFile(join(person.home, 'taken'), 'utf8')).toBe(taken);
    expect(recorded).toEqual([]);
  });

  test('deletes the key again where its secret could not be written down', async () => {
    const { endpoint, recorded } = await iamListener(async ({ path }, response) => {
      // The file was there to be written a moment ago.
      if (path.endsWith('/CreateAccessKey')) {
        await rm(file);
        await mkdir(file);
      }
      json(response, 200, path.endsWith('/CreateAccessKey') ? { AccessKey } : {});
    });
    const person = await aPerson({ ...adaVariables, AWS_REGION: 'eu-west-1', MILLPOND_ENDPOINT: endpoint });
    const file = join(person.home, '.aws', 'credentials');
    expect(await person.run(writing)).toEqual({
      status: 1,
      printed: '',
      complaints: expect.stringMatching(
        /^The access keys cannot be kept in \S+ \(EISDIR\)\.\n$|^The access keys in \S+ can be read by others/,
      ),
    });
    expect(recorded.map(({ path, body }) => [path, body])).toEqual([
      ['/_iam/CreateAccessKey', { Principal: 'ada' }],
      ['/_iam/DeleteAccessKey', { AccessKeyId: AccessKey.AccessKeyId }],
    ]);
  });

  test('refuses a key that is none', async () => {
    const answer = { AccessKey: { ...AccessKey, SecretAccessKey: 'two\nlines' } };
    expect((await asked(answer, writing)).ended).toEqual([
      { status: 1, printed: '', complaints: 'The answer has no key in it. Is it the endpoint of Millpond?\n' },
    ]);
  });
});

describe.concurrent('Help', () => {
  test('is there for all commands, for some, and for each', async () => {
    const { run } = await aPerson();
    const all = await run(['--help']);
    expect(all).toMatchObject({ status: 0, complaints: '' });
    expect(all.printed).toMatch(
      /^Millpond \d+\.\d+\.\d+: .*\n\nUSAGE millpond <command> \[OPTIONS\]\n[\s\S]* key create +Make a key/,
    );
    expect((await run(['policy', '--help'])).printed).toMatch(
      /USAGE millpond policy <command> \[OPTIONS\]\n[\s\S]*\n +list +List/,
    );
    const one = await run(['principal', 'create', '-h']);
    expect(one.printed).toMatch(
      /USAGE millpond principal create \[OPTIONS\] <NAME> --policy=<name>\n[\s\S]*\[MILLPOND_ENDPOINT\]/,
    );
    expect(await run(['--version'])).toEqual(done(/\d[\d.]+/.exec(all.printed)?.[0] ?? ''));
  });
});
