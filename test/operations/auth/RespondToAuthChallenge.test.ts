/** PASSWORD_VERIFIER, the second leg of SRP, and what holds for every challenge. */
import {
  AdminConfirmSignUpCommand,
  AdminDisableUserCommand,
  AdminSetUserPasswordCommand,
  ChangePasswordCommand,
  ConfirmForgotPasswordCommand,
  type CreateUserPoolCommandInput,
  ForgotPasswordCommand,
  RespondToAuthChallengeCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { somePassword } from '../../support/builders.ts';
import { refusal, sessionOf, signingIn, tokensOf } from '../../support/signing-in.ts';
import { srpClient, timestampAt } from '../../support/srp-client.ts';
import { startService } from '../../support/start-service.ts';

const wrong = 'NotAuthorizedException: Incorrect username or password.';
const minutes = 60_000;

type Responses = Readonly<Record<string, string>>;

async function aRoom(settings: Partial<CreateUserPoolCommandInput> = {}) {
  const service = await startService();
  const pool = await service.aPool(settings);
  const app = await service.aClient(pool);
  const attributes = { email: 'ada@example.com', email_verified: 'true' };
  await service.aUser(pool, { username: 'ada', attributes });
  const signIn = signingIn(service, app);
  /** Right answers to a challenge that was posed just now. */
  const rightAnswer = async (name = 'ada', through = signIn): Promise<Responses> => {
    const srp = srpClient();
    const challenge = await through.challengeOf(name, srp);
    return srp.answer(challenge, { poolId: pool.id, password: somePassword, at: service.clock.now() });
  };
  return {
    ...service,
    service,
    pool,
    app,
    signIn,
    rightAnswer,
    prove: (responses: Responses, session?: string) => refusal(signIn.respond('PASSWORD_VERIFIER', responses, session)),
  };
}

describe('RespondToAuthChallenge to PASSWORD_VERIFIER', () => {
  test('answers tokens, and needs no session (auth-flows 10)', async () => {
    const { signIn, rightAnswer } = await aRoom();
    const { $metadata, ...answer } = await signIn.respond('PASSWORD_VERIFIER', await rightAnswer());
    expect(Object.keys(answer).sort()).toEqual(['AuthenticationResult', 'ChallengeParameters']);
    expect(answer.ChallengeParameters).toEqual({});
    expect(tokensOf(answer).refresh).toBeTypeOf('string');
  });

  test('refuses a block that was posed to another client, of this pool or another (auth-flows 10)', async () => {
    const { service, pool, aClient, aPool, aUser, rightAnswer, prove } = await aRoom();
    const sibling = signingIn(service, await aClient(pool));
    expect(await prove(await rightAnswer('ada', sibling))).toBe(wrong);
    const other = await aPool();
    await aUser(other, { username: 'ada' });
    const stranger = signingIn(service, await aClient(other));
    expect(await prove(await rightAnswer('ada', stranger))).toBe(wrong);
  });

  test('refuses a block for the second time (auth-flows 10)', async () => {
    const { rightAnswer, prove } = await aRoom();
    const responses = await rightAnswer();
    expect(await prove(responses)).toMatch(/^answered/);
    expect(await prove(responses)).toBe(wrong);
  });

  test('takes a block only once of answers side by side', async () => {
    const { rightAnswer, prove } = await aRoom();
    const responses = await rightAnswer();
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => prove(responses)));
    expect(outcomes.filter((outcome) => outcome.startsWith('answered'))).toHaveLength(1);
  });

  test('spends a block on a wrong signature', async () => {
    const { rightAnswer, prove } = await aRoom();
    const responses = await rightAnswer();
    expect(await prove({ ...responses, PASSWORD_CLAIM_SIGNATURE: Buffer.alloc(32).toString('base64') })).toBe(wrong);
    expect(await prove(responses)).toBe(wrong);
  });

  test('refuses another timestamp than the one that was signed (auth-flows 10)', async () => {
    const { clock, rightAnswer, prove } = await aRoom();
    const responses = await rightAnswer();
    expect(await prove({ ...responses, TIMESTAMP: timestampAt(clock.now() + 1000) })).toBe(wrong);
  });

  test.each([-1, 1])(
    'refuses a clock that is six minutes off, in either direction (%i) (auth-flows 10)',
    async (way) => {
      const { pool, clock, signIn, prove } = await aRoom();
      const attempt = async (skew: number) => {
        const srp = srpClient();
        const challenge = await signIn.challengeOf('ada', srp);
        const at = clock.now() + way * skew;
        return prove(srp.answer(challenge, { poolId: pool.id, password: somePassword, at }));
      };
      expect(await attempt(6 * minutes)).toBe(wrong);
      expect(await attempt(5 * minutes)).toMatch(/^answered/);
    },
  );

  test('refuses a block that is older than the session of the client may be', async () => {
    const { service, pool, clock, aClient, signIn, rightAnswer, prove } = await aRoom();
    const late = await rightAnswer();
    clock.advance(3 * minutes - 1);
    expect(await prove(late)).toMatch(/^answered/);
    const tooLate = await rightAnswer();
    clock.advance(3 * minutes);
    // The timestamp would still do.
    expect(await prove(tooLate)).toBe(wrong);
    const patient = signingIn(service, await aClient(pool, { AuthSessionValidity: 4 }));
    const responses = await rightAnswer('ada', patient);
    clock.advance(4 * minutes - 1);
    expect(await refusal(patient.respond('PASSWORD_VERIFIER', responses))).toMatch(/^answered/);
    expect(await refusal(signIn.bySrp('ada'))).toMatch(/^answered/);
  });

  test.each(['2026-09-01T00:00:00Z', 'Tue Sep 31 00:00:00 UTC 2026', 'Die Sep 1 00:00:00 UTC 2026', '0'])(
    'cannot read the timestamp %j',
    async (TIMESTAMP) => {
      const { rightAnswer, prove } = await aRoom();
      expect(await prove({ ...(await rightAnswer()), TIMESTAMP })).toBe(
        'InvalidParameterException: TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.',
      );
    },
  );

  test.each(['', 'AAAA', '!!!!', 'A'.repeat(100_000)])(
    'refuses %.20j for a block',
    async (PASSWORD_CLAIM_SECRET_BLOCK) => {
      const { rightAnswer, prove } = await aRoom();
      const outcome = await prove({ ...(await rightAnswer()), PASSWORD_CLAIM_SECRET_BLOCK });
      expect(outcome).toBe(
        PASSWORD_CLAIM_SECRET_BLOCK
          ? wrong
          : 'InvalidParameterException: Missing required parameter PASSWORD_CLAIM_SECRET_BLOCK',
      );
    },
  );

  test('refuses a block of which a single bit is another', async () => {
    const { rightAnswer, prove } = await aRoom();
    const responses = await rightAnswer();
    const block = Buffer.from(responses['PASSWORD_CLAIM_SECRET_BLOCK'] ?? '', 'base64');
    for (const at of [0, 4, 8, block.length >> 1, block.length - 1]) {
      const changed = Buffer.from(block);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(await prove({ ...responses, PASSWORD_CLAIM_SECRET_BLOCK: changed.toString('base64') })).toBe(wrong);
    }
  });

  test('refuses a session for a block, and a token for a session', async () => {
    const { pool, aUser, signIn, rightAnswer, prove } = await aRoom();
    await aUser(pool, { username: 'bob', invited: true });
    const session = sessionOf(await signIn.byPassword('bob'));
    const { refresh } = await signIn.tokens('ada');
    const block = Buffer.from(session, 'base64url').toString('base64');
    expect(await prove({ ...(await rightAnswer()), PASSWORD_CLAIM_SECRET_BLOCK: block })).toBe(wrong);
    const invalid = 'NotAuthorizedException: Invalid session for the user.';
    // A session that another challenge is expected for.
    expect(await prove(await rightAnswer(), session)).toBe(invalid);
    expect(await prove(await rightAnswer(), refresh)).toBe(invalid);
  });

  test('refuses the name of another user, and takes every name of the same one', async () => {
    const { pool, aUser, rightAnswer, prove } = await aRoom({ AliasAttributes: ['email'] });
    await aUser(pool, { username: 'bob' });
    const other = 'NotAuthorizedException: Invalid session for the user.';
    expect(await prove({ ...(await rightAnswer()), USERNAME: 'bob' })).toBe(other);
    expect(await prove({ ...(await rightAnswer()), USERNAME: 'nobody' })).toBe(other);
    expect(await prove({ ...(await rightAnswer()), USERNAME: 'ada@example.com' })).toMatch(/^answered/);
    expect(await prove(await rightAnswer('ada@example.com'))).toMatch(/^answered/);
  });

  test('refuses the signature of an empty key', async () => {
    const { signIn, prove, clock } = await aRoom();
    const challenge = await signIn.challengeOf('ada');
    const responses = {
      USERNAME: 'ada',
      PASSWORD_CLAIM_SECRET_BLOCK: challenge['SECRET_BLOCK'] ?? '',
      TIMESTAMP: timestampAt(clock.now()),
    };
    for (const signature of ['=', 'AAAA', 'A'.repeat(43), `${'A'.repeat(43)}=`]) {
      expect(await prove({ ...responses, PASSWORD_CLAIM_SIGNATURE: signature })).toBe(wrong);
    }
  });

  test('refuses who was disabled since the challenge was posed', async () => {
    const { client, pool, rightAnswer, prove } = await aRoom();
    const responses = await rightAnswer();
    await client.send(new AdminDisableUserCommand({ UserPoolId: pool.id, Username: 'ada' }));
    expect(await prove(responses)).toBe('NotAuthorizedException: User is disabled.');
  });

  test('refuses the password that was the right one when the challenge was posed', async () => {
    const { client, pool, rightAnswer, prove } = await aRoom();
    const responses = await rightAnswer();
    const change = { UserPoolId: pool.id, Username: 'ada', Password: 'Another-Horse-9', Permanent: true };
    await client.send(new AdminSetUserPasswordCommand(change));
    expect(await prove(responses)).toBe(wrong);
  });

  test.each(['USERNAME', 'PASSWORD_CLAIM_SIGNATURE', 'PASSWORD_CLAIM_SECRET_BLOCK', 'TIMESTAMP'])(
    'misses %s',
    async (name) => {
      const { rightAnswer, prove } = await aRoom();
      const { [name]: _, ...responses } = await rightAnswer();
      expect(await prove(responses)).toBe(`InvalidParameterException: Missing required parameter ${name}`);
    },
  );
});

