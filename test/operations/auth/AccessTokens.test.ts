/** What an access token is good for, when it no longer is, and what does not pass for one. */
import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminResetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  ChangePasswordCommand,
  type CreateUserPoolClientCommandInput,
  DeleteUserAttributesCommand,
  DeleteUserCommand,
  DeleteUserPoolClientCommand,
  DeleteUserPoolCommand,
  GetUserAttributeVerificationCodeCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  RevokeTokenCommand,
  UpdateUserAttributesCommand,
  VerifyUserAttributeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { describe, expect, test } from 'vitest';
import { somePassword } from '../../support/builders.ts';
import { refusal, signingIn, type Tokens } from '../../support/signing-in.ts';
import { startService } from '../../support/start-service.ts';

const invalid = 'NotAuthorizedException: Invalid Access Token';
const expired = 'NotAuthorizedException: Access Token has expired';
const revoked = 'NotAuthorizedException: Access Token has been revoked';
const outOfScope = 'NotAuthorizedException: Access Token does not have required scopes';
const refreshRevoked = 'NotAuthorizedException: Refresh Token has been revoked';

async function aRoom(settings: Partial<CreateUserPoolClientCommandInput> = {}) {
  const service = await startService();
  const pool = await service.aPool({ AutoVerifiedAttributes: ['email'] });
  const app = await service.aClient(pool, settings);
  await service.aUser(pool, { username: 'ada', attributes: { email: 'ada@example.com', email_verified: 'true' } });
  const signIn = signingIn(service, app);
  const isUser = { UserPoolId: pool.id, Username: 'ada' };
  const { client } = service;
  /** Every operation that an access token alone stands for. */
  const operations: Readonly<Record<string, (AccessToken: string) => Promise<unknown>>> = {
    GetUser: (AccessToken) => client.send(new GetUserCommand({ AccessToken })),
    GlobalSignOut: (AccessToken) => client.send(new GlobalSignOutCommand({ AccessToken })),
    DeleteUser: (AccessToken) => client.send(new DeleteUserCommand({ AccessToken })),
    ChangePassword: (AccessToken) =>
      client.send(
        new ChangePasswordCommand({ AccessToken, PreviousPassword: somePassword, ProposedPassword: 'Another-9' }),
      ),
    UpdateUserAttributes: (AccessToken) =>
      client.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes: [{ Name: 'name', Value: 'Ada' }] })),
    DeleteUserAttributes: (AccessToken) =>
      client.send(new DeleteUserAttributesCommand({ AccessToken, UserAttributeNames: ['name'] })),
    GetUserAttributeVerificationCode: (AccessToken) =>
      client.send(new GetUserAttributeVerificationCodeCommand({ AccessToken, AttributeName: 'email' })),
    VerifyUserAttribute: (AccessToken) =>
      client.send(new VerifyUserAttributeCommand({ AccessToken, AttributeName: 'email', Code: '123456' })),
  };
  /** What all of these operations answer, once if they agree. */
  const everywhere = async (token: string) => {
    const answers = await Promise.all(Object.values(operations).map((operation) => refusal(operation(token))));
    return [...new Set(answers)].join(' | ');
  };
  const getUser = async (token: string) => {
    const answer = await refusal(client.send(new GetUserCommand({ AccessToken: token })));
    return answer.replace(/^answered.*/, 'answered');
  };
  const refresh = async (tokens: Tokens) =>
    (await refusal(signIn.refresh(tokens.refresh))).replace(/^answered.*/, 'answered');
  return { ...service, service, pool, app, isUser, signIn, everywhere, getUser, refresh };
}

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The claims of a token under another header, signed by whatever `signed` makes of the input. */
function forged(token: string, header: object, signed: (input: string) => string, claims: object = {}): string {
  const input = `${base64url(header)}.${base64url({ ...decodeJwt(token), ...claims })}`;
  return `${input}.${signed(input)}`;
}

const rsa = (key: KeyObject) => (input: string) => sign('sha256', Buffer.from(input), key).toString('base64url');

