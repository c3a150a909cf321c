import { describe, expect, test } from 'vitest';
import { aPoolWithDomain, describeDomain, newHostName, newPrefix } from '../../support/domains.ts';
import { refused } from '../../support/refused.ts';
import { startService } from '../../support/start-service.ts';

describe('DescribeUserPoolDomain', () => {
  test.each([
    ['a prefix', newPrefix],
    ['a host name', newHostName],
  ])('answers nothing of %s that nobody made, and no error', async (_kind, newName) => {
    const { call } = await startService();
    const answer = await call('DescribeUserPoolDomain', { Domain: newName() });
    expect(answer).toMatchObject({ status: 200, json: { DomainDescription: {} } });
  });

  test('answers nothing of a domain whose pool is in another region', async () => {
    const service = await startService();
    const { id: UserPoolId, domain } = await aPoolWithDomain(service);
    expect(await describeDomain({ client: service.clientFor('eu-west-1') }, domain)).toEqual({});
    expect(await describeDomain(service, domain)).toMatchObject({ UserPoolId, Domain: domain });
  });

  test.each([['Shop'], ['shop..example.com'], ['shop.example.com.'], ['x'.repeat(64)], ['']])(
    'refuses %j, which is no name',
    async (name) => {
      expect(await refused(describeDomain(await startService(), name))).toMatch(
        /^InvalidParameterException: . validation errors? detected: Value '.*' at 'domain' failed/,
      );
    },
  );
});
