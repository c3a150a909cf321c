/** What devices, custom challenges, tracked sessions and their end cost of the database, as docs/data-model.md says it. */
import {
  AdminInitiateAuthCommand,
  AdminUserGlobalSignOutCommand,
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  ListUserSessionsCommand,
  RevokeTokenCommand,
  SetUserPoolSessionConfigurationCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { type Budgeted, type Measured, measured, price, type Room } from '../support/budgets.ts';
import { somePassword } from '../support/builders.ts';
import { customTriggers } from '../support/custom-functions.ts';
import { aDevice, confirm, newDeviceOf, provingDevice } from '../support/devices.ts';
import { type App, type SigningIn, sessionOf } from '../support/signing-in.ts';
import { srpClient } from '../support/srp-client.ts';

type Client = Partial<CreateUserPoolClientCommandInput>;
type Pool = Partial<CreateUserPoolCommandInput>;

const asWho = { USERNAME: 'ada' };

const tracking: Pool = { DeviceConfiguration: { ChallengeRequiredOnNewDevice: true } };

async function withDevice({ service, signIn }: Room) {
  const device = await aDevice(service, signIn, 'ada');
  const begin = (more = {}) => signIn.byPassword('ada', somePassword, { DEVICE_KEY: device.key, ...more });
  return { device, begin };
}

const custom = {
  pool: { LambdaConfig: customTriggers } satisfies Pool,
  settings: { ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH', 'ALLOW_USER_PASSWORD_AUTH'] } satisfies Client,
};

/** Sessions have no room for it. */
const longQuestion: Measured['functions'] = {
  CreateAuthChallenge: () => ({ privateChallengeParameters: { answer: 'x'.repeat(3000) } }),
};

/** So many questions of the three are answered. */
async function afterAnswers({ signIn }: Room, count: number): Promise<() => ReturnType<SigningIn['respond']>> {
  const answer = (session: string, number: number) =>
    signIn.respond('CUSTOM_CHALLENGE', { ...asWho, ANSWER: `answer ${number}` }, session);
  let session = sessionOf(await signIn.initiate('CUSTOM_AUTH', asWho));
  for (let number = 0; number < count; number += 1) session = sessionOf(await answer(session, number));
  return () => answer(session, count);
}

async function withSessions({ service, app, signIn }: Room): Promise<void> {
  await service.client.send(
    new SetUserPoolSessionConfigurationCommand({
      UserPoolId: app.poolId,
      UserSessionTracking: 'ENABLED',
      TokenSession: { MaxPerUser: 20 },
    }),
  );
  await signIn.tokens('ada');
}

const rotating: Client = {
  ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
  RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
};

const refreshed = ({ service, app }: Room, RefreshToken: string, DeviceKey?: string) =>
  service.client.send(new GetTokensFromRefreshTokenCommand({ RefreshToken, ClientId: app.id, DeviceKey }));

const devices: readonly Budgeted[] = [
  {
    name: 'a sign-in from a new device',
    pool: tracking,
    always: price(1, 1.5),
    never: price(1, 1),
    ready:
      async ({ signIn }) =>
      () =>
        signIn.tokens('ada'),
  },
  {
    name: 'ConfirmDevice',
    pool: tracking,
    always: price(2, 2.5, 8),
    never: price(2, 2, 8),
    async ready({ service, signIn }) {
      const device = newDeviceOf(await signIn.byPassword('ada'));
      return () => confirm(service, device);
    },
  },
  {
    name: 'a password from a remembered device',
    pool: tracking,
    always: price(2, 3.5),
    never: price(2, 3),
    async ready(room) {
      const { begin } = await withDevice(room);
      return () => begin();
    },
  },
  {
    name: 'the first leg of SRP of a device',
    pool: tracking,
    always: price(3, 3.5, 1),
    never: price(3, 3, 1),
    async ready(room) {
      const { device, begin } = await withDevice(room);
      const session = sessionOf(await begin());
      const responses = { ...asWho, DEVICE_KEY: device.key, SRP_A: srpClient().publicValue };
      return () => room.signIn.respond('DEVICE_SRP_AUTH', responses, session);
    },
  },
  {
    name: 'the second leg of SRP of a device',
    pool: tracking,
    always: price(5, 3.5, 3),
    never: price(5, 3, 3),
    async ready(room) {
      const { device, begin } = await withDevice(room);
      const { session, answer } = await provingDevice(room.service, room.signIn, await begin(), 'ada', device);
      return () => room.signIn.respond('DEVICE_PASSWORD_VERIFIER', answer, session);
    },
  },
  {
    name: 'a refresh on a device',
    pool: tracking,
    always: price(1, 4.5),
    never: price(1, 4),
    async ready(room) {
      const { device } = await withDevice(room);
      return () => refreshed(room, device.refresh, device.key);
    },
  },
];

const customChallenges: readonly Budgeted[] = [
  {
    ...custom,
    name: 'CUSTOM_AUTH, the first question',
    always: price(1, 1.5),
    never: price(1, 1),
    ready:
      async ({ signIn }) =>
      () =>
        signIn.initiate('CUSTOM_AUTH', asWho),
  },
  {
    ...custom,
    name: 'CUSTOM_AUTH, a round',
    always: price(2, 1.5, 1),
    never: price(2, 1, 1),
    ready: (room) => afterAnswers(room, 1),
  },
  {
    ...custom,
    name: 'CUSTOM_AUTH, the last round',
    always: price(3, 2.5, 1),
    never: price(3, 2, 1),
    ready: (room) => afterAnswers(room, 2),
  },
  {
    ...custom,
    name: 'CUSTOM_AUTH, a first question that is long to remember',
    functions: longQuestion,
    always: price(2, 1.5, 4),
    never: price(2, 1, 4),
    ready:
      async ({ signIn }) =>
      () =>
        signIn.initiate('CUSTOM_AUTH', asWho),
  },
  {
    ...custom,
    name: 'CUSTOM_AUTH, a round that is long to remember',
    functions: longQuestion,
    always: price(4, 2.5, 5),
    never: price(4, 2, 5),
    ready: (room) => afterAnswers(room, 0),
  },
];

const trackedSessions: readonly Budgeted[] = [
  {
    name: 'a tracked sign-in',
    always: price(3, 2.5, 1),
    never: price(3, 2, 1),
    async ready(room) {
      await withSessions(room);
      return () => room.signIn.tokens('ada');
    },
  },
  {
    name: 'a refresh of a tracked session',
    always: price(2, 2.5, 1),
    never: price(2, 2, 1),
    async ready(room) {
      await withSessions(room);
      const { refresh } = await room.signIn.tokens('ada');
      return () => refreshed(room, refresh);
    },
  },
  {
    name: 'a refresh with rotation of a tracked session',
    settings: rotating,
    always: price(3, 1.5, 2),
    never: price(3, 1, 2),
    async ready(room) {
      await withSessions(room);
      const { refresh } = await room.signIn.tokens('ada');
      return () => refreshed(room, refresh);
    },
  },
  {
    name: 'GetUser of a tracked session',
    always: price(1, 2.5),
    never: price(1, 2),
    async ready(room) {
      await withSessions(room);
      const { access } = await room.signIn.tokens('ada');
      return () => room.service.client.send(new GetUserCommand({ AccessToken: access }));
    },
  },
  {
    name: 'ListUserSessions',
    always: price(2, 3.5),
    never: price(2, 3),
    async ready(room) {
      await withSessions(room);
      const { access } = await room.signIn.tokens('ada');
      return () => room.service.client.send(new ListUserSessionsCommand({ AccessToken: access }));
    },
  },
  {
    name: 'RevokeToken of a tracked session',
    always: price(3, 0.5, 2),
    never: price(2, 0, 2),
    async ready(room) {
      await withSessions(room);
      const { refresh } = await room.signIn.tokens('ada');
      return () => revoked(room, refresh);
    },
  },
  {
    name: 'GlobalSignOut of a tracked session',
    always: price(2, 2.5, 2),
    never: price(2, 2, 2),
    async ready(room) {
      await withSessions(room);
      const { access } = await room.signIn.tokens('ada');
      return () => room.service.client.send(new GlobalSignOutCommand({ AccessToken: access }));
    },
  },
];

const revoked = ({ service, app }: Pick<Room, 'service'> & { readonly app: App }, Token: string) =>
  service.client.send(new RevokeTokenCommand({ Token, ClientId: app.id }));

const others: readonly Budgeted[] = [
  {
    name: 'a password by an administrator',
    always: price(2, 1.5),
    never: price(1, 1),
    ready:
      async ({ service, app }) =>
      () =>
        service.client.send(
          new AdminInitiateAuthCommand({
            UserPoolId: app.poolId,
            ClientId: app.id,
            AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
            AuthParameters: { ...asWho, PASSWORD: somePassword },
          }),
        ),
  },
  {
    name: 'GlobalSignOut',
    always: price(2, 2.5, 2),
    never: price(2, 2, 2),
    ready:
      async ({ service, tokens }) =>
      () =>
        service.client.send(new GlobalSignOutCommand({ AccessToken: tokens.access })),
  },
  {
    name: 'AdminUserGlobalSignOut',
    always: price(3, 1.5, 2),
    never: price(2, 1, 2),
    ready:
      async ({ service, app }) =>
      () =>
        service.client.send(new AdminUserGlobalSignOutCommand({ UserPoolId: app.poolId, Username: 'ada' })),
  },
];

describe.each(['always', 'never'] as const)('With the version checked %s,', (versionCheck) => {
  test.each([devices, customChallenges, trackedSessions, others].flat())('$name costs what it did', async (path) => {
    expect(await measured(versionCheck, path)).toEqual(path[versionCheck]);
  });
});
