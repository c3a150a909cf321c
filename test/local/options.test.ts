/** The options of a start: what is accepted, what is refused and in which words. */
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CannotStart } from '../../lambdas/adapters/local/cannot-start.ts';
import { helpText } from '../../lambdas/adapters/local/help.ts';
import { optionTable, readOptions } from '../../lambdas/adapters/local/options.ts';
import { fromSaid, settle } from '../../lambdas/adapters/local/start-settings.ts';

const settled = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
  settle(fromSaid(readOptions(args, environment)));

function refusal(args: readonly string[], environment: Readonly<Record<string, string>> = {}): CannotStart {
  try {
    settled(args, environment);
  } catch (error) {
    if (error instanceof CannotStart) return error;
    throw error;
  }
  throw new Error('The options were accepted.');
}

describe('the options of a start', () => {
  test('without any, the service listens on loopback port 9229 and keeps its data in .millpond', () => {
    expect(settled([])).toMatchObject({
      port: 9229,
      addresses: ['127.0.0.1', '::1'],
      hostname: 'localhost',
      data: resolve('.millpond'),
      httpsPort: undefined,
      issuer: undefined,
      region: 'us-east-1',
      account: '000000000000',
      seed: [],
      limits: {},
      outboxPublic: false,
    });
  });

  test('a flag wins over its environment variable', () => {
    expect(settled([], { MILLPOND_PORT: '8000' }).port).toBe(8000);
    expect(settled(['--port', '0'], { MILLPOND_PORT: '8000' }).port).toBe(0);
    expect(settled(['--no-https'], { MILLPOND_HTTPS: '1' }).httpsPort).toBeUndefined();
  });

  test('an empty environment variable is one that was not set', () => {
    expect(settled([], { MILLPOND_PORT: '', MILLPOND_HTTPS: '' })).toMatchObject({ port: 9229, httpsPort: undefined });
  });

  test('seed files are repeated flags or a list with commas', () => {
    expect(settled(['--seed', 'a.yaml', '--seed=b.json']).seed).toEqual(['a.yaml', 'b.json']);
    expect(settled([], { MILLPOND_SEED: 'a.yaml, b.json' }).seed).toEqual(['a.yaml', 'b.json']);
  });

  test('a file of limits is a flag or a variable', () => {
    expect(settled(['--limits', 'limits.json']).limits).toBe('limits.json');
    expect(settled([], { MILLPOND_LIMITS: 'limits.yaml' }).limits).toBe('limits.yaml');
  });

  test('a trigger map is a flag or one of two variables, with the patience for its functions', () => {
    expect(settled([])).toMatchObject({ triggers: undefined, triggerTimeout: 5000, triggerAttempts: 3 });
    expect(settled(['--triggers', 'map.json', '--trigger-timeout', '200', '--trigger-attempts', '1'])).toMatchObject({
      triggers: 'map.json',
      triggerTimeout: 200,
      triggerAttempts: 1,
    });
    const environment = { TRIGGERS_FILE: 'map.yaml', TRIGGER_TIMEOUT_MS: '300', TRIGGER_MAX_ATTEMPTS: '2' };
    expect(settled([], environment)).toMatchObject({ triggers: 'map.yaml', triggerTimeout: 300, triggerAttempts: 2 });
  });

  test('the https port is the next one, a free one beside a free one, or the one that was given', () => {
    expect(settled(['--https']).httpsPort).toBe(9230);
    expect(settled(['--https', '--port', '0']).httpsPort).toBe(0);
    expect(settled(['--https-port', '8443']).httpsPort).toBe(8443);
  });

  test('an IPv6 address is listened on bare and named in brackets', () => {
    expect(settled(['--host', '[::1]'])).toMatchObject({ addresses: ['::1'], hostname: '[::1]' });
  });

  test('an issuer loses its trailing slash', () => {
    expect(settled(['--issuer', 'https://id.example.com/']).issuer).toBe('https://id.example.com');
  });

  const wrong: readonly (readonly [string, readonly string[], string])[] = [
    ['a flag that does not exist', ['--prot', '1'], "Unknown option '--prot'. --help lists the options."],
    ['a word without a flag', ['8000'], "Unexpected argument '8000'. --help lists the options."],
    ['a port that is no number', ['--port', 'http'], '--port must be a number from 0 to 65535.'],
    ['a port out of range', ['--port', '65536'], '--port must be a number from 0 to 65535.'],
    ['a flag without its value', ['--port'], "Option '--port <value>' argument missing. --help lists the options."],
    [
      'a flag in place of a value',
      ['--port', '--https'],
      "Option '--port' argument is ambiguous. --help lists the options.",
    ],
    ['an empty value', ['--data', ''], '--data needs a value.'],
    [
      'a folder for what is not kept',
      ['--memory', '--data', 'x'],
      '--memory keeps nothing, so it cannot be combined with --data.',
    ],
    [
      'a forgotten key for a table that stays',
      ['--memory', '--dynamodb', 'http://localhost:8000'],
      '--memory forgets the master key, so it cannot be combined with --dynamodb.',
    ],
    ['one port for both', ['--port', '8000', '--https-port', '8000'], '--https-port must differ from --port.'],
    [
      'no port after the last',
      ['--port', '65535', '--https'],
      '--https needs a second port: give one with --https-port.',
    ],
    ['an issuer that is no URL', ['--issuer', 'id'], '--issuer must be a URL that starts with http:// or https://.'],
    ['an issuer with a query', ['--issuer', 'http://id?a'], '--issuer must be a URL without a query.'],
    ['a region that is none', ['--region', 'Europe'], '--region must be a name like us-east-1.'],
    ['no time at all', ['--trigger-timeout', '0'], '--trigger-timeout must be a number from 1 to 25000.'],
    ['a word for a number', ['--trigger-attempts', 'all'], '--trigger-attempts must be a number from 1 to 10.'],
    ['an account that is none', ['--account', '12'], '--account must be twelve digits.'],
    ['another scheme for mail', ['--smtp', 'http://x'], '--smtp must be a URL that starts with smtp:// or smtps://.'],
    ['a way to check signatures that is none', ['--signatures', 'some'], '--signatures must be open or strict.'],
    [
      'a sender with a line break',
      ['--mail-from', 'a@b\nBcc: c@d'],
      '--mail-from must be an address like no-reply@example.com or Name <no-reply@example.com>.',
    ],
  ];

  test.each(wrong)('%s is refused with exit code 2', (_, args, sentence) => {
    expect(refusal(args)).toMatchObject({ message: sentence, exitCode: 2 });
  });

  test('a switch in the environment must be 1 or 0', () => {
    expect(refusal([], { MILLPOND_MEMORY: 'maybe' })).toMatchObject({
      message: 'MILLPOND_MEMORY must be 1 or 0.',
      exitCode: 2,
    });
  });

  test('a refusal does not repeat a password that a URL carries', () => {
    expect(refusal(['--smtp', 'imap://me:secret@host']).message).not.toContain('secret');
  });

  test.each(['0.0.0.0', '::', '192.0.2.1', 'example.com'])('open signatures do not listen on %s', (host) => {
    expect(refusal(['--host', host])).toMatchObject({
      message: expect.stringContaining('loopback addresses only'),
      exitCode: 2,
    });
  });

  test('the help names every option and its variable', async () => {
    const help = await helpText('1.2.3');
    for (const [name, { environment }] of Object.entries(optionTable)) {
      expect(help).toContain(`--${name}`);
      for (const variable of environment.slice(0, 1)) expect(help).toContain(variable);
    }
    expect(help).toContain('1.2.3');
  });
});
