import {
  DeleteTermsCommand,
  ListTermsCommand,
  type ListTermsCommandInput,
  type ListTermsCommandOutput,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { refused } from '../../support/refused.ts';
import { startService } from '../../support/start-service.ts';
import { createTerms } from '../../support/terms.ts';

const badToken = 'InvalidParameterException: Invalid pagination token provided.';

/** Two for each client. */
async function someTerms(clients: number) {
  const service = await startService({ settings: { quotas: { termsPerPool: 1_000 } } });
  const pool = await service.aPool();
  const apps = await Promise.all(Array.from({ length: clients }, () => service.aClient(pool)));
  const made = await Promise.all(
    apps.flatMap((app) =>
      ['terms-of-use', 'privacy-policy'].map((TermsName) => createTerms(service, app, { TermsName })),
    ),
  );
  const list = (page: Partial<ListTermsCommandInput> = {}) =>
    service.client.send(new ListTermsCommand({ UserPoolId: pool.id, ...page }));
  return { service, pool, made, list };
}

const idsIn = ({ Terms = [] }: ListTermsCommandOutput) => Terms.map(({ TermsId }) => TermsId);

describe('ListTerms', () => {
  test('shows five members of each, and no links', async () => {
    const { made, list } = await someTerms(1);
    const { Terms = [] } = await list();
    const byId = (one: { TermsId?: string | undefined }, other: { TermsId?: string | undefined }) =>
      (one.TermsId ?? '') < (other.TermsId ?? '') ? -1 : 1;
    expect(Terms).toEqual(
      made.toSorted(byId).map(({ TermsId, TermsName, Enforcement, CreationDate, LastModifiedDate }) => ({
        TermsId,
        TermsName,
        Enforcement,
        CreationDate,
        LastModifiedDate,
      })),
    );
  });

  test('is empty in a pool without terms, whatever other pools have', async () => {
    const { service, list } = await someTerms(1);
    const { id: UserPoolId } = await service.aPool();
    const { Terms, NextToken } = await list({ UserPoolId });
    expect({ Terms, NextToken }).toEqual({ Terms: [], NextToken: undefined });
  });

  test('goes through all terms once, page by page', async () => {
    const { made, list } = await someTerms(3);
    const first = await list({ MaxResults: 4 });
    const second = await list({ MaxResults: 4, NextToken: first.NextToken });
    expect([first, second].map((page) => idsIn(page).length)).toEqual([4, 2]);
    expect([first, second].flatMap(idsIn).toSorted()).toEqual(made.map(({ TermsId }) => TermsId).toSorted());
    expect(second).not.toHaveProperty('NextToken');
  });

  test('has sixty on a page unless it is told otherwise', async () => {
    const { list } = await someTerms(31);
    const first = await list();
    expect(first.Terms).toHaveLength(60);
    expect((await list({ NextToken: first.NextToken })).Terms).toHaveLength(2);
  });

  test('neither loops nor skips when terms go while it is read', async () => {
    const { service, pool, list } = await someTerms(3);
    const all = idsIn(await list());
    const first = await list({ MaxResults: 2 });
    for (const TermsId of idsIn(first)) {
      await service.client.send(new DeleteTermsCommand({ UserPoolId: pool.id, TermsId }));
    }
    expect(idsIn(await list({ NextToken: first.NextToken }))).toEqual(all.slice(2));
  });

  test.each([
    [0, 'greater than or equal to 1'],
    [61, 'less than or equal to 60'],
  ])('refuses a page of %s', async (MaxResults, bound) => {
    const { list } = await someTerms(0);
    expect(await refused(list({ MaxResults }))).toBe(
      `InvalidParameterException: 1 validation error detected: Value '${MaxResults}' at 'maxResults' failed to satisfy constraint: Member must have value ${bound}`,
    );
  });

  test('does not know a pool that nobody made', async () => {
    const { list } = await someTerms(0);
    expect(await refused(list({ UserPoolId: 'us-east-1_000000000' }))).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
  });

  test('goes on from its own tokens alone, and for less than an hour', async () => {
    const { service, pool, list } = await someTerms(2);
    const { NextToken = '' } = await list({ MaxResults: 1 });
    expect(await refused(list({ UserPoolId: (await service.aPool()).id, NextToken }))).toBe(badToken);
    expect(await refused(list({ NextToken: `A${NextToken}` }))).toBe(badToken);
    expect(await refused(list({ NextToken: '' }))).toBe(badToken);
    const clients = await service.call('ListUserPoolClients', { UserPoolId: pool.id, MaxResults: 1 });
    const { NextToken: foreign } = clients.json as { NextToken: string };
    expect(await refused(list({ NextToken: foreign }))).toBe(badToken);
    service.clock.advance(3_600_000 - 1);
    expect(await refused(list({ NextToken }))).toBe('nothing is refused');
    service.clock.advance(1);
    expect(await refused(list({ NextToken }))).toBe(badToken);
  });
});
