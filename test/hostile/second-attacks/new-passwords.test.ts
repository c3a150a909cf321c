/** What somebody with a temporary password writes about themselves along with their own one. */
import {
  AdminGetUserCommand,
  AdminSetUserPasswordCommand,
  type CreateUserPoolClientCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { recordOf } from '../../support/people.ts';
import { refusal, sessionOf, signingIn, tokensOf } from '../../support/signing-in.ts';
import { startService } from '../../support/start-service.ts';

const temporary = 'Temporary-Horse-9';
const NEW_PASSWORD = 'Own-Horse-99';

async function aRoom(client: Partial<CreateUserPoolClientCommandInput> = {}) {
  const service = await startService();
  const pool = await service.aPool({
    AliasAttributes: ['email', 'preferred_username'],
    Schema: [
      { Name: 'tier', AttributeDataType: 'String', Mutable: true },
      { Name: 'badge', AttributeDataType: 'String', Mutable: false },
      { Name: 'role', AttributeDataType: 'String', DeveloperOnlyAttribute: true, Mutable: true },
      { Name: 'count', AttributeDataType: 'Number', Mutable: true },
    ],
  });
  const app = await service.aClient(pool, client);
  await service.aUser(pool, { username: 'ada', password: temporary, invited: true });
  const { respond, byPassword } = signingIn(service, app);
  const Session = sessionOf(await byPassword('ada', temporary));
  const answer = (attributes: Readonly<Record<string, string>>, password = NEW_PASSWORD) => {
    const named = Object.entries(attributes).map(([name, value]) => [`userAttributes.${name}`, value]);
    const responses = { USERNAME: 'ada', NEW_PASSWORD: password, ...Object.fromEntries(named) };
    return respond('NEW_PASSWORD_REQUIRED', responses, Session);
  };
  const look = async () => {
    const user = await service.client.send(new AdminGetUserCommand({ UserPoolId: pool.id, Username: 'ada' }));
    return { status: user.UserStatus, attributes: recordOf(user.UserAttributes) };
  };
  return { ...service, pool, answer, look, byPassword };
}

describe('NEW_PASSWORD_REQUIRED', () => {
  test.each<[string, Readonly<Record<string, string>>]>([
    ['sub', { sub: '00000000-0000-4000-8000-000000000000' }],
    ['that an address is verified', { email: 'ada@example.com', email_verified: 'true' }],
    ['that a number is verified', { phone_number: '+12065550100', phone_number_verified: 'true' }],
    ['identities', { identities: '[{"userId":"1","providerName":"Google"}]' }],
    ['what developers alone write', { 'dev:custom:role': 'admin' }],
    ['what developers alone write, without saying so', { 'custom:role': 'admin' }],
    ['an attribute that is not there', { 'custom:none': 'x' }],
    ['a name of the service', { 'cognito:groups': 'admins' }],
    ['the status', { 'cognito:user_status': 'CONFIRMED' }],
    ['a prototype', { __proto__x: 'x', constructor: 'x' }],
    ['nothing by name', { '': 'x' }],
    ['one in another case', { Email: 'ada@example.com' }],
    ['one behind a prefix of its own', { 'userAttributes.email': 'ada@example.com' }],
    ['a value that is too long', { email: `${'a'.repeat(3000)}@example.com` }],
    ['a value of another type', { 'custom:count': 'many' }],
    ['a date that is none', { birthdate: 'yesterday' }],
  ])('lets nobody write %s, and changes nothing', async (_, attributes) => {
    const { answer, look } = await aRoom();
    expect(await refusal(answer(attributes))).toMatch(/^(InvalidParameter|NotAuthorized)Exception/);
    const { status, attributes: kept } = await look();
    expect([status, Object.keys(kept)]).toEqual(['FORCE_CHANGE_PASSWORD', ['sub']]);
    tokensOf(await answer({}));
  });

  test('takes a key by the name of a prototype for what it is', async () => {
    const { answer, look } = await aRoom();
    const proto: Record<string, string> = JSON.parse('{"__proto__":"x"}');
    expect(await refusal(answer(proto))).toMatch(/^(InvalidParameter|NotAuthorized)Exception/);
    expect((await look()).status).toBe('FORCE_CHANGE_PASSWORD');
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  test('writes what the client may write, and nothing else', async () => {
    const { answer, look } = await aRoom({ WriteAttributes: ['custom:tier'] });
    for (const attributes of [{ email: 'a@example.com' }, { 'custom:badge': '7' }, { preferred_username: 'admin' }]) {
      expect(await refusal(answer(attributes))).toMatch(/^NotAuthorizedException/);
    }
    tokensOf(await answer({ 'custom:tier': 'gold' }));
    expect((await look()).attributes).toMatchObject({ 'custom:tier': 'gold' });
  });

  test('does not make an address a verified one, nor a name to sign in with', async () => {
    const { answer, look, byPassword } = await aRoom();
    tokensOf(await answer({ email: 'victim@example.com' }));
    expect((await look()).attributes['email_verified']).not.toBe('true');
    expect(await refusal(byPassword('victim@example.com', NEW_PASSWORD))).toMatch(/^(UserNotFound|NotAuthorized)/);
  });

  test('takes no name of somebody else', async () => {
    const { answer, aUser, pool, look } = await aRoom();
    await aUser(pool, { username: 'eve', attributes: { preferred_username: 'boss' } });
    expect(await refusal(answer({ preferred_username: 'boss' }))).toMatch(/Exception/);
    expect((await look()).status).toBe('FORCE_CHANGE_PASSWORD');
  });

  test.each([
    ['the temporary one', temporary],
    ['one that is too short', 'Aa1-'],
    ['one that is too long', `Aa1-${'x'.repeat(300)}`],
    ['a long one', `Aa1-${'x'.repeat(200_000)}`],
  ])('takes for a password, or refuses in order, %s', async (_, password) => {
    const { answer } = await aRoom();
    expect(await refusal(answer({}, password))).toMatch(/^(answered|InvalidPassword|InvalidParameter|NotAuthorized)/);
  });

  test('is over once another temporary password was set', async () => {
    const { answer, client, pool, look } = await aRoom();
    const Password = 'Another-Horse-9';
    await client.send(
      new AdminSetUserPasswordCommand({ UserPoolId: pool.id, Username: 'ada', Password, Permanent: false }),
    );
    expect(await refusal(answer({}))).toMatch(/^NotAuthorizedException: Invalid session/);
    expect((await look()).status).toBe('FORCE_CHANGE_PASSWORD');
  });

  test('takes one of many answers at once, and one password', async () => {
    const { answer, byPassword } = await aRoom();
    const passwords = Array.from({ length: 6 }, (_, at) => `Own-Horse-${at}9`);
    const outcomes = await Promise.allSettled(passwords.map((password) => answer({}, password)));
    const [won, ...others] = passwords.filter((_, at) => outcomes[at]?.status === 'fulfilled');
    expect(others).toEqual([]);
    tokensOf(await byPassword('ada', won));
  });
});
