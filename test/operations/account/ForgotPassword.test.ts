import {
  AdminDisableUserCommand,
  AdminUpdateUserAttributesCommand,
  ForgotPasswordCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import type { MfaPreferences, UserStatus } from '../../../lambdas/core/model/user.ts';
import { attributesOf } from '../../support/builders.ts';
import {
  aClientWithSecret,
  bodyOf,
  combinationNotFound,
  hour,
  limitExceeded,
  lookAt,
  refusalOfCall,
  signUp,
  tallyOf,
} from '../../support/people.ts';
import { failingMessenger } from '../../support/recording-messenger.ts';
import { type Service, startService } from '../../support/start-service.ts';

const email = 'fixture@example.com';
const phone = '+12065559934';
const verifiedEmail = { email, email_verified: 'true' };
const verifiedPhone = { phone_number: phone, phone_number_verified: 'true' };
const toEmail = { Destination: 'f***@e***', DeliveryMedium: 'EMAIL', AttributeName: 'email' };
const toPhone = { Destination: '+*******9934', DeliveryMedium: 'SMS', AttributeName: 'phone_number' };
const nothingVerified =
  'InvalidParameterException: Cannot reset password for the user as there is no registered/verified email or phone_number';
const notInThisState = 'NotAuthorizedException: User password cannot be reset in the current state.';

async function recovering(settings: Parameters<Service['aPool']>[0] = {}, app: Parameters<Service['aClient']>[1] = {}) {
  const service = await startService();
  const pool = await service.aPool(settings);
  const client = await service.aClient(pool, app);
  const forgot = (Username: string, ClientId = client.id) =>
    service.client.send(new ForgotPasswordCommand({ ClientId, Username }));
  return { ...service, pool, app: client, forgot };
}

type Recovering = Awaited<ReturnType<typeof recovering>>;

/** States that no built operation leads to are written as they would be kept. */
async function put(
  { ports, pool }: Pick<Recovering, 'ports' | 'pool'>,
  username: string,
  members: { readonly status?: UserStatus; readonly mfa?: MfaPreferences },
) {
  const kept = await ports.pools.find(pool.id);
  const user = kept && (await ports.users.find(kept, username));
  if (!kept || !user) throw new Error('There is no such user');
  expect(await ports.users.save(kept, user, { ...user, ...members })).toBe('saved');
}

describe('ForgotPassword', () => {
  test('sends a code to a verified address that the pool verifies nobody by (pools-and-users 47)', async () => {
    const { client, aUser, app, pool, outbox, forgot } = await recovering();
    await aUser(pool, { username: 'ada', attributes: verifiedEmail });

    expect(bodyOf(await forgot('ada'))).toEqual({ CodeDeliveryDetails: toEmail });
    expect(await outbox.last({ poolId: pool.id })).toMatchObject({
      to: email,
      kind: 'ForgotPassword',
      username: 'ada',
      clientId: app.id,
      code: expect.stringMatching(/^[0-9]{6}$/),
    });
    expect((await lookAt(client, pool, 'ada')).status).toBe('CONFIRMED');
  });

  const first = (Name: 'verified_email' | 'verified_phone_number', Priority: number) => ({ Name, Priority });
  test.each([
    ['by default', undefined, { ...verifiedEmail, ...verifiedPhone }, toPhone],
    ['by default', undefined, { ...verifiedEmail, phone_number: phone }, toEmail],
    ['by default', undefined, { email, ...verifiedPhone }, toPhone],
    [
      'phone first',
      [first('verified_email', 2), first('verified_phone_number', 1)],
      { ...verifiedEmail, ...verifiedPhone },
      toPhone,
    ],
    [
      'phone first',
      [first('verified_email', 2), first('verified_phone_number', 1)],
      { ...verifiedEmail, phone_number: phone },
      toEmail,
    ],
    [
      'email first',
      [first('verified_phone_number', 2), first('verified_email', 1)],
      { ...verifiedEmail, ...verifiedPhone },
      toEmail,
    ],
    ['email alone', [first('verified_email', 1)], { ...verifiedEmail, ...verifiedPhone }, toEmail],
  ])(
    'goes %s (%j) to the first verified address of %j (pools-and-users 47)',
    async (_order, mechanisms, attributes, details) => {
      const { aUser, pool, forgot } = await recovering(
        mechanisms && { AccountRecoverySetting: { RecoveryMechanisms: mechanisms } },
      );
      await aUser(pool, { username: 'ada', attributes });

      expect(bodyOf(await forgot('ada'))).toEqual({ CodeDeliveryDetails: details });
    },
  );

  test('skips the channel of the second factor (pools-and-users 47)', async () => {
    const service = await recovering({
      SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/any' },
      AutoVerifiedAttributes: ['phone_number'],
      MfaConfiguration: 'OPTIONAL',
      AccountRecoverySetting: { RecoveryMechanisms: [first('verified_phone_number', 1), first('verified_email', 2)] },
    });
    const { aUser, pool, forgot } = service;
    await aUser(pool, { username: 'ada', attributes: { ...verifiedEmail, ...verifiedPhone } });
    expect(bodyOf(await forgot('ada'))).toEqual({ CodeDeliveryDetails: toPhone });
    await put(service, 'ada', { mfa: { enabled: ['SMS_MFA'] } });
    expect(bodyOf(await forgot('ada'))).toEqual({ CodeDeliveryDetails: toEmail });
    await put(service, 'ada', { mfa: { enabled: ['EMAIL_OTP'] } });
    expect(bodyOf(await forgot('ada'))).toEqual({ CodeDeliveryDetails: toPhone });
    await put(service, 'ada', { mfa: { enabled: ['EMAIL_OTP', 'SMS_MFA'] } });
    expect(await refusalOfCall(forgot('ada'))).toBe(nothingVerified);
  });

  test('needs a verified address (pools-and-users 47)', async () => {
    const { client, aUser, app, pool, forgot } = await recovering({ AutoVerifiedAttributes: ['email'] });
    await aUser(pool, { username: 'without' });
    await aUser(pool, { username: 'unverified', attributes: { email, phone_number: phone } });
    await signUp(client, app, { username: 'waiting', attributes: { email } });

    for (const name of ['without', 'unverified', 'waiting']) {
      expect(await refusalOfCall(forgot(name))).toBe(nothingVerified);
    }
  });

  test('is refused to those who are disabled, invited or of another provider (pools-and-users 47)', async () => {
    const service = await recovering();
    const { client, aUser, pool, forgot } = service;
    await aUser(pool, { username: 'disabled', attributes: verifiedEmail });
    await client.send(new AdminDisableUserCommand({ UserPoolId: pool.id, Username: 'disabled' }));
    await aUser(pool, { username: 'invited', attributes: verifiedEmail, invited: true });
    await aUser(pool, { username: 'federated', attributes: verifiedEmail });
    await put(service, 'federated', { status: 'EXTERNAL_PROVIDER' });

    expect(await refusalOfCall(forgot('disabled'))).toBe('NotAuthorizedException: User is disabled.');
    expect(await refusalOfCall(forgot('invited'))).toBe(notInThisState);
    expect(await refusalOfCall(forgot('federated'))).toBe(notInThisState);
  });

  test('is refused to everybody where administrators recover accounts (pools-and-users 47)', async () => {
    const { aUser, aClient, pool, forgot } = await recovering({
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
    });
    await aUser(pool, { username: 'ada', attributes: verifiedEmail });
    const hiding = await aClient(pool, { PreventUserExistenceErrors: 'ENABLED' });

    expect(await refusalOfCall(forgot('ada'))).toBe('NotAuthorizedException: Contact administrator to reset password.');
    for (const name of ['ada', 'nobody']) {
      expect(await refusalOfCall(forgot(name, hiding.id))).toBe(
        'NotAuthorizedException: Contact administrator to reset password.',
      );
    }
  });

  test('does not know a name that nobody has (pools-and-users 47)', async () => {
    const { forgot } = await recovering();
    expect(await refusalOfCall(forgot('nobody'))).toBe(combinationNotFound);
  });

  test('is asked for twenty times an hour (pools-and-users 47)', async () => {
    const { aUser, pool, clock, outbox, forgot } = await recovering();
    await aUser(pool, { username: 'ada', attributes: verifiedEmail });
    const many = Array.from({ length: 30 }, () => forgot('ada'));

    expect(await tallyOf(many)).toEqual({ 'nothing is refused': 20, [limitExceeded]: 10 });
    expect(await outbox.list({ poolId: pool.id })).toHaveLength(20);
    clock.advance(hour);
    expect(await refusalOfCall(forgot('ada'))).toBe('nothing is refused');
  });

  test('finds the user by alias and sub', async () => {
    const { aUser, pool, outbox, forgot } = await recovering({
      AliasAttributes: ['email', 'preferred_username'],
      UsernameConfiguration: { CaseSensitive: false },
    });
    const { sub } = await aUser(pool, { username: 'ada', attributes: verifiedEmail });
    for (const name of ['ADA', email.toUpperCase(), sub]) {
      expect(bodyOf(await forgot(name))).toEqual({ CodeDeliveryDetails: toEmail });
      expect((await outbox.last({ poolId: pool.id })).username).toBe('ada');
    }
  });

  test('says that the message could not be sent', async () => {
    const service = await startService({ ports: { messenger: failingMessenger() } });
    const pool = await service.aPool();
    const app = await service.aClient(pool);
    await service.aUser(pool, { username: 'ada', attributes: verifiedEmail });

    const forgot = service.client.send(new ForgotPasswordCommand({ ClientId: app.id, Username: 'ada' }));
    expect(await refusalOfCall(forgot)).toBe('CodeDeliveryFailureException: The email message could not be sent.');
  });

  test('asks for the hash of a secret', async () => {
    const { client, aUser, pool } = await recovering();
    await aUser(pool, { username: 'ada', attributes: verifiedEmail });
    const { id: ClientId, hashFor } = await aClientWithSecret(client, pool);
    const ask = (SecretHash?: string) =>
      refusalOfCall(client.send(new ForgotPasswordCommand({ ClientId, SecretHash, Username: 'ada' })));

    expect(await ask()).toBe(
      `NotAuthorizedException: Client ${ClientId} is configured for secret but secret was not received`,
    );
    expect(await ask(hashFor('eve'))).toBe(
      `NotAuthorizedException: Unable to verify secret hash for client ${ClientId}`,
    );
    expect(await ask(hashFor('ada'))).toBe('nothing is refused');
  });
});

describe('To a client that hides who exists, ForgotPassword', () => {
  async function hiding() {
    const service = await recovering({ AutoVerifiedAttributes: ['email'] }, { PreventUserExistenceErrors: 'ENABLED' });
    const { client, app, pool, aUser } = service;
    await aUser(pool, { username: 'ada', attributes: verifiedEmail });
    await aUser(pool, { username: 'without' });
    await aUser(pool, { username: 'disabled', attributes: verifiedEmail });
    await client.send(new AdminDisableUserCommand({ UserPoolId: pool.id, Username: 'disabled' }));
    await aUser(pool, { username: 'invited', attributes: verifiedEmail, invited: true });
    await signUp(client, app, { username: 'waiting', attributes: { email } });
    await aUser(pool, { username: 'federated', attributes: verifiedEmail });
    await put(service, 'federated', { status: 'EXTERNAL_PROVIDER' });
    return { ...service, hidden: ['nobody', 'without', 'disabled', 'invited', 'waiting', 'federated'] };
  }

  test('answers in the same shape whoever is asked for (pools-and-users 49) (auth-flows 18)', async () => {
    const { call, app, pool, outbox, hidden } = await hiding();
    const shapeOf = async (Username: string) => {
      const { status, headers, json } = await call('ForgotPassword', { ClientId: app.id, Username });
      const { CodeDeliveryDetails: details } = json as { CodeDeliveryDetails: Record<string, string> };
      const shape = details['Destination']?.replace(/[a-z]/g, 'x');
      return {
        status,
        headers: Object.keys(headers),
        members: Object.keys(Object(json)),
        ...details,
        Destination: shape,
      };
    };

    const known = await shapeOf('ada');
    expect(known).toMatchObject({ Destination: 'x***@x***', DeliveryMedium: 'EMAIL', AttributeName: 'email' });
    for (const name of hidden) expect(await shapeOf(name)).toEqual(known);
    const sent = await outbox.list({ poolId: pool.id, kind: 'ForgotPassword' });
    expect(sent.map(({ username }) => username)).toEqual(['ada']);
  });

  test('has a destination that stays the same for a name, and differs between names and pools (pools-and-users 49)', async () => {
    const { forgot } = await hiding();
    const there = await hiding();
    const names = ['nobody', 'somebody', 'anybody', 'without'];
    const [once, twice, elsewhere] = await Promise.all(
      [forgot, forgot, there.forgot].map((each) =>
        Promise.all(names.map(async (name) => (await each(name)).CodeDeliveryDetails?.Destination)),
      ),
    );

    expect(twice).toEqual(once);
    expect(new Set(once).size).toBeGreaterThan(1);
    expect(elsewhere).not.toEqual(once);
  });

  test('masks a name that is an address as a real one would be (pools-and-users 49) (auth-flows 18)', async () => {
    const { forgot } = await recovering({ UsernameAttributes: ['email'] }, { PreventUserExistenceErrors: 'ENABLED' });

    expect(bodyOf(await forgot('nobody@where.com'))).toEqual({
      CodeDeliveryDetails: { Destination: 'n***@w***', DeliveryMedium: 'EMAIL', AttributeName: 'email' },
    });
  });

  test('counts for every name alike', async () => {
    const { forgot, hidden } = await hiding();
    for (const name of ['ada', ...hidden]) {
      const many = Array.from({ length: 22 }, () => forgot(name));
      expect(await tallyOf(many)).toEqual({ 'nothing is refused': 20, [limitExceeded]: 2 });
    }
  });
});

test('ForgotPassword reaches an address only once an administrator calls it verified', async () => {
  const { client, aUser, pool, forgot } = await recovering();
  await aUser(pool, { username: 'ada', attributes: { email } });
  expect(await refusalOfCall(forgot('ada'))).toBe(nothingVerified);
  await client.send(
    new AdminUpdateUserAttributesCommand({
      UserPoolId: pool.id,
      Username: 'ada',
      UserAttributes: attributesOf({ email_verified: 'true' }),
    }),
  );
  expect(bodyOf(await forgot('ada'))).toEqual({ CodeDeliveryDetails: toEmail });
});
