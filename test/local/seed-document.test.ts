/** What a seed file may say, and what is said of one that is wrong. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { covers, coversSchema } from '../../lambdas/adapters/local/seed-compare.ts';
import { checkSeed } from '../../lambdas/adapters/local/seed-document.ts';
import { readSeeds } from '../../lambdas/adapters/local/seed-file.ts';

async function aFile(name: string, text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'millpond-seed-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const aPool = (members: object) => ({ pools: [{ name: 'shop', ...members }] });

describe('a seed document', () => {
  test('has pools with settings, clients and users', () => {
    const document = aPool({
      region: 'eu-west-1',
      settings: { MfaConfiguration: 'OFF' },
      clients: [{ name: 'web', secret: true, settings: { AccessTokenValidity: 1 } }],
      users: [{ username: 'ada', password: 'Correct-horse1', attributes: { email: 'a@b.c', email_verified: true } }],
    });
    expect(checkSeed(document, 'seed')).toEqual(document);
  });

  const wrong: readonly (readonly [string, unknown, string])[] = [
    ['nothing', null, 'seed: the file must be a mapping with pools.'],
    ['no pools', {}, 'seed: the file needs pools.'],
    ['an unknown member', { pools: [], users: [] }, 'seed: the file cannot have users, only pools.'],
    ['pools that are no list', { pools: {} }, 'seed: pools must be a list.'],
    ['a pool without a name', { pools: [{}] }, 'seed: pools[0] needs name.'],
    [
      'a misspelt member',
      aPool({ client: [] }),
      'seed: pools[0] cannot have client, only name, region, settings, clients, users.',
    ],
    ['one name twice', { pools: [{ name: 'a' }, { name: 'a' }] }, 'seed: pools has the name "a" twice.'],
    [
      'a number for a text',
      aPool({ users: [{ username: 12 }] }),
      'seed: pools[0].users[0].username must be a text; put it in quotes.',
    ],
    [
      'a telephone number without quotes',
      aPool({ users: [{ username: 'ada', attributes: { phone_number: 15550100 } }] }),
      'seed: pools[0].users[0].attributes.phone_number must be a text; put it in quotes.',
    ],
    [
      'a text for a switch',
      aPool({ clients: [{ name: 'web', secret: 'yes' }] }),
      'seed: pools[0].clients[0].secret must be true or false.',
    ],
    [
      'the name among the settings',
      aPool({ settings: { PoolName: 'x' } }),
      'seed: pools[0].settings.PoolName is what name and secret are for.',
    ],
  ];
  test.each(wrong)('with %s is refused, with the place', (_, document, sentence) => {
    expect(() => checkSeed(document, 'seed')).toThrow(expect.objectContaining({ message: sentence, exitCode: 2 }));
  });
});

describe('a seed file', () => {
  test('is YAML', async () => {
    const path = await aFile('seed.yaml', 'pools:\n  - name: shop\n    users:\n      - username: ada\n');
    expect(await readSeeds([path])).toEqual([{ source: path, seed: aPool({ users: [{ username: 'ada' }] }) }]);
  });

  test('is JSON', async () => {
    const path = await aFile('seed.json', JSON.stringify(aPool({ clients: [{ name: 'web' }] })));
    expect(await readSeeds([path])).toEqual([{ source: path, seed: aPool({ clients: [{ name: 'web' }] }) }]);
  });

  test('may be a document in place of a file', async () => {
    expect(await readSeeds([{ pools: [] }])).toEqual([{ source: 'seed', seed: { pools: [] } }]);
  });

  test('that is not there is refused', async () => {
    await expect(readSeeds(['/nowhere/seed.yaml'])).rejects.toMatchObject({
      message: 'The seed file /nowhere/seed.yaml cannot be read (ENOENT).',
      exitCode: 2,
    });
  });

  test('that is no YAML is refused, with the line', async () => {
    const path = await aFile('seed.yaml', 'pools:\n  - name: "shop\n');
    await expect(readSeeds([path])).rejects.toMatchObject({
      message: expect.stringMatching(/line \d+, column \d+\.$/),
    });
  });

  test('that names what it cannot hold is refused with the name of the file', async () => {
    const path = await aFile('seed.yaml', 'pool: []\n');
    await expect(readSeeds([path])).rejects.toMatchObject({ message: `${path}: the file needs pools.`, exitCode: 2 });
  });
});

describe('what is there', () => {
  test('covers what is declared, whatever else it has', () => {
    const there = { Policies: { PasswordPolicy: { MinimumLength: 8, RequireNumbers: true } }, Flows: ['A', 'B'] };
    expect(covers(there, { Policies: { PasswordPolicy: { MinimumLength: 8 } } })).toBe(true);
    expect(covers(there, { Policies: { PasswordPolicy: { MinimumLength: 9 } } })).toBe(false);
    expect(covers(there, { Flows: ['B', 'A'] })).toBe(true);
    expect(covers(there, { Flows: ['A'] })).toBe(false);
    expect(covers(there, { Other: 1 })).toBe(false);
  });

  test('covers a declared schema under the prefixes that custom attributes get', () => {
    const there = [
      { Name: 'email', Required: true },
      { Name: 'custom:plan', Mutable: true, AttributeDataType: 'String' },
    ];
    expect(coversSchema(there, [{ Name: 'plan', AttributeDataType: 'String' }])).toBe(true);
    expect(coversSchema(there, [{ Name: 'plan', AttributeDataType: 'Number' }])).toBe(false);
    expect(coversSchema(there, [{ Name: 'level' }])).toBe(false);
    expect(coversSchema(there, undefined)).toBe(true);
  });
});
