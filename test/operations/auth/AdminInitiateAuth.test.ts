/** Signing in by a server that has credentials of its own. */
import {
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  type AuthFlowType,
  DeleteUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import { somePassword } from '../../support/builders.ts';
import { refusal, signingIn, tokensOf } from '../../support/signing-in.ts';
import { srpClient } from '../../support/srp-client.ts';
import { startService } from '../../support/start-service.ts';
import { jsonHeaders } from '../../support/wire.ts';

type Parameters = Readonly<Record<string, string>>;

async function aRoom() {
  const service = await startService();
  const pool = await service.aPool();
  const app = await service.aClient(pool);
  await service.aUser(pool, { username: 'ada', attributes: { email: 'ada@example.com' } });
  const initiate = (AuthFlow: AuthFlowType, AuthParameters: Parameters, of = { pool: pool.id, app: app.id }) =>
    service.client.send(
      new AdminInitiateAuthCommand({ UserPoolId: of.pool, ClientId: of.app, AuthFlow, AuthParameters }),
    );
  return { ...service, service, pool, app, initiate, signIn: signingIn(service, app) };
}

const ada = { USERNAME: 'ada', PASSWORD: somePassword };

describe('AdminInitiateAuth', () => {
  test('answers tokens that say the same under both names of the flow (auth-flows 14)', async () => {
    const { initiate, signIn } = await aRoom();
    const answers = [await initiate('ADMIN_USER_PASSWORD_AUTH', ada), await initiate('ADMIN_NO_SRP_AUTH', ada)];
    const ofPerson = tokensOf(await signIn.byPassword('ada'));
    const unlike = { jti: 'x', origin_jti: 'x', event_id: 'x' };
    for (const answer of answers) {
      expect(answer.ChallengeParameters).toEqual({});
      expect(answer.AuthenticationResult).toMatchObject({ ExpiresIn: 3600, TokenType: 'Bearer' });
      const tokens = tokensOf(answer);
      expect({ ...decodeJwt(tokens.access), ...unlike }).toEqual({ ...decodeJwt(ofPerson.access), ...unlike });
      expect({ ...decodeJwt(tokens.id), ...unlike }).toEqual({ ...decodeJwt(ofPerson.id), ...unlike });
    }
  });

  test('has no flow for people to send a password by (auth-flows 4)', async () => {
    const { initiate } = await aRoom();
    expect(await refusal(initiate('USER_PASSWORD_AUTH', ada))).toBe(
      'InvalidParameterException: Initiate Auth method not supported',
    );
  });

  test('wants a signature', async () => {
    const { send, pool, app } = await aRoom();
    const body = JSON.stringify({
      UserPoolId: pool.id,
      ClientId: app.id,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: ada,
    });
    const answer = await send({ headers: jsonHeaders('AdminInitiateAuth'), body });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
  });

  test('refuses a pool that is not there, and a client of another one (auth-flows 3)', async () => {
    const { client, initiate, pool, app, aPool, aClient } = await aRoom();
    const other = await aPool();
    const [stranger, deleted] = [await aClient(other), await aClient(pool)];
    const attempt = (of: { pool: string; app: string }) => refusal(initiate('ADMIN_USER_PASSWORD_AUTH', ada, of));
    expect(await attempt({ pool: 'us-east-1_nowhere00', app: app.id })).toBe(
      'ResourceNotFoundException: User pool us-east-1_nowhere00 does not exist.',
    );
    const noClient = (id: string) => `ResourceNotFoundException: User pool client ${id} does not exist.`;
    expect(await attempt({ pool: pool.id, app: stranger.id })).toBe(noClient(stranger.id));
    expect(await attempt({ pool: pool.id, app: 'nobodyknowsthisclient' })).toBe(noClient('nobodyknowsthisclient'));
    await client.send(new DeleteUserPoolClientCommand({ UserPoolId: pool.id, ClientId: deleted.id }));
    expect(await attempt({ pool: pool.id, app: deleted.id })).toBe(noClient(deleted.id));
  });

  test('hides who exists only where the client hides it (auth-flows 17)', async () => {
    const { initiate, aClient, pool } = await aRoom();
    const hiding = await aClient(pool, { PreventUserExistenceErrors: 'ENABLED' });
    const nobody = { ...ada, USERNAME: 'nobody' };
    expect(await refusal(initiate('ADMIN_USER_PASSWORD_AUTH', nobody))).toBe(
      'UserNotFoundException: User does not exist.',
    );
    expect(await refusal(initiate('ADMIN_USER_PASSWORD_AUTH', nobody, { pool: pool.id, app: hiding.id }))).toBe(
      'NotAuthorizedException: Incorrect username or password.',
    );
  });

  test.each(['USERNAME', 'PASSWORD'])('misses %s (auth-flows 6)', async (name) => {
    const { initiate } = await aRoom();
    expect(await refusal(initiate('ADMIN_NO_SRP_AUTH', { ...ada, [name]: '' }))).toBe(
      `InvalidParameterException: Missing required parameter ${name}`,
    );
  });

  test('begins SRP, which the person goes on with', async () => {
    const { initiate, signIn, pool, clock } = await aRoom();
    const srp = srpClient();
    const { ChallengeName, ChallengeParameters = {} } = await initiate('USER_SRP_AUTH', {
      USERNAME: 'ada',
      SRP_A: srp.publicValue,
    });
    expect(ChallengeName).toBe('PASSWORD_VERIFIER');
    const responses = srp.answer(ChallengeParameters, { poolId: pool.id, password: somePassword, at: clock.now() });
    expect(tokensOf(await signIn.respond('PASSWORD_VERIFIER', responses)).access).toBeTypeOf('string');
  });

  test('refreshes', async () => {
    const { initiate, signIn } = await aRoom();
    const { refresh } = await signIn.tokens('ada');
    for (const flow of ['REFRESH_TOKEN_AUTH', 'REFRESH_TOKEN'] as const) {
      const { AuthenticationResult } = await initiate(flow, { REFRESH_TOKEN: refresh });
      expect(AuthenticationResult).toMatchObject({ AccessToken: expect.any(String), IdToken: expect.any(String) });
      expect(AuthenticationResult).not.toHaveProperty('RefreshToken');
    }
  });

  test('poses NEW_PASSWORD_REQUIRED for a temporary password', async () => {
    const { client, initiate, pool } = await aRoom();
    const temporary = { UserPoolId: pool.id, Username: 'ada', Password: 'Temporary-9', Permanent: false };
    await client.send(new AdminSetUserPasswordCommand(temporary));
    const answer = await initiate('ADMIN_NO_SRP_AUTH', { USERNAME: 'ada', PASSWORD: 'Temporary-9' });
    expect(answer).toMatchObject({
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      Session: expect.any(String),
      ChallengeParameters: {
        USER_ID_FOR_SRP: 'ada',
        requiredAttributes: '[]',
        userAttributes: JSON.stringify({ email: 'ada@example.com' }),
      },
    });
    expect(answer).not.toHaveProperty('AuthenticationResult');
  });
});
