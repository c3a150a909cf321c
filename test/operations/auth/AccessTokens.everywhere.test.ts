/** Which access tokens are refused, by each of the operations that an access token alone stands for. */
import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminResetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  RevokeTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '../../../lambdas/core/contract/operation.ts';
import type { BuiltClient, BuiltPool } from '../../support/builders.ts';
import { builtOperations, someInput } from '../../support/built-operations.ts';
import { refusal, type SigningIn, signingIn } from '../../support/signing-in.ts';
import { type Service, startService } from '../../support/start-service.ts';

const invalid = 'NotAuthorizedException: Invalid Access Token';
const expired = 'NotAuthorizedException: Access Token has expired';
const revoked = 'NotAuthorizedException: Access Token has been revoked';
const outOfScope = 'NotAuthorizedException: Access Token does not have required scopes';
const nobody = 'UserNotFoundException: User does not exist.';
const toBeReset = 'PasswordResetRequiredException: Password reset required for the user';

/** As the API lists them. */
const names = [
  'AssociateSoftwareToken',
  'ChangePassword',
  'CompleteWebAuthnRegistration',
  'ConfirmDevice',
  'DeleteUser',
  'DeleteUserAttributes',
  'DeleteWebAuthnCredential',
  'ForgetDevice',
  'GetDevice',
  'GetUser',
  'GetUserAttributeVerificationCode',
  'GetUserAuthFactors',
  'GlobalSignOut',
  'ListDevices',
  'ListUserSessions',
  'ListWebAuthnCredentials',
  'RevokeUserSession',
  'SetUserMFAPreference',
  'SetUserSettings',
  'StartWebAuthnRegistration',
  'UpdateDeviceStatus',
  'UpdateUserAttributes',
  'VerifySoftwareToken',
  'VerifyUserAttribute',
];

const operations = (['token', 'public'] as const).flatMap((kind) => builtOperations(kind, 'AccessToken'));

/** A token, and the refusal that it meets everywhere. */
interface Refused {
  readonly token: string;
  readonly as: string;
}

interface Room {
  readonly service: Service;
  readonly pool: BuiltPool;
  readonly app: BuiltClient;
  readonly signIn: SigningIn;
}

async function aRoom(): Promise<Room> {
  const service = await startService();
  const pool = await service.aPool({ AutoVerifiedAttributes: ['email'] });
  const app = await service.aClient(pool);
  return { service, pool, app, signIn: signingIn(service, app) };
}

const somebody = ({ service, pool }: Room, username: string) =>
  service.aUser(pool, { username, attributes: { email: `${username}@example.com`, email_verified: 'true' } });

async function ofNobody(room: Room): Promise<readonly Refused[]> {
  const { service, pool, signIn } = room;
  await somebody(room, 'ada');
  const { access, id, refresh } = await signIn.tokens('ada');
  const claims = decodeJwt(access);
  const sign = (members: object) => service.ports.signer.sign(pool.id, 'access', { ...claims, ...members });
  const { username: _, ...ofClient } = claims;
  const unscoped = [
    await sign({ scope: 'openid email' }),
    await service.ports.signer.sign(pool.id, 'access', { ...ofClient, scope: 'shop/read' }),
  ];
  const unsound = ['x', 'e30.e30.e30', id, refresh, `${access.slice(0, -6)}AAAAAA`, await sign({ token_use: 'id' })];
  return [...unsound.map((token) => ({ token, as: invalid })), ...unscoped.map((token) => ({ token, as: outOfScope }))];
}

async function ofEnded(room: Room): Promise<readonly Refused[]> {
  const { service, pool, app, signIn } = room;
  const { client } = service;
  const accessOf = async (name: string) => {
    await somebody(room, name);
    return { isUser: { UserPoolId: pool.id, Username: name }, ...(await signIn.tokens(name)) };
  };
  const [bob, carl, dora] = [await accessOf('bob'), await accessOf('carl'), await accessOf('dora')];
  const [eve, fred] = [await accessOf('eve'), await accessOf('fred')];
  await client.send(new RevokeTokenCommand({ Token: bob.refresh, ClientId: app.id }));
  await client.send(new AdminUserGlobalSignOutCommand(carl.isUser));
  await client.send(new AdminDisableUserCommand(dora.isUser));
  await client.send(new AdminResetUserPasswordCommand(eve.isUser));
  await client.send(new AdminDeleteUserCommand(fred.isUser));
  return [
    ...[bob, carl, dora].map(({ access }) => ({ token: access, as: revoked })),
    { token: eve.access, as: toBeReset },
    { token: fred.access, as: nobody },
  ];
}

describe('An access token', () => {
  let room: Room;
  let refused: readonly Refused[];

  beforeAll(async () => {
    room = await aRoom();
    const { clock } = room.service;
    await somebody(room, 'gil');
    const { access: late } = await room.signIn.tokens('gil');
    clock.advance(3600 * 1000);
    refused = [...(await ofNobody(room)), ...(await ofEnded(room)), { token: late, as: expired }];
  });

  test('stands for the caller of these operations and of no other', () => {
    expect(operations.map(({ name }) => name).toSorted()).toEqual(names);
  });

  test.each(operations)(
    'that is none, is over or lacks the scope is refused by $name (auth-flows 45)',
    async (operation) => {
      for (const { token, as } of refused) expect([as, await told(room.service, operation, token)]).toEqual([as, as]);
    },
  );

  test('stood for somebody as long as none of this had happened', async () => {
    expect(await refusal(room.signIn.byPassword('gil'))).toMatch(/^answered/);
    const { access } = await room.signIn.tokens('ada');
    for (const name of ['GetUser', 'GetUserAuthFactors', 'ListWebAuthnCredentials', 'ListUserSessions']) {
      const [operation] = operations.filter((each) => each.name === name);
      expect([name, operation && (await told(room.service, operation, access))]).toEqual([name, 'answered']);
    }
  });
});

async function told({ call }: Service, operation: Operation, AccessToken: string): Promise<string> {
  const { status, json } = await call(
    operation.name,
    { ...someInput(operation, { AccessToken }), Session: undefined },
    {},
  );
  const { __type, message } = Object(json);
  return status === 200 ? 'answered' : `${__type}: ${message}`;
}
