/** The function that runs once a person has confirmed their registration. */
import {
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminUpdateUserAttributesCommand,
  ConfirmSignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attributesOf, somePassword } from '../../support/builders.ts';
import {
  bodyOf,
  codeMismatch,
  expiredCode,
  lookAt,
  nobody,
  otherThan,
  refusalOfCall,
  signIn,
  tallyOf,
} from '../../support/people.ts';
import { account, linksOf, providersOf } from '../../support/providers.ts';
import { arnOf, type RegistrationRoom, registrationRoom } from '../../support/registration-functions.ts';

const email = 'ada@example.com';
const failed = 'UserLambdaValidationException: PostConfirmation failed with error boom.';
const confirmedAlready = 'NotAuthorizedException: User cannot be confirmed. Current status is CONFIRMED';
const boom = () => {
  throw new Error('boom');
};

async function registered({ pool, ...given }: RegistrationRoom = {}) {
  const room = await registrationRoom({ ...given, pool: { AutoVerifiedAttributes: ['email'], ...pool } });
  const begin = async (username: string) => {
    const metadata = { ClientMetadata: { from: 'SignUp' } };
    const { UserSub: sub = '' } = await room.register(username, { email }, metadata);
    const { username: name = '' } = await lookAt(room.client, room.pool, username);
    room.events.length = 0;
    return { sub, code: await room.outbox.codeFor({ poolId: room.pool.id, username: name }) };
  };
  const confirm = (Username: string, ConfirmationCode: string, ClientMetadata?: Record<string, string>) =>
    room.client.send(new ConfirmSignUpCommand({ ClientId: room.app.id, Username, ConfirmationCode, ClientMetadata }));
  return { ...room, begin, confirm };
}

