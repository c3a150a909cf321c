import {
  AdminGetUserCommand,
  AdminSetUserPasswordCommand,
  type CreateUserPoolCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { brokenInvariants } from '../../support/invariants.ts';
import { aUser as aModelUser } from '../../support/model.ts';
import { anOwnTable } from '../../support/own-table.ts';
import { nobody, signIn } from '../../support/people.ts';
import { account, linksOf, providersOf } from '../../support/providers.ts';
import { outcomes, refused } from '../../support/refused.ts';
import { startService } from '../../support/start-service.ts';

const table = await anOwnTable();

async function aPoolWithAda(settings: Partial<CreateUserPoolCommandInput> = {}) {
  const service = await startService({ table });
  const pool = await service.aPool(settings);
  const providers = providersOf(service, pool);
  await providers.create({ ProviderType: 'Google' });
  await providers.create({ ProviderType: 'OIDC', AttributeMapping: { email: 'mail' } });
  const ada = await service.aUser(pool, { username: 'ada' });
  return { service, pool, providers, ada, ...linksOf(service, pool) };
}

const invalid = (message: string): string => `InvalidParameterException: ${message}`;

const notLinked = invalid("Account isn't linked to anyone else, verify that the account has been linked");
const subjectOnly = invalid('ProviderAttributeName must be Cognito_Subject for this identity provider.');

describe('AdminDisableProviderForUser of a linked account', () => {
  test('removes the link and nothing else', async () => {
    const { service, pool, link, disable, identities } = await aPoolWithAda();
    for (const subject of ['1', '2', '3']) await link('ada', account('Google', subject));
    const [first, , third] = (await identities('ada')) as readonly unknown[];
    service.clock.advance(1000);
    const answer = await service.call('AdminDisableProviderForUser', {
      UserPoolId: pool.id,
      User: account('Google', '2'),
    });
    expect([answer.status, answer.json]).toEqual([200, {}]);
    expect(await identities('ada')).toEqual([first, third]);
    const shown = await service.client.send(new AdminGetUserCommand({ UserPoolId: pool.id, Username: 'ada' }));
    expect([shown.UserStatus, shown.UserLastModifiedDate]).toEqual(['CONFIRMED', new Date(service.clock.now())]);
    await disable(account('Google', '1'));
    await disable(account('Google', '3'));
    expect(await identities('ada')).toBeUndefined();
    expect(await brokenInvariants(table, new Set([pool.id]))).toEqual([]);
  });

  test('frees the account for another user, and room for another account', async () => {
    const { service, pool, link, disable } = await aPoolWithAda();
    await service.aUser(pool, { username: 'grace' });
    for (const subject of ['1', '2', '3', '4', '5']) await link('ada', account('Google', subject));
    await disable(account('Google', '1'));
    await link('grace', account('Google', '1'));
    await link('ada', account('Google', '6'));
  });

  test('names the account as it was linked', async () => {
    const { link, disable, identities } = await aPoolWithAda();
    await link('ada', account('Corp', 'Ada@example.com', 'email'));
    for (const other of [
      account('Corp', 'Ada@example.com'),
      account('Corp', 'ada@example.com', 'email'),
      account('Corp', 'Ada@example.com', 'name'),
      account('Google', 'Ada@example.com'),
      account('Corp', '["Corp","email","Ada@example.com"]'),
    ]) {
      expect(await refused(disable(other))).toBe(notLinked);
    }
    expect(await identities('ada')).toHaveLength(1);
    await disable(account('Corp', 'Ada@example.com', 'email'));
    expect(await identities('ada')).toBeUndefined();
  });

  test('removes a link by an attribute that is mapped no more', async () => {
    const { providers, link, disable, identities } = await aPoolWithAda();
    await link('ada', account('Corp', 'a@example.com', 'email'));
    await providers.update('Corp', { AttributeMapping: { name: 'name' } });
    await disable(account('Corp', 'a@example.com', 'email'));
    expect(await identities('ada')).toBeUndefined();
  });

  test('removes a link once, however many ask for it', async () => {
    const { link, disable } = await aPoolWithAda();
    await link('ada', account('Google', '1'));
    const told = await outcomes(Array.from({ length: 4 }, () => disable(account('Google', '1'))));
    expect(told.toSorted()).toEqual([notLinked, notLinked, notLinked, 'done']);
  });

  test('leaves the account that a user came from', async () => {
    const { service, pool, disable, identities } = await aPoolWithAda();
    const stored = await service.ports.pools.find(pool.id);
    if (!stored) throw new Error('There is no such pool');
    const identity = {
      providerName: 'Google',
      providerType: 'Google',
      userId: '7',
      primary: true,
      dateCreated: 1,
    } as const;
    const user = {
      poolId: pool.id,
      username: 'Google_7',
      status: 'EXTERNAL_PROVIDER',
      identities: [identity],
    } as const;
    await service.ports.users.add(stored, aModelUser({ ...user, version: 0 }));
    expect(await refused(disable(account('Google', '7')))).toBe(notLinked);
    expect(await identities('Google_7')).toEqual([{ ...identity, issuer: null }]);
    expect(await refused(disable(account('Cognito', 'Google_7')))).toBe(nobody);
  });

  test('takes the subject alone of a social provider', async () => {
    const { link, disable } = await aPoolWithAda();
    await link('ada', account('Google', '1'));
    expect(await refused(disable(account('Google', '1', 'email')))).toBe(subjectOnly);
  });

  test('is of a provider of the pool', async () => {
    const { service, link, disable, providers } = await aPoolWithAda();
    await link('ada', account('Google', '1'));
    const unknown = 'ResourceNotFoundException: Identity provider Google does not exist.';
    const elsewhere = await service.aPool();
    expect(await refused(linksOf(service, elsewhere).disable(account('Google', '1')))).toBe(unknown);
    expect(await refused(linksOf(service, { id: 'us-east-1_000000000' }).disable(account('Google', '1')))).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
    await providers.remove('Google');
    expect(await refused(disable(account('Google', '1')))).toBe(unknown);
  });

  test('names the account in full', async () => {
    const { disable } = await aPoolWithAda();
    const whole = account('Google', '1');
    for (const name of ['ProviderName', 'ProviderAttributeName', 'ProviderAttributeValue'] as const) {
      expect(await refused(disable({ ...whole, [name]: undefined }))).toBe(
        invalid('User needs a ProviderName, a ProviderAttributeName and a ProviderAttributeValue.'),
      );
    }
    expect(await refused(disable(account('Google', 'x'.repeat(2049))))).toBe(
      invalid('A ProviderAttributeValue has at most 2048 characters.'),
    );
  });
});

describe('AdminDisableProviderForUser of a user of the pool itself', () => {
  const wrong = 'NotAuthorizedException: Incorrect username or password.';

  test('ends signing in with the password, until an administrator sets one', async () => {
    const { service, pool, ada, disable, link, identities } = await aPoolWithAda();
    const app = await service.aClient(pool);
    await link('ada', account('Google', '1'));
    expect((await signIn(service.client, app, ada)).AuthenticationResult).toBeDefined();
    await disable(account('Cognito', 'ada'));
    expect(await refused(signIn(service.client, app, ada))).toBe(wrong);
    expect(await identities('ada')).toHaveLength(1);
    await disable(account('Cognito', 'ada'));

    const Password = 'Another-Horse-9';
    const set = { UserPoolId: pool.id, Username: 'ada', Password, Permanent: true };
    await service.client.send(new AdminSetUserPasswordCommand(set));
    expect(
      (await signIn(service.client, app, { username: 'ada', password: Password })).AuthenticationResult,
    ).toBeDefined();
  });

  test('lets the password stay in the history', async () => {
    const { service, pool, ada, disable } = await aPoolWithAda({
      Policies: { PasswordPolicy: { MinimumLength: 8, PasswordHistorySize: 1 } },
    });
    await disable(account('Cognito', 'ada'));
    const again = { UserPoolId: pool.id, Username: 'ada', Password: ada.password, Permanent: true };
    expect(await refused(service.client.send(new AdminSetUserPasswordCommand(again)))).toMatch(
      /^PasswordHistoryPolicyViolationException/,
    );
  });

  test('knows the user by every name, and nobody else', async () => {
    const { service, pool, ada, disable } = await aPoolWithAda();
    const app = await service.aClient(pool);
    await disable(account('Cognito', ada.sub));
    expect(await refused(signIn(service.client, app, ada))).toBe(wrong);
    expect(await refused(disable(account('Cognito', 'nobody')))).toBe(nobody);
    expect(await refused(disable(account('Cognito', 'ada', 'username')))).toBe(subjectOnly);
  });
});
