import { describe, expect, test } from 'vitest';
import { somebodyWithPasskeys } from '../../support/passkeys.ts';
import { aPerson, refusalOfCall } from '../../support/people.ts';

describe('ListWebAuthnCredentials', () => {
  test('is empty at first', async () => {
    const { token, call } = await somebodyWithPasskeys();
    const { body } = await call('ListWebAuthnCredentials', { AccessToken: token });
    expect(JSON.parse(body)).toEqual({ Credentials: [] });
  });

  test('lists page by page what is the caller’s own', async () => {
    const { service, pool, app, token, register, list } = await somebodyWithPasskeys();
    const eve = await aPerson(service, pool, { username: 'eve', app });
    await register(eve.token);
    const made = new Set<string>();
    for (let count = 0; count < 5; count++) made.add((await register(token)).id);

    const listed: (string | undefined)[] = [];
    let NextToken: string | undefined;
    do {
      const page = await list(token, { MaxResults: 2, ...(NextToken && { NextToken }) });
      expect(page.Credentials?.length).toBeLessThanOrEqual(2);
      listed.push(...(page.Credentials ?? []).map(({ CredentialId }) => CredentialId));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    expect(listed).toHaveLength(5);
    expect(new Set(listed)).toEqual(made);
  });

  test('takes no token of somebody else’s list', async () => {
    const { service, pool, app, token, register, list } = await somebodyWithPasskeys();
    const eve = await aPerson(service, pool, { username: 'eve', app });
    await register(token);
    await register(token);
    const { NextToken = '' } = await list(token, { MaxResults: 1 });
    expect(await refusalOfCall(list(eve.token, { MaxResults: 1, NextToken }))).toMatch(/^InvalidParameterException/);
  });
});
