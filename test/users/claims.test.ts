/** Names that lead to one user alone, claimed by many side by side, on every way to claim one. */
import {
  AdminCreateUserCommand,
  AdminUpdateUserAttributesCommand,
  GetUserAttributeVerificationCodeCommand,
  UpdateUserAttributesCommand,
  VerifyUserAttributeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { attributesOf } from '../support/builders.ts';
import { aPerson, lookAt, nobody, refusalOfCall, type SignedIn, tallyOf } from '../support/people.ts';
import { type Service, startService } from '../support/start-service.ts';

const wanted = 'wanted@example.com';
const verified = { email: wanted, email_verified: 'true' };
const held = 'AliasExistsException: An account with the email already exists.';
const given = (kind: string) => `AliasExistsException: An account with the given ${kind} already exists.`;

type Attributes = Readonly<Record<string, string>>;

async function claiming(settings: Parameters<Service['aPool']>[0]) {
  const service = await startService();
  const pool = await service.aPool(settings);
  const app = await service.aClient(pool);
  const people = async (named: (at: number) => string, attributes: Attributes = {}): Promise<readonly SignedIn[]> =>
    Promise.all(Array.from({ length: 8 }, (_, at) => aPerson(service, pool, { app, username: named(at), attributes })));
  const update = ({ token }: SignedIn, attributes: Attributes) =>
    service.client.send(
      new UpdateUserAttributesCommand({ AccessToken: token, UserAttributes: attributesOf(attributes) }),
    );
  const look = (name: string) => lookAt(service.client, pool, name);
  const lookAtAll = (all: readonly SignedIn[]) => Promise.all(all.map(({ user }) => look(user.username)));
  return { ...service, pool, app, people, update, look, lookAtAll };
}

const addressOf = (at: number): string => `user${at}@example.com`;
const nameOf = (at: number): string => `user${at}`;

describe('A name that many claim side by side', () => {
  test('as an address to sign in with is one person’s, and all others keep theirs (pools-and-users 34)', async () => {
    const { people, update, look, lookAtAll } = await claiming({ UsernameAttributes: ['email'] });
    const all = await people(addressOf);

    expect(await tallyOf(all.map((person) => update(person, { email: wanted })))).toEqual({
      'nothing is refused': 1,
      [given('email')]: 7,
    });
    const { username } = await look(wanted);
    const addresses = (await lookAtAll(all)).map((user) => [user.username, user.attributes['email']]);
    expect(addresses).toEqual(
      all.map(({ user }, at) => [user.username, user.username === username ? wanted : addressOf(at)]),
    );
    for (const [sub, address] of addresses) expect((await look(address ?? '')).username).toBe(sub);
  });

  test('as a preferred username is one person’s', async () => {
    const { people, update, look, lookAtAll } = await claiming({ AliasAttributes: ['preferred_username'] });
    const all = await people(nameOf);

    expect(await tallyOf(all.map((person) => update(person, { preferred_username: 'countess' })))).toEqual({
      'nothing is refused': 1,
      [given('preferred_username')]: 7,
    });
    const { username } = await look('countess');
    const holders = (await lookAtAll(all)).filter(({ attributes }) => attributes['preferred_username'] !== undefined);
    expect(holders.map((user) => user.username)).toEqual([username]);
  });

  test('as an address that all of them verify is one person’s (pools-and-users 33)', async () => {
    const { client, outbox, people, look, lookAtAll } = await claiming({ AliasAttributes: ['email'] });
    const all = await people(nameOf, { email: wanted });
    const asked = { AttributeName: 'email' };
    for (const { token } of all) {
      await client.send(new GetUserAttributeVerificationCodeCommand({ AccessToken: token, ...asked }));
    }
    const codes = await Promise.all(all.map(({ user }) => outbox.codeFor(user)));
    const verify = ({ token }: SignedIn, at: number) =>
      client.send(new VerifyUserAttributeCommand({ AccessToken: token, ...asked, Code: codes[at] }));

    expect(await tallyOf(all.map(verify))).toEqual({ 'nothing is refused': 1, [held]: 7 });
    const { username } = await look(wanted);
    const holders = (await lookAtAll(all)).filter(({ attributes }) => attributes['email_verified'] === 'true');
    expect(holders.map((user) => user.username)).toEqual([username]);
  });

  test('as the verified address of new users is one user’s', async () => {
    const { client, pool, look } = await claiming({ AliasAttributes: ['email'] });
    const create = (Username: string) =>
      client.send(
        new AdminCreateUserCommand({
          UserPoolId: pool.id,
          Username,
          MessageAction: 'SUPPRESS',
          UserAttributes: attributesOf(verified),
        }),
      );
    const names = Array.from({ length: 8 }, (_, at) => nameOf(at));

    expect(await tallyOf(names.map(create))).toEqual({ 'nothing is refused': 1, [held]: 7 });
    const { username } = await look(wanted);
    const outcomes = await Promise.all(names.map((name) => refusalOfCall(look(name))));
    expect(names.filter((_, at) => outcomes[at] === 'nothing is refused')).toEqual([username]);
    for (const outcome of outcomes) expect(['nothing is refused', nobody]).toContain(outcome);
  });

  test('is nobody’s to swap: two who want each other’s address keep their own', async () => {
    const { people, update, look } = await claiming({ UsernameAttributes: ['email'] });
    const [ada, bob] = await people(addressOf);
    if (!ada || !bob) throw new Error('There are no two people');
    const swaps = [update(ada, { email: addressOf(1) }), update(bob, { email: addressOf(0) })];

    expect(await tallyOf(swaps)).toEqual({ [given('email')]: 2 });
    expect((await look(addressOf(0))).username).toBe(ada.user.username);
    expect((await look(addressOf(1))).username).toBe(bob.user.username);
  });

  test('is not lost between who gives it up and who takes it', async () => {
    const { client, pool, people, update, look } = await claiming({ UsernameAttributes: ['email'] });
    const [ada, ...others] = await people(addressOf);
    if (!ada) throw new Error('There is nobody');
    await update(ada, { email: wanted });
    const givenUp = new AdminUpdateUserAttributesCommand({
      UserPoolId: pool.id,
      Username: ada.user.username,
      UserAttributes: attributesOf({ email: 'elsewhere@example.com' }),
    });
    const outcomes = await Promise.all([
      refusalOfCall(client.send(givenUp)),
      ...others.map((person) => refusalOfCall(update(person, { email: wanted }))),
    ]);

    expect(outcomes[0]).toBe('nothing is refused');
    const takers = others.filter((_, at) => outcomes[at + 1] === 'nothing is refused');
    expect(takers.length).toBeLessThanOrEqual(1);
    const holder = await refusalOfCall(look(wanted));
    expect(holder).toBe(takers.length === 1 ? 'nothing is refused' : nobody);
    expect((await look('elsewhere@example.com')).username).toBe(ada.user.username);
  });
});
