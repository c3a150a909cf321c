/** Answers of somebody who would like to steer the terminal, or the files, of whoever reads them. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { jsonOf } from '../../lambdas/adapters/cli/lists.ts';
import { cliPlace } from './cli-place.ts';
import { ada, adaVariables, json } from './iam-listener.ts';

const { aPerson, iamListener } = cliPlace();

/** ESC, CSI and OSC as one character each, DEL, an override of direction, line ends, a tag beyond the first plane. */
const steering = ['\u001b', '\u009b', '\u009d', '\u007f', '\u202e', '\u2028', '\u{e0041}', '\r', '\n', '\u0085'];
const hostile = `a${steering.join('2J')}z`;
const isPlain = (text: string): boolean => !/[\p{Cf}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u.test(text);

const leaked = [ada.secret, 'wJalr'];

async function run(answer: object, ...args: readonly string[]) {
  const { endpoint, recorded } = await iamListener(answer);
  const person = await aPerson({ ...adaVariables, AWS_REGION: 'eu-west-1', MILLPOND_ENDPOINT: endpoint });
  return { ...(await person.run(args)), home: person.home, recorded };
}

describe('JSON', () => {
  test('has the characters that steer a terminal spelt out, and is the same JSON', () => {
    const answer = { Messages: [{ [hostile]: hostile, Text: 'ünïcode 🎏 "quoted" \\' }], Empty: {} };
    const text = jsonOf(answer);
    expect(isPlain(text)).toBe(true);
    expect(JSON.parse(text)).toEqual(answer);
    expect(text).toContain('ünïcode 🎏');
  });
});

describe.concurrent('An answer', () => {
  test('is printed as JSON without what steers a terminal, and without a character less', async () => {
    const answer = { Messages: [{ Username: hostile, Text: hostile }] };
    const { printed, status } = await run(answer, 'messages', '--json');
    expect([status, isPlain(printed), JSON.parse(printed)]).toEqual([0, true, answer]);
  });

  test('of credentials is printed likewise', async () => {
    const answer = { AccessKeyId: 'ASIA', SecretAccessKey: hostile, SessionToken: 't', Expiration: 'e' };
    const { printed } = await run(answer, 'credentials');
    expect([isPlain(printed), JSON.parse(printed)]).toEqual([true, { Version: 1, ...answer }]);
  });

  test.each([
    ['\u001b[2J', 's'],
    ['AKIA\u009b2J', 's'],
    ['AKIA', 's\u202e'],
    ['AKIA]', 's\u0000'],
  ])('with the key %j %j is not written to the file', async (AccessKeyId, SecretAccessKey) => {
    const answer = { AccessKey: { AccessKeyId, SecretAccessKey } };
    const { printed, complaints, status, home } = await run(answer, 'key', 'create', 'ada', '--write-profile', 'x');
    expect([status, printed, isPlain(complaints)]).toEqual([1, '', true]);
    expect(await readFile(join(home, '.aws', 'credentials'), 'utf8')).toBe('');
  });

  test.each([
    { __type: hostile, message: hostile },
    { __type: 'x'.repeat(100_000), message: 'y'.repeat(100_000) },
    { Message: hostile },
    { message: { toString: 1 } },
    [],
  ])('that refuses is one sentence (%#)', async (body) => {
    const { endpoint } = await iamListener((_, response) => json(response, 400, body));
    const person = await aPerson({ ...adaVariables, AWS_REGION: 'eu-west-1', MILLPOND_ENDPOINT: endpoint });
    const { complaints, printed } = await person.run(['policy', 'list']);
    const [warning = '', ...others] = complaints.trimEnd().split('\n');
    expect([printed, others, isPlain(warning), warning.length < 3000]).toEqual(['', [], true, true]);
    for (const secret of leaked) expect(complaints).not.toContain(secret);
  });
});

describe.concurrent('An argument', () => {
  test.each(['x]\n[default', 'x\nrole_arn = y', '../x', ' ', '[x]', 'a'.repeat(65)])(
    'ends no heading of the file of profiles: %j',
    async (name) => {
      const answer = { AccessKey: { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE', SecretAccessKey: 'secret' } };
      const { status, recorded, home } = await run(answer, 'key', 'create', 'ada', '--write-profile', name);
      if (name !== '../x') expect([status, recorded]).toEqual([2, []]);
      // A name may hold slashes: it names no file.
      else expect(await readdir(home)).toEqual(['.aws']);
    },
  );

  test('reaches the service as it is, and names no other path of it', async () => {
    const name = '../../x?y#z%2f';
    const { recorded } = await run({}, 'policy', 'delete', name);
    expect(recorded.map(({ path, body }) => [path, body])).toEqual([['/_iam/DeletePolicy', { Name: name }]]);
  });
});

test('A file of keys is for its owner alone from its first byte', async () => {
  const answer = { AccessKey: { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE', SecretAccessKey: 'secret' } };
  const { home, complaints, printed } = await run(answer, 'key', 'create', 'ada', '--write-profile', 'x');
  const path = join(home, '.aws', 'credentials');
  expect([(await stat(path)).mode & 0o777, (await stat(join(home, '.aws'))).mode & 0o777]).toEqual([0o600, 0o700]);
  expect(await readFile(path, 'utf8')).toContain('[x]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n');
  expect(`${printed}${complaints}`).not.toContain('secret =');
});
