/** Answering challenges by a server that has credentials of its own. */
import {
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  type ChallengeNameType,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { somePassword } from '../../support/builders.ts';
import { refusal, sessionOf, signingIn, tokensOf } from '../../support/signing-in.ts';
import { srpClient } from '../../support/srp-client.ts';
import { startService } from '../../support/start-service.ts';
import { jsonHeaders } from '../../support/wire.ts';

type Responses = Readonly<Record<string, string>>;

async function aRoom() {
  const service = await startService();
  const pool = await service.aPool();
  const app = await service.aClient(pool);
  await service.aUser(pool, { username: 'bob', invited: true });
  const of = { UserPoolId: pool.id, ClientId: app.id };
  const respond = (ChallengeName: ChallengeNameType, ChallengeResponses?: Responses, Session?: string, whose = of) =>
    service.client.send(
      new AdminRespondToAuthChallengeCommand({ ...whose, ChallengeName, ChallengeResponses, Session }),
    );
  const initiate = new AdminInitiateAuthCommand({
    ...of,
    AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'bob', PASSWORD: somePassword },
  });
  return {
    ...service,
    service,
    pool,
    app,
    of,
    respond,
    signIn: signingIn(service, app),
    begin: async () => sessionOf(await service.client.send(initiate)),
  };
}

const bob = { USERNAME: 'bob', NEW_PASSWORD: 'Another-Horse-9' };

describe('AdminRespondToAuthChallenge', () => {
  test('goes on with what an administrator or the person began', async () => {
    const { respond, begin, pool, aUser, signIn } = await aRoom();
    const { $metadata, ...answer } = await respond('NEW_PASSWORD_REQUIRED', bob, await begin());
    expect(Object.keys(answer).sort()).toEqual(['AuthenticationResult', 'ChallengeParameters']);
    await aUser(pool, { username: 'eve', invited: true });
    const session = sessionOf(await signIn.byPassword('eve'));
    const eve = { ...bob, USERNAME: 'eve' };
    expect(tokensOf(await respond('NEW_PASSWORD_REQUIRED', eve, session)).access).toBeTypeOf('string');
  });

  test('begins what the person may go on with', async () => {
    const { begin, signIn } = await aRoom();
    const answer = await signIn.respond('NEW_PASSWORD_REQUIRED', bob, await begin());
    expect(tokensOf(answer).access).toBeTypeOf('string');
  });

  test('takes the second leg of SRP', async () => {
    const { respond, pool, aUser, signIn, clock } = await aRoom();
    await aUser(pool, { username: 'ada' });
    const srp = srpClient();
    const challenge = await signIn.challengeOf('ada', srp);
    const responses = srp.answer(challenge, { poolId: pool.id, password: somePassword, at: clock.now() });
    expect(tokensOf(await respond('PASSWORD_VERIFIER', responses)).access).toBeTypeOf('string');
    expect(await refusal(respond('PASSWORD_VERIFIER', responses))).toBe(
      'NotAuthorizedException: Incorrect username or password.',
    );
  });

  test('takes one of several answers side by side', async () => {
    const { respond, begin } = await aRoom();
    const session = await begin();
    const outcomes = await Promise.all(
      Array.from({ length: 4 }, () => refusal(respond('NEW_PASSWORD_REQUIRED', bob, session))),
    );
    expect(outcomes.filter((outcome) => outcome.startsWith('answered'))).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome.endsWith('session can only be used once.'))).toHaveLength(3);
  });

  test('refuses the session of another client or user (auth-flows 23)', async () => {
    const { respond, begin, pool, aClient, aUser } = await aRoom();
    await aUser(pool, { username: 'eve', invited: true });
    const session = await begin();
    const invalid = 'NotAuthorizedException: Invalid session for the user.';
    const sibling = { UserPoolId: pool.id, ClientId: (await aClient(pool)).id };
    expect(await refusal(respond('NEW_PASSWORD_REQUIRED', bob, session, sibling))).toBe(invalid);
    expect(await refusal(respond('NEW_PASSWORD_REQUIRED', { ...bob, USERNAME: 'eve' }, session))).toBe(invalid);
  });

  test('refuses a session that is over, and one that is missing (auth-flows 23)', async () => {
    const { respond, begin, clock } = await aRoom();
    const session = await begin();
    clock.advance(3 * 60_000);
    expect(await refusal(respond('NEW_PASSWORD_REQUIRED', bob, session))).toBe(
      'NotAuthorizedException: Invalid session for the user, session is expired.',
    );
    expect(await refusal(respond('NEW_PASSWORD_REQUIRED', bob))).toBe(
      'InvalidParameterException: Missing required parameter Session',
    );
    expect(await refusal(respond('NEW_PASSWORD_REQUIRED'))).toBe(
      'InvalidParameterException: Missing required parameter challenge responses',
    );
  });

  test('refuses a pool that is not there, and a client of another one (auth-flows 3)', async () => {
    const { respond, begin, of, aPool, aClient } = await aRoom();
    const session = await begin();
    const other = await aPool();
    const stranger = await aClient(other);
    const attempt = (whose: typeof of) => refusal(respond('NEW_PASSWORD_REQUIRED', bob, session, whose));
    expect(await attempt({ ...of, UserPoolId: 'us-east-1_nowhere00' })).toBe(
      'ResourceNotFoundException: User pool us-east-1_nowhere00 does not exist.',
    );
    expect(await attempt({ ...of, UserPoolId: other.id })).toBe(
      `ResourceNotFoundException: User pool client ${of.ClientId} does not exist.`,
    );
    expect(await attempt({ ...of, ClientId: stranger.id })).toBe(
      `ResourceNotFoundException: User pool client ${stranger.id} does not exist.`,
    );
  });

  test('wants a signature', async () => {
    const { send, of, begin } = await aRoom();
    const input = {
      ...of,
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      ChallengeResponses: bob,
      Session: await begin(),
    };
    const answer = await send({ headers: jsonHeaders('AdminRespondToAuthChallenge'), body: JSON.stringify(input) });
    expect(answer.json).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
  });

  test('refuses a password against the policy, and leaves the session usable', async () => {
    const { respond, begin } = await aRoom();
    const session = await begin();
    expect(await refusal(respond('NEW_PASSWORD_REQUIRED', { ...bob, NEW_PASSWORD: 'short' }, session))).toBe(
      'InvalidPasswordException: Password does not conform to policy: Password not long enough',
    );
    expect(await refusal(respond('NEW_PASSWORD_REQUIRED', bob, session))).toMatch(/^answered/);
  });
});
