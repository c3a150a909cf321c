/** What moves the date of a user's last change, and what leaves it where it is. */
import {
  AdminConfirmSignUpCommand,
  AdminDeleteUserAttributesCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminResetUserPasswordCommand,
  AdminSetUserPasswordCommand,
  AdminSetUserSettingsCommand,
  AdminUpdateUserAttributesCommand,
  AdminUserGlobalSignOutCommand,
  ChangePasswordCommand,
  ConfirmForgotPasswordCommand,
  DeleteUserAttributesCommand,
  ForgotPasswordCommand,
  GetUserAttributeVerificationCodeCommand,
  GlobalSignOutCommand,
  ResendConfirmationCodeCommand,
  RespondToAuthChallengeCommand,
  SetUserSettingsCommand,
  UpdateUserAttributesCommand,
  VerifyUserAttributeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect, test } from 'vitest';
import { attributesOf, somePassword } from '../support/builders.ts';
import { confirm, signIn, signUp, tokenOf } from '../support/people.ts';
import { startService } from '../support/start-service.ts';

const next = 'Another-Horse-9';
const phone = '+12065559934';
const email = 'fixture@example.com';
const addresses = { email, email_verified: 'true', phone_number: phone };
const sms = { DeliveryMedium: 'SMS', AttributeName: 'phone_number' } as const;

/** Somebody in the middle of everything: a session, codes for all purposes, and people who are not that far. */
async function aWorld() {
  const service = await startService();
  const { client, outbox, clock, aUser } = service;
  const pool = await service.aPool({ AutoVerifiedAttributes: ['email'] });
  const app = await service.aClient(pool);
  await aUser(pool, { username: 'ada', attributes: { ...addresses, name: 'Ada' } });
  await aUser(pool, { username: 'disabled' });
  await aUser(pool, { username: 'invited', invited: true });
  await signUp(client, app, { username: 'waiting', attributes: { email } });
  await client.send(new AdminDisableUserCommand({ UserPoolId: pool.id, Username: 'disabled' }));
  const AccessToken = await tokenOf(client, app, { username: 'ada' });
  const { Session } = await signIn(client, app, { username: 'invited' });
  const changedAt = async (Username: string) =>
    (await client.send(new AdminGetUserCommand({ UserPoolId: pool.id, Username }))).UserLastModifiedDate?.getTime();
  const codeFor = (username: string) => outbox.codeFor({ poolId: pool.id, username });
  return { client, clock, pool, app, AccessToken, Session, changedAt, codeFor };
}

type World = Awaited<ReturnType<typeof aWorld>>;

const ada = ({ pool }: World) => ({ UserPoolId: pool.id, Username: 'ada' });
const forget = ({ client, app }: World) =>
  client.send(new ForgotPasswordCommand({ ClientId: app.id, Username: 'ada' }));
const askForCode = ({ client, AccessToken }: World) =>
  client.send(new GetUserAttributeVerificationCodeCommand({ AccessToken, AttributeName: 'email' }));

