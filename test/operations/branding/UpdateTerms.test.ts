import {
  DeleteTermsCommand,
  DescribeTermsByClientCommand,
  DescribeTermsCommand,
  UpdateTermsCommand,
  type UpdateTermsCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { startProcesses } from '../../support/another-process.ts';
import { outcomes, refused } from '../../support/refused.ts';
import { type Service, startService } from '../../support/start-service.ts';
import { createTerms, someLinks } from '../../support/terms.ts';

const notFound = 'ResourceNotFoundException: Terms do not exist.';
const unknownId = '00000000-0000-4000-8000-000000000000';

async function someTerms(given?: Service) {
  const service = given ?? (await startService());
  const pool = await service.aPool();
  const app = await service.aClient(pool);
  const made = await createTerms(service, app);
  const named = { UserPoolId: pool.id, TermsId: made.TermsId };
  const update = (input: Partial<UpdateTermsCommandInput>, { client } = service) =>
    client.send(new UpdateTermsCommand({ ...named, ...input }));
  const read = async () => (await service.client.send(new DescribeTermsCommand(named))).Terms;
  return { service, pool, app, made, named, update, read };
}

describe('UpdateTerms', () => {
  test('replaces the links, and keeps what the request leaves out', async () => {
    const { service, made, update, read } = await someTerms();
    service.clock.advance(1_000);
    const Links = { 'cognito:french': 'https://example.com/fr' };
    const { Terms } = await update({ Links });
    expect(Terms).toEqual({ ...made, Links, LastModifiedDate: new Date(service.clock.now()) });
    expect(await read()).toEqual(Terms);
    service.clock.advance(1_000);
    await update({ TermsSource: 'LINK', Enforcement: 'NONE' });
    expect(await read()).toEqual({ ...Terms, LastModifiedDate: new Date(service.clock.now()) });
  });

  test('gives terms the other name, by which they are found from then on', async () => {
    const { service, pool, app, update } = await someTerms();
    const byName = (TermsName: string) =>
      service.client.send(new DescribeTermsByClientCommand({ UserPoolId: pool.id, ClientId: app.id, TermsName }));
    const { Terms } = await update({ TermsName: 'privacy-policy' });
    expect((await byName('privacy-policy')).Terms).toEqual(Terms);
    expect(await refused(byName('terms-of-use'))).toMatch(/^ResourceNotFoundException: /);
    await createTerms(service, app);
    expect((await byName('terms-of-use')).Terms).not.toEqual(Terms);
  });

  test('refuses a name that other terms of the client have', async () => {
    const { service, app, update, read, made } = await someTerms();
    await createTerms(service, app, { TermsName: 'privacy-policy' });
    expect(await refused(update({ TermsName: 'privacy-policy' }))).toBe(
      `TermsExistsException: Terms privacy-policy already exist for client ${app.id}`,
    );
    expect(await read()).toEqual(made);
  });

  test('gives a name once, whoever wants it at the same moment', async () => {
    const [one, other] = await startProcesses();
    const { app, update, read } = await someTerms(one);
    const taken = `TermsExistsException: Terms privacy-policy already exist for client ${app.id}`;
    const asked = await outcomes([
      update({ TermsName: 'privacy-policy' }),
      createTerms(other, app, { TermsName: 'privacy-policy' }),
    ]);
    expect(asked.toSorted()).toEqual([taken, 'done']);
    expect((await read())?.TermsName).toBe(asked[0] === 'done' ? 'privacy-policy' : 'terms-of-use');
  });

  test('refuses links that new terms could not have', async () => {
    const { update } = await someTerms();
    expect(await refused(update({ Links: { 'cognito:default': 'javascript:alert(1)' } }))).toBe(
      'InvalidParameterException: The link for cognito:default must be an absolute URL with the scheme https or http.',
    );
  });

  test('does not know terms that nobody made, that are gone, or that are of another pool', async () => {
    const { service, named, update } = await someTerms();
    expect(await refused(update({ TermsId: unknownId }))).toBe(notFound);
    expect(await refused(update({ UserPoolId: (await service.aPool()).id }))).toBe(notFound);
    expect(await refused(update({ UserPoolId: 'us-east-1_000000000' }))).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
    await service.client.send(new DeleteTermsCommand(named));
    expect(await refused(update({ Links: someLinks }))).toBe(notFound);
  });

  test('asks for another try when others are always faster', async () => {
    const { service, update } = await someTerms();
    const terms = { ...service.ports.terms, save: async () => 'changed' as const };
    expect(await refused(update({}, await startService({ ports: { terms } })))).toBe(
      'ConcurrentModificationException: The terms are being changed by another request.',
    );
  });

  test('wants an id of version 4', async () => {
    const { update } = await someTerms();
    expect(await refused(update({ TermsId: '00000000-0000-0000-0000-000000000000' }))).toMatch(/pattern/);
  });
});
