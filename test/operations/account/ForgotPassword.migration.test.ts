/** UserMigration of people who forgot the password that they have elsewhere. */
import {
  ConfirmForgotPasswordCommand,
  type CreateUserPoolCommandInput,
  ForgotPasswordCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { bodyOf, combinationNotFound, limitExceeded, lookAt, nobody, refusalOfCall } from '../../support/people.ts';
import { arnOf, boom, nothing, type SignInRoom, signInRoom } from '../../support/sign-in-functions.ts';

const email = 'ada@example.com';
const known = {
  userAttributes: { email, email_verified: 'true' },
  finalUserStatus: 'CONFIRMED',
  messageAction: 'SUPPRESS',
};
const next = 'Another-Horse-9';
const hiding = { PreventUserExistenceErrors: 'ENABLED' } as const;
const notMigrated = (app: { id: string }) => `UserNotFoundException: Exception migrating user in app client ${app.id}`;

async function forgetting(UserMigration: () => unknown, given: SignInRoom = {}) {
  const room = await signInRoom({ functions: { UserMigration }, ...given });
  const { client, app } = room;
  return {
    ...room,
    forget: (Username = 'ada', ClientMetadata?: Record<string, string>) =>
      client.send(new ForgotPasswordCommand({ ClientId: app.id, Username, ClientMetadata })),
    reset: (ConfirmationCode: string) =>
      client.send(
        new ConfirmForgotPasswordCommand({ ClientId: app.id, Username: 'ada', Password: next, ConfirmationCode }),
      ),
  };
}

describe('UserMigration of somebody who forgot the password', () => {
  test('gets the whole event, without a password (triggers-and-messages 3, 13, 21)', async () => {
    const { forget, events, app, pool } = await forgetting(() => known);
    await forget('ada', { tenant: 'a' });

    expect(events).toEqual([
      {
        version: '1',
        triggerSource: 'UserMigration_ForgotPassword',
        region: 'us-east-1',
        userPoolId: pool.id,
        userName: 'ada',
        callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: app.id },
        request: { validationData: null, clientMetadata: { tenant: 'a' } },
        response: {
          userAttributes: null,
          finalUserStatus: null,
          messageAction: null,
          desiredDeliveryMediums: null,
          forceAliasCreation: null,
          enableSMSMFA: null,
        },
      },
    ]);
  });

  test('makes a user who gets a code, and signs in with the password that they choose (triggers-and-messages 21)', async () => {
    for (const finalUserStatus of ['CONFIRMED', 'RESET_REQUIRED']) {
      const { forget, reset, signIn, client, events, outbox, pool } = await forgetting(() => ({
        ...known,
        finalUserStatus,
      }));
      expect((await forget()).CodeDeliveryDetails).toMatchObject({ AttributeName: 'email', DeliveryMedium: 'EMAIL' });
      expect((await lookAt(client, pool, 'ada')).status).toBe(finalUserStatus);
      await reset(await outbox.codeFor({ poolId: pool.id, username: 'ada' }));
      await signIn.tokens('ada', next);
      expect((await lookAt(client, pool, 'ada')).status).toBe('CONFIRMED');
      expect(events).toHaveLength(1);
    }
  });

  test('has nobody sign in before they have chosen a password', async () => {
    const { forget, signIn } = await forgetting(() => known);
    await forget();

    for (const password of ['undefined', 'null', ' ', next]) {
      expect(await refusalOfCall(signIn.byPassword('ada', password))).toMatch(/^NotAuthorizedException/);
    }
  });

  test('that fails, or knows nobody, is told as each client may hear it (triggers-and-messages 21)', async () => {
    for (const migration of [boom, nothing, () => ({ userAttributes: { email: 'no address' } })]) {
      const open = await forgetting(migration);
      expect(await refusalOfCall(open.forget())).toBe(notMigrated(open.app));
      const closed = await forgetting(migration, { client: hiding });
      expect(bodyOf(await closed.forget())).toMatchObject({ CodeDeliveryDetails: {} });
      for (const { client, pool, outbox } of [open, closed]) {
        expect(await refusalOfCall(lookAt(client, pool, 'ada'))).toBe(nobody);
        expect(await outbox.list({ poolId: pool.id })).toEqual([]);
      }
    }
  });

  test('that does not answer is told to clients that may know who exists alone', async () => {
    const pool: Partial<CreateUserPoolCommandInput> = {
      LambdaConfig: { UserMigration: `${arnOf('UserMigration')}-gone` },
    };
    expect(await refusalOfCall((await forgetting(nothing, { pool })).forget())).toBe(
      'UnexpectedLambdaException: UserMigration invocation failed due to error ResourceNotFoundException.',
    );
    const { forget } = await forgetting(nothing, { pool, client: hiding });
    expect(bodyOf(await forget())).toMatchObject({ CodeDeliveryDetails: {} });
  });

  test('hears of a name only as often as its password may be forgotten, which is as often as that of a user', async () => {
    for (const client of [{}, hiding]) {
      const { forget, aUser, pool, events } = await forgetting(nothing, { client });
      await aUser(pool, { username: 'bob', attributes: known.userAttributes });
      for (const name of ['ada', 'bob']) {
        for (const _ of Array(20)) expect(await refusalOfCall(forget(name))).not.toBe(limitExceeded);
        expect(await refusalOfCall(forget(name))).toBe(limitExceeded);
      }
      expect(events).toHaveLength(20);
    }
  });

  test('makes one user of several who ask at once', async () => {
    const { forget, client, pool } = await forgetting(() => known);
    await Promise.all(Array.from({ length: 5 }, () => forget()));

    expect((await lookAt(client, pool, 'ada')).attributes['email']).toBe(email);
  });

  test('does not run in a pool that leaves recovery to its administrators, nor without a function', async () => {
    const { forget, events } = await forgetting(() => known, {
      pool: { AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] } },
    });
    expect(await refusalOfCall(forget())).not.toBe('nothing is refused');
    expect(events).toEqual([]);
    const { client, aClient, aPool } = await signInRoom();
    const app = await aClient(await aPool());
    const asked = new ForgotPasswordCommand({ ClientId: app.id, Username: 'ada' });
    expect(await refusalOfCall(client.send(asked))).toBe(combinationNotFound);
  });
});