test.each<[string, string, (world: World) => Promise<unknown>]>([
  [
    'UpdateUserAttributes',
    'ada',
    ({ client, AccessToken }) =>
      client.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes: attributesOf({ name: 'Eve' }) })),
  ],
  [
    'DeleteUserAttributes',
    'ada',
    ({ client, AccessToken }) =>
      client.send(new DeleteUserAttributesCommand({ AccessToken, UserAttributeNames: ['name'] })),
  ],
  [
    'VerifyUserAttribute',
    'ada',
    async (world) => {
      await askForCode(world);
      const verify = { AccessToken: world.AccessToken, AttributeName: 'email', Code: await world.codeFor('ada') };
      return world.client.send(new VerifyUserAttributeCommand(verify));
    },
  ],
  [
    'ChangePassword',
    'ada',
    ({ client, AccessToken }) =>
      client.send(new ChangePasswordCommand({ AccessToken, PreviousPassword: somePassword, ProposedPassword: next })),
  ],
  [
    'ConfirmForgotPassword',
    'ada',
    async (world) => {
      await forget(world);
      const code = { ConfirmationCode: await world.codeFor('ada'), Password: next };
      return world.client.send(new ConfirmForgotPasswordCommand({ ClientId: world.app.id, Username: 'ada', ...code }));
    },
  ],
  [
    'the answer to NEW_PASSWORD_REQUIRED',
    'invited',
    ({ client, app, Session }) =>
      client.send(
        new RespondToAuthChallengeCommand({
          ClientId: app.id,
          ChallengeName: 'NEW_PASSWORD_REQUIRED',
          Session,
          ChallengeResponses: { USERNAME: 'invited', NEW_PASSWORD: next },
        }),
      ),
  ],
  [
    'ConfirmSignUp',
    'waiting',
    async ({ client, app, codeFor }) => confirm(client, app, 'waiting', await codeFor('waiting')),
  ],
  [
    'AdminConfirmSignUp',
    'waiting',
    ({ client, pool }) => client.send(new AdminConfirmSignUpCommand({ UserPoolId: pool.id, Username: 'waiting' })),
  ],
  [
    'AdminSetUserPassword',
    'ada',
    (world) => world.client.send(new AdminSetUserPasswordCommand({ ...ada(world), Password: next, Permanent: true })),
  ],
  ['AdminResetUserPassword', 'ada', (world) => world.client.send(new AdminResetUserPasswordCommand(ada(world)))],
  [
    'AdminUpdateUserAttributes',
    'ada',
    (world) =>
      world.client.send(
        new AdminUpdateUserAttributesCommand({ ...ada(world), UserAttributes: attributesOf({ name: 'Eve' }) }),
      ),
  ],
  [
    'AdminDeleteUserAttributes',
    'ada',
    (world) => world.client.send(new AdminDeleteUserAttributesCommand({ ...ada(world), UserAttributeNames: ['name'] })),
  ],
  ['AdminDisableUser', 'ada', (world) => world.client.send(new AdminDisableUserCommand(ada(world)))],
  [
    'AdminEnableUser',
    'disabled',
    ({ client, pool }) => client.send(new AdminEnableUserCommand({ UserPoolId: pool.id, Username: 'disabled' })),
  ],
])('%s moves the date of the last change of %s', async (_name, username, call) => {
  const world = await aWorld();
  world.clock.advance(1500);
  await call(world);

  expect(await world.changedAt(username)).toBe(world.clock.now());
});

test.each<[string, string, (world: World) => Promise<unknown>]>([
  ['a sign-in', 'ada', ({ client, app }) => signIn(client, app, { username: 'ada' })],
  ['ForgotPassword', 'ada', forget],
  ['GetUserAttributeVerificationCode', 'ada', askForCode],
  [
    'ResendConfirmationCode',
    'waiting',
    ({ client, app }) => client.send(new ResendConfirmationCodeCommand({ ClientId: app.id, Username: 'waiting' })),
  ],
  ['GlobalSignOut', 'ada', ({ client, AccessToken }) => client.send(new GlobalSignOutCommand({ AccessToken }))],
  ['AdminUserGlobalSignOut', 'ada', (world) => world.client.send(new AdminUserGlobalSignOutCommand(ada(world)))],
  [
    'SetUserSettings',
    'ada',
    ({ client, AccessToken }) => client.send(new SetUserSettingsCommand({ AccessToken, MFAOptions: [sms] })),
  ],
  [
    'AdminSetUserSettings',
    'ada',
    (world) => world.client.send(new AdminSetUserSettingsCommand({ ...ada(world), MFAOptions: [sms] })),
  ],
  ['AdminEnableUser', 'ada', (world) => world.client.send(new AdminEnableUserCommand(ada(world)))],
  [
    'AdminDisableUser',
    'disabled',
    ({ client, pool }) => client.send(new AdminDisableUserCommand({ UserPoolId: pool.id, Username: 'disabled' })),
  ],
])('%s leaves the date of the last change of %s', async (_name, username, call) => {
  const world = await aWorld();
  const before = await world.changedAt(username);
  world.clock.advance(1500);
  await call(world);

  expect(await world.changedAt(username)).toBe(before);
});