describe('Every operation of a person', () => {
  test.each(['x', 'x.y.z', '....', 'A'.repeat(5000), 'e30.e30.e30', '-', '='])(
    'takes no %.20j for an access token (auth-flows 45)',
    async (token) => {
      const { everywhere } = await aRoom();
      expect(await everywhere(token)).toBe(invalid);
    },
  );

  test('takes no ID token and no refresh token (auth-flows 45)', async () => {
    const { signIn, everywhere } = await aRoom();
    const { id, refresh } = await signIn.tokens('ada');
    expect(await everywhere(id)).toBe(invalid);
    expect(await everywhere(refresh)).toBe(invalid);
  });

  test('takes no token that has expired, from that very moment on (auth-flows 45)', async () => {
    const { clock, signIn, everywhere, getUser } = await aRoom();
    const { access } = await signIn.tokens('ada');
    clock.advance(3600 * 1000 - 1);
    expect(await getUser(access)).toBe('answered');
    clock.advance(1);
    expect(await everywhere(access)).toBe(expired);
  });

  test('takes no token that was revoked, or signed out (auth-flows 45)', async () => {
    const { client, app, signIn, isUser, everywhere } = await aRoom();
    const [one, other] = [await signIn.tokens('ada'), await signIn.tokens('ada')];
    await client.send(new RevokeTokenCommand({ Token: one.refresh, ClientId: app.id }));
    expect(await everywhere(one.access)).toBe(revoked);
    await client.send(new AdminUserGlobalSignOutCommand(isUser));
    expect(await everywhere(other.access)).toBe(revoked);
  });

  test('takes no token without the scope for it (auth-flows 45)', async () => {
    const { ports, pool, signIn, everywhere } = await aRoom();
    const claims = decodeJwt((await signIn.tokens('ada')).access);
    for (const scope of ['openid email', 'aws.cognito.signin.user', 'aws.cognito.signin.user.admin/x', '']) {
      expect(await everywhere(await ports.signer.sign(pool.id, 'access', { ...claims, scope }))).toBe(outOfScope);
    }
    const { username: _, ...ofClient } = claims;
    expect(await everywhere(await ports.signer.sign(pool.id, 'access', ofClient))).toBe(outOfScope);
  });

  test('takes no token of who is disabled or must reset the password', async () => {
    const { client, signIn, isUser, everywhere } = await aRoom();
    const { access } = await signIn.tokens('ada');
    await client.send(new AdminResetUserPasswordCommand(isUser));
    expect(await everywhere(access)).toBe('PasswordResetRequiredException: Password reset required for the user');
    await client.send(new AdminDisableUserCommand(isUser));
    expect(await everywhere(access)).toBe(revoked);
  });

  test('takes no token of a client or a pool that is gone', async () => {
    const { client, pool, app, aClient, service, signIn, everywhere } = await aRoom();
    const other = await aClient(pool);
    const [one, two] = [await signIn.tokens('ada'), await signingIn(service, other).tokens('ada')];
    await client.send(new DeleteUserPoolClientCommand({ UserPoolId: pool.id, ClientId: app.id }));
    expect(await everywhere(one.access)).toBe(invalid);
    await client.send(new DeleteUserPoolCommand({ UserPoolId: pool.id }));
    expect(await everywhere(two.access)).toBe(invalid);
  });

  test('takes no token of somebody who had the name before', async () => {
    const { client, pool, aUser, signIn, isUser, getUser } = await aRoom();
    const { access } = await signIn.tokens('ada');
    await client.send(new AdminDeleteUserCommand(isUser));
    expect(await getUser(access)).toBe('UserNotFoundException: User does not exist.');
    await aUser(pool, { username: 'ada' });
    expect(await getUser(access)).toBe('UserNotFoundException: User does not exist.');
  });

  test('takes no token that somebody else made (auth-flows 45)', async () => {
    const { ports, pool, service, aPool, aUser, aClient, signIn, everywhere } = await aRoom();
    const { access, id } = await signIn.tokens('ada');
    const header = decodeProtectedHeader(access);
    const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const [published] = (await ports.signer.published(pool.id)).keys;
    const jwk = own.publicKey.export({ format: 'jwk' });
    const forgeries = [
      forged(access, { alg: 'none' }, () => ''),
      forged(access, { ...header, alg: 'none' }, () => 'AA'),
      forged(access, header, () => ''),
      forged(access, header, rsa(own.privateKey)),
      forged(access, { ...header, kid: 'mine' }, rsa(own.privateKey)),
      forged(access, { ...header, jwk }, rsa(own.privateKey)),
      forged(access, { ...header, jku: 'https://evil.example/jwks.json' }, rsa(own.privateKey)),
      forged(access, { ...header, kid: ['x'] }, rsa(own.privateKey)),
      forged(access, { ...header, kid: '../../etc/passwd' }, rsa(own.privateKey)),
      forged(access, { ...header, kid: '__proto__' }, rsa(own.privateKey)),
      // A public key is no secret, so nothing may be signed with it.
      forged(access, { ...header, alg: 'HS256' }, (input) =>
        createHmac('sha256', JSON.stringify(published)).update(input).digest('base64url'),
      ),
      `${access}x`,
      `${access}.`,
      `.${access}`,
      ...['', 'AA'].map((signature) => `${access.slice(0, access.lastIndexOf('.'))}.${signature}`),
      // Claims of one under the signature of the other.
      [...id.split('.').slice(0, 2), access.split('.')[2]].join('.'),
      [access.split('.')[0], base64url({ ...decodeJwt(access), username: 'bob' }), access.split('.')[2]].join('.'),
    ];
    for (const forgery of forgeries) expect(await everywhere(forgery)).toMatch(/Invalid Access Token|accessToken/);

    const other = await aPool();
    const app = await aClient(other);
    await aUser(other, { username: 'ada' });
    const strange = decodeJwt((await signingIn(service, app).tokens('ada')).access);
    // Signed by a real key of the service, for another pool, about this one's client and user.
    const { client_id, iss, sub } = decodeJwt(access);
    for (const claims of [{ client_id }, { client_id, iss }, { client_id, iss, sub }, { iss, sub }]) {
      const token = await ports.signer.sign(other.id, 'access', { ...strange, ...claims });
      expect(await everywhere(token)).toBe(invalid);
    }
    for (const claims of [{ token_use: 'id' }, { iss: 'http://localhost/elsewhere' }, { iss: undefined }]) {
      const token = await ports.signer.sign(pool.id, 'access', { ...decodeJwt(access), ...claims });
      expect(await everywhere(token)).toBe(invalid);
    }
    const withIdKey = await ports.signer.sign(pool.id, 'id', decodeJwt(access));
    expect(await everywhere(withIdKey)).toBe(invalid);
  });
});

