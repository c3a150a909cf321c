/** The function that runs before an administrator's new user is written. */
import {
  AdminCreateUserCommand,
  type AdminCreateUserCommandInput,
  DeleteUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { attributesOf } from '../../support/builders.ts';
import { lookAt, nobody, recordOf, refusalOfCall, tallyOf } from '../../support/people.ts';
import {
  arnOf,
  gate,
  type RegistrationRoom,
  registrationRoom,
  sourcesOf,
} from '../../support/registration-functions.ts';

const email = 'ada@example.com';
const phone = '+12065559934';
const taken = 'UsernameExistsException: User account already exists';
const boom = () => {
  throw new Error('boom');
};

async function administering(given: RegistrationRoom = {}) {
  const room = await registrationRoom(given);
  const create = (
    Username: string,
    attributes: Readonly<Record<string, string>> = {},
    more: Partial<AdminCreateUserCommandInput> = {},
  ) =>
    room.client.send(
      new AdminCreateUserCommand({
        UserPoolId: room.pool.id,
        Username,
        UserAttributes: attributesOf(attributes),
        ...more,
      }),
    );
  return { ...room, create };
}

describe('PreSignUp of a user whom an administrator adds', () => {
  test('gets the whole event, which names no client (triggers-and-messages 3, 4, 13)', async () => {
    const { create, events, pool } = await administering();
    const verified = { email, email_verified: 'true' };
    await create('ada', verified, {
      ValidationData: [{ Name: 'department', Value: 'x' }],
      ClientMetadata: { tenant: 'a' },
      TemporaryPassword: 'Temporary-Horse-9',
    });

    expect(events).toEqual([
      {
        version: '1',
        triggerSource: 'PreSignUp_AdminCreateUser',
        region: 'us-east-1',
        userPoolId: pool.id,
        userName: 'ada',
        callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: 'CLIENT_ID_NOT_APPLICABLE' },
        request: {
          userAttributes: verified,
          validationData: { department: 'x' },
          clientMetadata: { tenant: 'a' },
        },
        response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
      },
    ]);
  });

  test('is told the name that the user will have where usernames are addresses', async () => {
    const { create, events } = await administering({ pool: { UsernameAttributes: ['email'] } });
    const { User } = await create(email);

    expect(events[0]).toMatchObject({
      userName: User?.Username,
      request: { userAttributes: { email }, validationData: null },
    });
  });

  test('has no say but to refuse (triggers-and-messages 9)', async () => {
    const { client, create, events, outbox, pool } = await administering({
      functions: { PreSignUp: () => ({ autoConfirmUser: true, autoVerifyEmail: true, autoVerifyPhone: true }) },
      pool: { AliasAttributes: ['email'] },
    });
    const { User } = await create('ada', { email });

    expect(User?.UserStatus).toBe('FORCE_CHANGE_PASSWORD');
    expect(recordOf(User?.Attributes)['email_verified']).toBeUndefined();
    expect(await refusalOfCall(lookAt(client, pool, email))).toBe(nobody);
    expect(await outbox.list({ poolId: pool.id })).toMatchObject([{ kind: 'AdminCreateUser', to: email }]);
    // Whoever was added so is never told to PostConfirmation.
    expect(sourcesOf(events)).toEqual(['PreSignUp_AdminCreateUser']);
  });

  test('refuses in its own words, and nobody is added (triggers-and-messages 5)', async () => {
    const { client, create, outbox, pool } = await administering({ functions: { PreSignUp: boom } });

    expect(await refusalOfCall(create('ada', { email }))).toBe(
      'UserLambdaValidationException: PreSignUp failed with error boom.',
    );
    expect(await refusalOfCall(lookAt(client, pool, 'ada'))).toBe(nobody);
    expect(await outbox.list({ poolId: pool.id })).toEqual([]);
  });

  test.each([[7], [{ response: 'yes' }], [{ response: { autoConfirmUser: 'yes' } }]])(
    'that answers %j adds nobody (triggers-and-messages 7)',
    async (answer) => {
      const { client, create, pool } = await administering({ whole: { [arnOf('PreSignUp')]: () => answer } });

      expect(await refusalOfCall(create('ada'))).toBe('InvalidLambdaResponseException: Unrecognizable lambda output');
      expect(await refusalOfCall(lookAt(client, pool, 'ada'))).toBe(nobody);
    },
  );

  test('runs when nobody is told, and not when somebody is told again', async () => {
    const { create, events } = await administering();
    await create('ada', { email }, { MessageAction: 'SUPPRESS' });
    expect(sourcesOf(events)).toEqual(['PreSignUp_AdminCreateUser']);

    await create('ada', {}, { MessageAction: 'RESEND' });
    expect(events.length).toBe(1);
  });

  test('runs only when there is nothing else against the user', async () => {
    const { create, events } = await administering({ pool: { AliasAttributes: ['email'] } });

    const refusals = await Promise.all([
      refusalOfCall(create(email)),
      refusalOfCall(create('ada', { email: 'no address' })),
      refusalOfCall(create('ada', { 'custom:unknown': '1' })),
      refusalOfCall(create('ada', {}, { TemporaryPassword: 'weak' })),
      refusalOfCall(create('ada', { email }, { DesiredDeliveryMediums: ['SMS'] })),
      refusalOfCall(create('nobody', {}, { MessageAction: 'RESEND' })),
    ]);
    expect(refusals).not.toContain('nothing is refused');
    expect(events).toEqual([]);
  });

  test('moves an alias only on the word of the administrator', async () => {
    const { aUser, client, create, pool } = await administering({
      functions: { PreSignUp: () => ({ autoVerifyEmail: true }) },
      pool: { AliasAttributes: ['email'] },
    });
    const verified = { email, email_verified: 'true' };
    await aUser(pool, { username: 'former', attributes: verified });

    expect(await refusalOfCall(create('ada', verified))).toMatch('AliasExistsException');
    expect((await lookAt(client, pool, email)).username).toBe('former');
    await create('ada', verified, { ForceAliasCreation: true });
    expect((await lookAt(client, pool, email)).username).toBe('ada');
  });

  test('may run for two of one name, of whom one is added', async () => {
    const both = gate(2);
    const { create, events } = await administering({
      functions: {
        async PreSignUp() {
          await both();
          return {};
        },
      },
    });

    expect(await tallyOf([create('ada'), create('ada')])).toEqual({ 'nothing is refused': 1, [taken]: 1 });
    expect(events.length).toBe(2);
  });

  test('may run while the pool goes, and nobody is left behind', async () => {
    const { create, outbox, pool, ports } = await administering({
      functions: {
        async PreSignUp(_event, around) {
          await around.client.send(new DeleteUserPoolCommand({ UserPoolId: around.pool.id }));
          return {};
        },
      },
    });
    const before = await ports.pools.read(pool.id);
    if (!before) throw new Error('There is no such pool');

    expect(await refusalOfCall(create('ada', { phone_number: phone }))).toBe(
      `ResourceNotFoundException: User pool ${pool.id} does not exist.`,
    );
    expect(await ports.users.find(before, 'ada')).toBeUndefined();
    expect(await outbox.list({ poolId: pool.id })).toEqual([]);
  });
});
