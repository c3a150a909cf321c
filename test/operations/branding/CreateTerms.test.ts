import { DeleteUserPoolClientCommand, DescribeTermsCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { startProcesses } from '../../support/another-process.ts';
import { outcomes, refused } from '../../support/refused.ts';
import { startService } from '../../support/start-service.ts';
import { createTerms, someLinks } from '../../support/terms.ts';

const uuid4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const accepted = 'nothing is refused';
const exist = (name: string, clientId: string) =>
  `TermsExistsException: Terms ${name} already exist for client ${clientId}`;

async function anApp() {
  const service = await startService();
  const pool = await service.aPool();
  return { service, pool, app: await service.aClient(pool) };
}

const languages = [
  'default',
  'dutch',
  'english',
  'french',
  'spanish',
  'german',
  'bahasa-indonesia',
  'italian',
  'japanese',
  'korean',
  'portuguese-brazil',
  'chinese-simplified',
  'chinese-traditional',
];

describe('CreateTerms', () => {
  test('makes terms that read back as they were written, in all thirteen languages', async () => {
    const { service, pool, app } = await anApp();
    const Links = Object.fromEntries(languages.map((name) => [`cognito:${name}`, `https://example.com/${name}`]));
    const written = { TermsName: 'privacy-policy', TermsSource: 'LINK', Enforcement: 'NONE', Links } as const;
    const made = await createTerms(service, app, written);
    expect(made).toEqual({
      ...written,
      UserPoolId: pool.id,
      ClientId: app.id,
      TermsId: expect.stringMatching(uuid4),
      CreationDate: new Date(service.clock.now()),
      LastModifiedDate: new Date(service.clock.now()),
    });
    const described = new DescribeTermsCommand({ UserPoolId: pool.id, TermsId: made.TermsId });
    expect((await service.client.send(described)).Terms).toEqual(made);
  });

  test('makes one of each name for each client', async () => {
    const { service, pool, app } = await anApp();
    const other = await service.aClient(pool);
    await createTerms(service, app);
    await createTerms(service, app, { TermsName: 'privacy-policy' });
    await createTerms(service, other);
    for (const TermsName of ['terms-of-use', 'privacy-policy']) {
      expect(await refused(createTerms(service, app, { TermsName }))).toBe(exist(TermsName, app.id));
    }
  });

  test('makes one of many of a name that are asked for at once', async () => {
    const [one, other] = await startProcesses();
    const app = await one.aClient(await one.aPool());
    const asked = await outcomes([one, other, one, other, one].map((service) => createTerms(service, app)));
    const taken = exist('terms-of-use', app.id);
    expect(asked.toSorted()).toEqual([taken, taken, taken, taken, 'done']);
  });

  test('makes as many in a pool as the deployment allows, those of deleted clients not counted (pools-and-users 58)', async () => {
    const service = await startService({ settings: { quotas: { termsPerPool: 3 } } });
    const pool = await service.aPool();
    const apps = [await service.aClient(pool), await service.aClient(pool), await service.aClient(pool)] as const;
    const [one, other, last] = apps;
    for (const TermsName of ['terms-of-use', 'privacy-policy']) await createTerms(service, one, { TermsName });
    await createTerms(service, other);
    const full = 'LimitExceededException: The limit of 3 terms of a user pool would be exceeded.';
    expect(await refused(createTerms(service, last))).toBe(full);
    await service.client.send(new DeleteUserPoolClientCommand({ UserPoolId: pool.id, ClientId: one.id }));
    for (const TermsName of ['terms-of-use', 'privacy-policy']) await createTerms(service, last, { TermsName });
    expect(await refused(createTerms(service, other, { TermsName: 'privacy-policy' }))).toBe(full);
  });

  test('makes none for a client that is deleted at the same moment', async () => {
    const [one, other] = await startProcesses();
    const pool = await one.aPool();
    for (let round = 0; round < 5; round++) {
      const app = await one.aClient(pool);
      const [made, deleted] = await Promise.all([
        refused(createTerms(one, app)),
        refused(other.client.send(new DeleteUserPoolClientCommand({ UserPoolId: pool.id, ClientId: app.id }))),
      ]);
      expect(deleted).toBe(accepted);
      expect([accepted, `ResourceNotFoundException: User pool client ${app.id} does not exist.`]).toContain(made);
      expect(await one.ports.terms.list(pool.id, { limit: 60 })).toEqual({ items: [], next: undefined });
    }
  });

  test('does not know a pool or a client that nobody made, nor a client of another pool', async () => {
    const { service, app } = await anApp();
    const noClient = (id: string) => `ResourceNotFoundException: User pool client ${id} does not exist.`;
    expect(await refused(createTerms(service, app, { UserPoolId: 'us-east-1_000000000' }))).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
    expect(await refused(createTerms(service, app, { ClientId: 'nobody' }))).toBe(noClient('nobody'));
    const elsewhere = { ...app, poolId: (await service.aPool()).id };
    expect(await refused(createTerms(service, elsewhere))).toBe(noClient(app.id));
  });

  test('asks for another try when others are always faster', async () => {
    const { service, app } = await anApp();
    const terms = { ...service.ports.terms, add: async () => 'taken' as const };
    expect(await refused(createTerms(await startService({ ports: { terms } }), app))).toBe(
      'ConcurrentModificationException: The terms are being changed by another request.',
    );
  });

  test('does not know a pool that is gone when the terms are written', async () => {
    const { service, pool, app } = await anApp();
    const terms = { ...service.ports.terms, add: async () => 'pool gone' as const };
    expect(await refused(createTerms(await startService({ ports: { terms } }), app))).toBe(
      `ResourceNotFoundException: User pool ${pool.id} does not exist.`,
    );
  });
});

describe('The links of CreateTerms', () => {
  test.each([
    ['javascript:alert(1)'],
    ['JavaScript:alert(1)'],
    ['data:text/html,x'],
    ['ftp://example.com/terms'],
    ['mailto:legal@example.com'],
    ['//example.com/terms'],
    ['/terms'],
    ['example.com'],
    ['https:example.com'],
    ['https:\\\\example.com'],
    ['https://'],
    ['http:///example.com'],
    ['https://exa mple.com'.replace(' ', '\u3000')],
  ])('cannot lead to %j', async (link) => {
    const { service, app } = await anApp();
    expect(await refused(createTerms(service, app, { Links: { ...someLinks, 'cognito:dutch': link } }))).toMatch(
      /^InvalidParameterException: (The link for cognito:dutch must be an absolute URL with the scheme https or http\.|1 validation error .*pattern.*)$/s,
    );
  });

  test.each([['https://example.com'], ['http://example.com/a?b=c#d'], ['HTTPS://bücher.example/ä']])(
    'may lead to %j',
    async (link) => {
      const { service, app } = await anApp();
      const made = await createTerms(service, app, { Links: { 'cognito:default': link } });
      expect(made.Links).toEqual({ 'cognito:default': link });
    },
  );

  test('are asked for', async () => {
    const { service, app } = await anApp();
    expect(await refused(createTerms(service, app, { Links: undefined }))).toBe(
      'InvalidParameterException: Links are required when TermsSource is LINK.',
    );
  });

  test.each([
    [{}, /at 'links' failed to satisfy constraint: Member must have length greater than or equal to 1$/],
    [{ 'cognito:latin': 'https://example.com' }, /at 'links' failed to satisfy constraint: Map keys must satisfy /],
    [{ 'cognito:default': `https://example.com/${'x'.repeat(1005)}` }, /length less than or equal to 1024$/],
    [{ 'cognito:default': 'https://example.com/a b' }, /regular expression pattern/],
  ])('are bound as the model bounds them: %j', async (Links, message) => {
    const { service, app } = await anApp();
    expect(await refused(createTerms(service, app, { Links }))).toMatch(message);
  });

  test('have a name of two', async () => {
    const { service, app } = await anApp();
    expect(await refused(createTerms(service, app, { TermsName: 'cookies' }))).toMatch(
      /'cookies' at 'termsName' failed to satisfy constraint: Member must satisfy regular expression pattern/,
    );
  });
});