describe('A sign-out', () => {
  test.each(['GlobalSignOut', 'AdminUserGlobalSignOut'] as const)(
    'by %s ends every session, and a sign-in in the same moment is not among them (auth-flows 44)',
    async (way) => {
      const { client, service, pool, aClient, isUser, signIn, getUser, refresh } = await aRoom();
      const other = signingIn(service, await aClient(pool, { EnableTokenRevocation: false }));
      const before = [await signIn.tokens('ada'), await signIn.tokens('ada'), await other.tokens('ada')];
      const [{ access: AccessToken } = { access: '' }] = before;
      await (way === 'GlobalSignOut'
        ? client.send(new GlobalSignOutCommand({ AccessToken }))
        : client.send(new AdminUserGlobalSignOutCommand(isUser)));
      // The clock stands still: this is the very millisecond.
      const after = await signIn.tokens('ada');
      const fresh = await other.tokens('ada');
      for (const tokens of before) expect(await getUser(tokens.access)).toBe(revoked);
      for (const tokens of before.slice(0, 2)) expect(await refresh(tokens)).toBe(refreshRevoked);
      expect(await refusal(other.refresh(before[2]?.refresh ?? ''))).toBe(refreshRevoked);
      for (const tokens of [after, fresh]) expect(await getUser(tokens.access)).toBe('answered');
      expect(await refresh(after)).toBe('answered');
    },
  );

  test('ends a session that began after another sign-out of the same moment', async () => {
    const { client, isUser, signIn, getUser, refresh } = await aRoom();
    for (let round = 0; round < 3; round++) {
      const tokens = await signIn.tokens('ada');
      expect(await getUser(tokens.access)).toBe('answered');
      await client.send(new AdminUserGlobalSignOutCommand(isUser));
      expect(await getUser(tokens.access)).toBe(revoked);
      expect(await refresh(tokens)).toBe(refreshRevoked);
    }
  });

  test('ends tokens that were refreshed', async () => {
    const { client, isUser, clock, signIn, getUser } = await aRoom();
    const tokens = await signIn.tokens('ada');
    clock.advance(1000);
    const { AuthenticationResult } = await signIn.refresh(tokens.refresh);
    await client.send(new AdminUserGlobalSignOutCommand(isUser));
    expect(await getUser(AuthenticationResult?.AccessToken ?? '')).toBe(revoked);
  });

  test('ends a sign-in that was under way', async () => {
    const service = await startService();
    let meanwhile = async (): Promise<void> => {};
    const { powers } = service.ports;
    const slow = await startService({
      ports: {
        powers: {
          of: (base, exponent) => powers.of(base, exponent),
          async ofGenerator(exponent) {
            const power = await powers.ofGenerator(exponent);
            await meanwhile();
            return power;
          },
        },
      },
    });
    const pool = await slow.aPool();
    await slow.aUser(pool, { username: 'ada' });
    const signIn = signingIn(slow, await slow.aClient(pool));
    meanwhile = async () => {
      slow.clock.advance(5);
      await slow.client.send(new AdminUserGlobalSignOutCommand({ UserPoolId: pool.id, Username: 'ada' }));
      slow.clock.advance(5);
    };
    const tokens = await signIn.tokens('ada');
    expect(await refusal(slow.client.send(new GetUserCommand({ AccessToken: tokens.access })))).toBe(revoked);
    expect(await refusal(signIn.refresh(tokens.refresh))).toBe(refreshRevoked);
  });

  test('is only once, by a token that it ends', async () => {
    const { client, signIn } = await aRoom();
    const { access: AccessToken } = await signIn.tokens('ada');
    const signOut = () => refusal(client.send(new GlobalSignOutCommand({ AccessToken })));
    expect(await signOut()).toMatch(/^answered/);
    expect(await signOut()).toBe(revoked);
  });
});