describe('PostConfirmation of somebody who gives their code', () => {
  test('gets the whole event (triggers-and-messages 3, 13)', async () => {
    const { app, begin, confirm, events, pool } = await registered({ pool: { AliasAttributes: ['email'] } });
    const { sub, code } = await begin('ada');
    expect(bodyOf(await confirm('ada', code, { tenant: 'a' }))).toEqual({});

    expect(events).toEqual([
      {
        version: '1',
        triggerSource: 'PostConfirmation_ConfirmSignUp',
        region: 'us-east-1',
        userPoolId: pool.id,
        userName: 'ada',
        callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: app.id },
        request: {
          userAttributes: {
            sub,
            email,
            email_verified: 'true',
            'cognito:email_alias': email,
            'cognito:user_status': 'CONFIRMED',
          },
          clientMetadata: { tenant: 'a' },
        },
        response: {},
      },
    ]);
  });

  test('is told no metadata of another request (triggers-and-messages 13)', async () => {
    const { begin, confirm, events } = await registered();
    const { code } = await begin('ada');
    await confirm('ada', code);

    expect(Object.keys(events[0]?.request ?? {})).toEqual(['userAttributes']);
  });

  test('is told the name that the user has, whatever was typed', async () => {
    const { begin, confirm, events } = await registered({ pool: { UsernameAttributes: ['email'] } });
    const { sub, code } = await begin(email);
    await confirm(email, code);

    expect(events.map(({ userName }) => userName)).toEqual([sub]);
  });

  test('is told of neither the code nor the password', async () => {
    const { begin, confirm, events } = await registered();
    const { code } = await begin('ada');
    await confirm('ada', code);

    const told = JSON.stringify(events);
    expect(told).not.toContain(code);
    expect(told).not.toContain(somePassword);
  });

  test('does not run for a code that is wrong, nor for names that nobody has', async () => {
    const { begin, confirm, events } = await registered({ client: { PreventUserExistenceErrors: 'ENABLED' } });
    const { code } = await begin('ada');

    expect(await refusalOfCall(confirm('ada', otherThan(code)))).toBe(codeMismatch);
    expect(await refusalOfCall(confirm('nobody', code))).toBe(expiredCode);
    expect(events).toEqual([]);
  });

  test('that fails is heard of, and the user stays confirmed (triggers-and-messages 11)', async () => {
    const { app, begin, client, confirm, events, pool } = await registered({ functions: { PostConfirmation: boom } });
    const { code } = await begin('ada');

    expect(await refusalOfCall(confirm('ada', code))).toBe(failed);
    expect(await lookAt(client, pool, 'ada')).toMatchObject({
      status: 'CONFIRMED',
      attributes: { email_verified: 'true' },
    });
    expect((await signIn(client, app, { username: 'ada' })).AuthenticationResult).toBeDefined();
    // The code is spent.
    expect(await refusalOfCall(confirm('ada', code))).toBe(confirmedAlready);
    expect(events.length).toBe(1);
  });

  test('that answers no event is heard of, and the user stays confirmed (triggers-and-messages 7)', async () => {
    for (const [answer, refusal] of [
      ['done', 'InvalidLambdaResponseException: Unrecognizable lambda output'],
      [undefined, 'InvalidLambdaResponseException: Invalid lambda function output : Invalid JSON'],
    ]) {
      const room = await registered({ whole: { [arnOf('PostConfirmation')]: () => answer } });
      const { code } = await room.begin('ada');

      expect(await refusalOfCall(room.confirm('ada', code))).toBe(refusal);
      expect((await lookAt(room.client, room.pool, 'ada')).status).toBe('CONFIRMED');
    }
  });

  test('may answer what it likes in its response', async () => {
    let response: unknown;
    const { begin, client, confirm, pool } = await registered({ functions: { PostConfirmation: () => response } });
    let count = 0;
    const someResponse = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 1 }));
    await fc.assert(
      fc.asyncProperty(someResponse, async (next) => {
        response = next;
        const name = `user-${count++}`;
        const { sub, code } = await begin(name);
        expect(bodyOf(await confirm(name, code))).toEqual({});
        expect((await lookAt(client, pool, name)).attributes).toEqual({ sub, email, email_verified: 'true' });
      }),
      { numRuns: 15 },
    );
  });

  test('runs once, however many give the code side by side', async () => {
    const { begin, confirm, events } = await registered();
    const { code } = await begin('ada');
    const { 'nothing is refused': confirmed } = await tallyOf(Array.from({ length: 10 }, () => confirm('ada', code)));

    expect(confirmed).toBe(1);
    expect(events.length).toBe(1);
  });

  test('may read, link and change the very user (triggers-and-messages 29)', async () => {
    const { begin, client, confirm, pool, service } = await registered({
      functions: {
        async PostConfirmation({ userName: Username }, around) {
          const named = { UserPoolId: around.pool.id, Username };
          const { UserStatus } = await around.client.send(new AdminGetUserCommand(named));
          const UserAttributes = attributesOf({ nickname: `${UserStatus}` });
          await around.client.send(new AdminUpdateUserAttributesCommand({ ...named, UserAttributes }));
          await linksOf(around, around.pool).link(Username, account('Google', '1234'));
          return {};
        },
      },
    });
    await providersOf(service, pool).create({ ProviderType: 'Google' });
    const { code } = await begin('ada');
    await confirm('ada', code);

    expect((await lookAt(client, pool, 'ada')).attributes).toMatchObject({ nickname: 'CONFIRMED', email });
    expect(await linksOf(service, pool).identities('ada')).toMatchObject([{ providerName: 'Google', userId: '1234' }]);
  });

  test('may remove the very user', async () => {
    const { begin, client, confirm, pool } = await registered({
      functions: {
        async PostConfirmation({ userName: Username }, around) {
          await around.client.send(new AdminDeleteUserCommand({ UserPoolId: around.pool.id, Username }));
          return {};
        },
      },
    });
    const { code } = await begin('ada');

    expect(bodyOf(await confirm('ada', code))).toEqual({});
    expect(await refusalOfCall(lookAt(client, pool, 'ada'))).toBe(nobody);
  });
});
