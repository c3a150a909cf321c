/** Sign-ins under way while their client, its secret, its pool or its user is changed, and answers through the wrong door. */
import {
  AdminDisableUserCommand,
  AdminRespondToAuthChallengeCommand,
  DeleteUserPoolClientCommand,
  DeleteUserPoolCommand,
  UpdateUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { aFactorRoom, appCode, step } from '../../support/second-factors.ts';
import { refusal, sessionOf, signingIn, tokensOf } from '../../support/signing-in.ts';

const invalid = 'NotAuthorizedException: Invalid session for the user.';
const Enabled = true;

/** Ada has proven her password, and is asked for the code of her app. */
async function aSignInUnderWay() {
  const room = await aFactorRoom({ offers: ['SOFTWARE_TOKEN_MFA'] });
  const secret = await room.anApp();
  await room.prefer({ SoftwareTokenMfaSettings: { Enabled } });
  const session = sessionOf(await room.signIn.byPassword('ada'));
  const answer = () => ({ USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE: appCode(secret, room.clock.now()) });
  const { signIn } = room;
  return {
    ...room,
    session,
    answer,
    goOn: (more = {}) => signIn.respond('SOFTWARE_TOKEN_MFA', { ...answer(), ...more }, session),
  };
}

describe('A sign-in under way', () => {
  test('ends with its client', async () => {
    const { client, pool, app, goOn } = await aSignInUnderWay();
    await client.send(new DeleteUserPoolClientCommand({ UserPoolId: pool.id, ClientId: app.id }));
    expect(await refusal(goOn())).toMatch(/^ResourceNotFoundException/);
  });

  test('ends with its pool', async () => {
    const { client, pool, goOn } = await aSignInUnderWay();
    await client.send(new DeleteUserPoolCommand({ UserPoolId: pool.id }));
    expect(await refusal(goOn())).toMatch(/^ResourceNotFoundException/);
  });

  test('ends when its user is disabled', async () => {
    const { client, isUser, goOn } = await aSignInUnderWay();
    await client.send(new AdminDisableUserCommand(isUser));
    expect(await refusal(goOn())).toBe('NotAuthorizedException: User is disabled.');
  });

  test('goes by the life that sessions have when it is posed', async () => {
    const { client, pool, app, goOn, clock } = await aSignInUnderWay();
    const longer = { UserPoolId: pool.id, ClientId: app.id, AuthSessionValidity: 15 };
    await client.send(new UpdateUserPoolClientCommand(longer));
    clock.advance(3 * 60_000);
    expect(await refusal(goOn())).toMatch(/session is expired/);
  });

  test('is nothing to a client of the same name, nor to a user of another pool', async () => {
    const { service, pool, aPool, aClient, aUser, session, answer } = await aSignInUnderWay();
    const other = await aPool();
    await aUser(other, { username: 'ada' });
    for (const app of [await aClient(pool), await aClient(other)]) {
      expect(await refusal(signingIn(service, app).respond('SOFTWARE_TOKEN_MFA', answer(), session))).toBe(invalid);
      const byAdministrator = new AdminRespondToAuthChallengeCommand({
        UserPoolId: app.poolId,
        ClientId: app.id,
        ChallengeName: 'SOFTWARE_TOKEN_MFA',
        ChallengeResponses: answer(),
        Session: session,
      });
      expect(await refusal(service.client.send(byAdministrator))).toBe(invalid);
    }
  });

  test('is not another client’s by the id that stands before it', async () => {
    const { service, pool, aClient, session, answer } = await aSignInUnderWay();
    const app = await aClient(pool);
    const bytes = Buffer.from(session, 'base64url');
    const moved = Buffer.concat([Buffer.of(app.id.length), Buffer.from(app.id), bytes.subarray(1 + (bytes[0] ?? 0))]);
    const { respond } = signingIn(service, app);
    expect(await refusal(respond('SOFTWARE_TOKEN_MFA', answer(), moved.toString('base64url')))).toBe(invalid);
  });

  test('is the same in whatever letters its session is written', async () => {
    const { session, signIn, answer, goOn, clock } = await aSignInUnderWay();
    const others = [`${session}==`, ` ${session}`, `${session}\n`, session.replaceAll('-', '+').replaceAll('_', '/')];
    tokensOf(await goOn());
    for (const other of others) {
      clock.advance(step);
      expect(await refusal(signIn.respond('SOFTWARE_TOKEN_MFA', answer(), other))).toMatch(/^(NotAuth|InvalidParam)/);
    }
  });

  test('needs a signature at the door of administrators, with a session or without', async () => {
    const { call, pool, app, session, answer } = await aSignInUnderWay();
    const input = {
      UserPoolId: pool.id,
      ClientId: app.id,
      ChallengeName: 'SOFTWARE_TOKEN_MFA',
      ChallengeResponses: answer(),
      Session: session,
    };
    for (const headers of [{}, { authorization: 'Bearer x' }, { authorization: 'AWS4-HMAC-SHA256 Credential=x' }]) {
      expect((await call('AdminRespondToAuthChallenge', input, headers)).status).toBe(400);
    }
  });
});
