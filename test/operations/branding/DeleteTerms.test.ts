import {
  CreateUserPoolClientCommand,
  DeleteTermsCommand,
  DeleteUserPoolClientCommand,
  DescribeTermsByClientCommand,
  DescribeTermsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { startProcesses } from '../../support/another-process.ts';
import { outcomes, refused } from '../../support/refused.ts';
import { startService } from '../../support/start-service.ts';
import { createTerms } from '../../support/terms.ts';

const notFound = 'ResourceNotFoundException: Terms do not exist.';
const unknownId = '00000000-0000-4000-8000-000000000000';

async function someTerms() {
  const service = await startService();
  const pool = await service.aPool();
  const app = await service.aClient(pool);
  const { TermsId } = await createTerms(service, app);
  return { service, pool, app, named: { UserPoolId: pool.id, TermsId } };
}

describe('DeleteTerms', () => {
  test('answers with an empty body, and the terms are gone', async () => {
    const { service, named, app } = await someTerms();
    expect(await service.call('DeleteTerms', named)).toMatchObject({ status: 200, body: '' });
    expect(await refused(service.client.send(new DescribeTermsCommand(named)))).toBe(notFound);
    expect(await refused(service.client.send(new DeleteTermsCommand(named)))).toBe(notFound);
    expect(await refused(createTerms(service, app))).toBe('nothing is refused');
  });

  test('does not know terms of another pool, or a pool that nobody made', async () => {
    const { service, named } = await someTerms();
    const UserPoolId = (await service.aPool()).id;
    expect(await refused(service.client.send(new DeleteTermsCommand({ ...named, UserPoolId })))).toBe(notFound);
    const nowhere = { ...named, UserPoolId: 'us-east-1_000000000' };
    expect(await refused(service.client.send(new DeleteTermsCommand(nowhere)))).toMatch(
      /User pool us-east-1_000000000 does not exist\.$/,
    );
    expect(await refused(service.client.send(new DescribeTermsCommand(named)))).toBe('nothing is refused');
  });

  test('is done once of many times at once', async () => {
    const [one, other] = await startProcesses();
    const app = await one.aClient(await one.aPool());
    const { TermsId } = await createTerms(one, app);
    const remove = new DeleteTermsCommand({ UserPoolId: app.poolId, TermsId });
    const asked = await outcomes([one, other, one].map(({ client }) => client.send(remove)));
    expect(asked.toSorted()).toEqual([notFound, notFound, 'done']);
  });

  test('asks for another try when others are always faster', async () => {
    const { service, named } = await someTerms();
    const terms = { ...service.ports.terms, remove: async () => 'changed' as const };
    const { client } = await startService({ ports: { terms } });
    expect(await refused(client.send(new DeleteTermsCommand(named)))).toBe(
      'ConcurrentModificationException: The terms are being changed by another request.',
    );
  });
});

describe('DescribeTerms', () => {
  test('does not know terms that nobody made, or that are of another pool', async () => {
    const { service, named } = await someTerms();
    const describeTerms = (changed: object) => service.client.send(new DescribeTermsCommand({ ...named, ...changed }));
    expect(await refused(describeTerms({ TermsId: unknownId }))).toBe(notFound);
    expect(await refused(describeTerms({ UserPoolId: (await service.aPool()).id }))).toBe(notFound);
  });
});

describe('DescribeTermsByClient', () => {
  test('finds terms by their name alone, and says whose are not there', async () => {
    const { service, app, named } = await someTerms();
    const find = (changed: object = {}) =>
      service.client.send(
        new DescribeTermsByClientCommand({
          UserPoolId: app.poolId,
          ClientId: app.id,
          TermsName: 'terms-of-use',
          ...changed,
        }),
      );
    const { Terms } = await service.client.send(new DescribeTermsCommand(named));
    expect((await find()).Terms).toEqual(Terms);
    expect(await refused(find({ TermsName: 'privacy-policy' }))).toBe(
      `ResourceNotFoundException: Terms privacy-policy for client ${app.id} do not exist.`,
    );
    expect(await refused(find({ ClientId: 'nobody' }))).toBe(
      'ResourceNotFoundException: User pool client nobody does not exist.',
    );
    expect(await refused(find({ UserPoolId: 'us-east-1_000000000' }))).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
  });
});

test('Terms go with their client', async () => {
  const { service, pool, app, named } = await someTerms();
  await createTerms(service, app, { TermsName: 'privacy-policy' });
  await service.client.send(new DeleteUserPoolClientCommand({ UserPoolId: pool.id, ClientId: app.id }));
  expect(await refused(service.client.send(new DescribeTermsCommand(named)))).toBe(notFound);
  expect(await service.ports.terms.list(pool.id, { limit: 60 })).toEqual({ items: [], next: undefined });
  const next = new CreateUserPoolClientCommand({ UserPoolId: pool.id, ClientName: 'next' });
  expect(await refused(service.client.send(next))).toBe('nothing is refused');
});