describe('SRP takes the new password and no longer the old one, once', () => {
  const next = 'Another-Horse-9';

  async function change(write: (room: Awaited<ReturnType<typeof aRoom>>) => Promise<unknown>, name = 'ada') {
    const room = await aRoom({ AutoVerifiedAttributes: ['email'] });
    await write(room);
    expect(await refusal(room.signIn.bySrp(name, somePassword))).toBe(wrong);
    expect(await refusal(room.signIn.bySrp(name, next))).toMatch(/^answered/);
  }

  test('SignUp has set it (auth-flows 13)', async () => {
    await change(async ({ client, app, pool }) => {
      await client.send(new SignUpCommand({ ClientId: app.id, Username: 'bob', Password: next }));
      await client.send(new AdminConfirmSignUpCommand({ UserPoolId: pool.id, Username: 'bob' }));
    }, 'bob');
  });

  test('AdminCreateUser has set it (auth-flows 13)', async () => {
    await change(({ aUser, pool }) => aUser(pool, { username: 'bob', password: next, invited: true }), 'bob');
  });

  test.each([true, false])('AdminSetUserPassword has set it, with Permanent %s (auth-flows 13)', async (Permanent) => {
    await change(({ client, pool }) =>
      client.send(new AdminSetUserPasswordCommand({ UserPoolId: pool.id, Username: 'ada', Password: next, Permanent })),
    );
  });

  test('ConfirmForgotPassword has set it (auth-flows 13)', async () => {
    await change(async ({ client, app, pool, outbox }) => {
      await client.send(new ForgotPasswordCommand({ ClientId: app.id, Username: 'ada' }));
      const ConfirmationCode = await outbox.codeFor({ poolId: pool.id, username: 'ada' });
      const confirm = { ClientId: app.id, Username: 'ada', ConfirmationCode, Password: next };
      await client.send(new ConfirmForgotPasswordCommand(confirm));
    });
  });

  test('ChangePassword has set it (auth-flows 13)', async () => {
    await change(async ({ client, signIn }) => {
      const { access: AccessToken } = await signIn.tokens('ada');
      const proposed = { AccessToken, PreviousPassword: somePassword, ProposedPassword: next };
      await client.send(new ChangePasswordCommand(proposed));
    });
  });

  test('NEW_PASSWORD_REQUIRED has set it (auth-flows 13)', async () => {
    await change(async ({ aUser, pool, signIn }) => {
      await aUser(pool, { username: 'bob', invited: true });
      const session = sessionOf(await signIn.bySrp('bob'));
      await signIn.respond('NEW_PASSWORD_REQUIRED', { USERNAME: 'bob', NEW_PASSWORD: next }, session);
    }, 'bob');
  });
});

