/** Migration functions that answer other people than they were asked for, and what they say of them. */
import {
  AdminGetUserCommand,
  ForgotPasswordCommand,
  ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import { somePassword } from '../../support/builders.ts';
import { hostileRoom, responding } from '../../support/hostile-functions.ts';
import { refusal, sessionOf } from '../../support/signing-in.ts';

type RoomOptions = NonNullable<Parameters<typeof hostileRoom>[0]>;

const theirs = 'Their-Password-1';

async function room(answer: object, more: RoomOptions = {}) {
  const made = await hostileRoom({ points: ['UserMigration'], patience: { timeout: 5000 }, ...more });
  made.have('UserMigration', responding({ finalUserStatus: 'CONFIRMED', messageAction: 'SUPPRESS', ...answer }));
  const { client, pool } = made;
  return {
    ...made,
    names: async () =>
      ((await client.send(new ListUsersCommand({ UserPoolId: pool.id }))).Users ?? []).map(({ Username }) => Username),
    userNamed: (Username: string) => client.send(new AdminGetUserCommand({ UserPoolId: pool.id, Username })),
  };
}

const isIn = (outcome: string): boolean => outcome.includes('AccessToken');

describe('Somebody who is brought over', () => {
  test.each(['ada', 'ADA', 'somebody-else'])('does not become %s by their username', async (username) => {
    const { signIn, names, have } = await room({ userAttributes: { username, email: 'eve@example.com' } });
    expect(isIn(await refusal(signIn.byPassword('eve', theirs)))).toBe(false);
    expect(await names()).toEqual(['ada']);
    have('UserMigration', responding({ userAttributes: { username: 'eve', email: 'eve@example.com' } }));
    expect((await signIn.byPassword('ada')).AuthenticationResult).toBeDefined();
    expect(isIn(await refusal(signIn.byPassword('ada', theirs)))).toBe(false);
  });

  test('does not become who has the sub that the function says', async () => {
    const made = await room({ userAttributes: {} });
    const { ada, signIn, have, names } = made;
    for (const sub of [ada.sub, '00000000-0000-4000-8000-000000000000']) {
      have('UserMigration', responding({ userAttributes: { sub, email: 'e@x.org' }, finalUserStatus: 'CONFIRMED' }));
      expect(isIn(await refusal(signIn.byPassword('eve', theirs)))).toBe(false);
    }
    expect(await names()).toEqual(['ada']);
  });

  test.each(['cognito:groups', 'cognito:user_status', 'cognito:username', 'identities', 'custom:none', 'dev:custom:x'])(
    'has no %s of the function’s making',
    async (name) => {
      const { signIn, names } = await room({ userAttributes: { email: 'eve@example.com', [name]: 'admin' } });
      expect(isIn(await refusal(signIn.byPassword('eve', theirs)))).toBe(false);
      expect(await names()).toEqual(['ada']);
    },
  );

  test('takes no address that is somebody’s name, unless the function insists', async () => {
    const pool = { AliasAttributes: ['email' as const] };
    const userAttributes = { email: 'ada@example.com', email_verified: 'true' };
    const { signIn, names, ada, have } = await room({ userAttributes }, { pool });
    expect(await refusal(signIn.byPassword('eve', theirs))).toMatch(/^AliasExists/);
    expect(await names()).toEqual(['ada']);
    const { AccessToken = '' } = (await signIn.byPassword('ada@example.com')).AuthenticationResult ?? {};
    expect(decodeJwt(AccessToken).sub).toBe(ada.sub);
    have('UserMigration', responding({ userAttributes, finalUserStatus: 'CONFIRMED', forceAliasCreation: true }));
    expect(isIn(await refusal(signIn.byPassword('eve', theirs)))).toBe(true);
    expect(isIn(await refusal(signIn.byPassword('ada@example.com')))).toBe(false);
    expect(isIn(await refusal(signIn.byPassword('ada')))).toBe(true);
  });

  test('by a name that would be another’s alias gets nothing of theirs', async () => {
    const pool = { AliasAttributes: ['email' as const] };
    const userAttributes = { username: 'ada', email: 'eve@example.com', email_verified: 'true' };
    const { signIn, names } = await room({ userAttributes }, { pool });
    expect(isIn(await refusal(signIn.byPassword('eve@example.com', theirs)))).toBe(false);
    expect(isIn(await refusal(signIn.byPassword('ada', theirs)))).toBe(false);
    expect(await names()).toEqual(['ada']);
  });

  test('is never asked for where there is a user, whatever their password', async () => {
    const { signIn, events, client, app } = await room({ userAttributes: { email: 'eve@example.com' } });
    expect(isIn(await refusal(signIn.byPassword('ada', theirs)))).toBe(false);
    await client.send(new ForgotPasswordCommand({ ClientId: app.id, Username: 'ada' }));
    expect(events).toEqual([]);
    expect(isIn(await refusal(signIn.byPassword('ada', somePassword)))).toBe(true);
  });

  test('is not guessed at without end, nor under the name of somebody else', async () => {
    const client = { PreventUserExistenceErrors: 'ENABLED' as const };
    const made = await hostileRoom({ points: ['UserMigration'], patience: { timeout: 5000 }, client });
    const { signIn, events, have } = made;
    have('UserMigration', responding({ userAttributes: null }));
    for (let count = 0; count < 12; count += 1) await refusal(signIn.byPassword('eve', `Guess-Number-${count}`));
    expect(events.length).toBeLessThanOrEqual(6);
    const heard = events.length;
    const { Session } = await signIn.choose('mallory');
    await refusal(
      signIn.respond('SELECT_CHALLENGE', { USERNAME: 'eve', ANSWER: 'PASSWORD', PASSWORD: theirs }, Session),
    );
    await refusal(signIn.respond('PASSWORD', { USERNAME: 'eve', PASSWORD: theirs }, Session));
    expect(events.slice(heard).map(({ userName }) => userName)).toEqual([]);
  });
});

test('PreAuthentication is asked about whoever is brought over by the answer to a choice', async () => {
  const made = await hostileRoom({
    points: ['UserMigration', 'PreAuthentication'],
    patience: { timeout: 5000 },
    client: { PreventUserExistenceErrors: 'ENABLED' },
  });
  const { signIn, have, events } = made;
  const userAttributes = { email: 'banned@example.com', email_verified: 'true' };
  have('UserMigration', responding({ userAttributes, finalUserStatus: 'CONFIRMED', messageAction: 'SUPPRESS' }));
  have('PreAuthentication', (event) => {
    const { email } = Object(event.request['userAttributes']);
    return email === 'banned@example.com' ? '{}' : JSON.stringify(event);
  });
  const posed = await signIn.choose('banned', 'PASSWORD');
  const responses = { USERNAME: 'banned', PASSWORD: theirs };
  const outcome = await refusal(signIn.respond('PASSWORD', responses, sessionOf(posed)));
  expect(events.some(({ triggerSource }) => triggerSource === 'UserMigration_Authentication')).toBe(true);
  expect(isIn(outcome)).toBe(false);
});