describe('RespondToAuthChallenge', () => {
  test('asks for responses', async () => {
    const { signIn, client, app } = await aRoom();
    expect(await refusal(signIn.respond('PASSWORD_VERIFIER', {}))).toBe(
      'InvalidParameterException: Missing required parameter USERNAME',
    );
    const without = new RespondToAuthChallengeCommand({ ClientId: app.id, ChallengeName: 'PASSWORD_VERIFIER' });
    expect(await refusal(client.send(without))).toBe(
      'InvalidParameterException: Missing required parameter challenge responses',
    );
  });

  test('refuses the one challenge that it never poses', async () => {
    const { signIn } = await aRoom();
    expect(await refusal(signIn.respond('ADMIN_NO_SRP_AUTH', { USERNAME: 'ada', PASSWORD: somePassword }))).toBe(
      'OperationNotEnabledException: Challenge ADMIN_NO_SRP_AUTH is not enabled in this deployment',
    );
  });

  test('refuses a client that it does not know (auth-flows 3)', async () => {
    const { service, rightAnswer } = await aRoom();
    const elsewhere = signingIn(service, { id: 'nobodyknowsthisclient', poolId: 'us-east-1_nowhere00' });
    expect(await refusal(elsewhere.respond('PASSWORD_VERIFIER', await rightAnswer()))).toBe(
      'ResourceNotFoundException: User pool client nobodyknowsthisclient does not exist.',
    );
  });
});
