/** USER_SRP_AUTH: its first leg, and that the whole of it signs people in. */
import {
  AdminDeleteUserCommand,
  AdminUpdateUserAttributesCommand,
  type CreateUserPoolCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import { attributesOf, somePassword } from '../../support/builders.ts';
import { refusal, signingIn, tokensOf } from '../../support/signing-in.ts';
import { srpClient, srpPrime } from '../../support/srp-client.ts';
import { startService } from '../../support/start-service.ts';

const wrong = 'NotAuthorizedException: Incorrect username or password.';

async function aRoom(settings: Partial<CreateUserPoolCommandInput> = {}) {
  const service = await startService();
  const pool = await service.aPool(settings);
  const app = await service.aClient(pool);
  const secretive = await service.aClient(pool, { PreventUserExistenceErrors: 'ENABLED' });
  return {
    ...service,
    service,
    pool,
    app,
    signIn: signingIn(service, app),
    hiding: signingIn(service, secretive),
    responses: (srp: ReturnType<typeof srpClient>, challenge: Readonly<Record<string, string>>) =>
      srp.answer(challenge, { poolId: pool.id, password: somePassword, at: service.clock.now() }),
  };
}

describe('InitiateAuth by SRP', () => {
  test('poses a challenge, without tokens and without a session (auth-flows 25)', async () => {
    const { pool, aUser, signIn } = await aRoom();
    await aUser(pool, { username: 'ada' });
    const SRP_A = srpClient().publicValue;
    const { $metadata, ...answer } = await signIn.initiate('USER_SRP_AUTH', { USERNAME: 'ada', SRP_A });
    expect(answer).toEqual({
      ChallengeName: 'PASSWORD_VERIFIER',
      ChallengeParameters: {
        USERNAME: 'ada',
        USER_ID_FOR_SRP: 'ada',
        SALT: expect.stringMatching(/^[0-9a-f]{1,32}$/),
        SRP_B: expect.stringMatching(/^[0-9a-f]{1,768}$/),
        SECRET_BLOCK: expect.stringMatching(/^[A-Za-z0-9+/]+={0,2}$/),
      },
    });
  });

  test('draws another challenge each time, over the same salt', async () => {
    const { pool, aUser, signIn } = await aRoom();
    await aUser(pool, { username: 'ada' });
    const srp = srpClient();
    const [one, other] = [await signIn.challengeOf('ada', srp), await signIn.challengeOf('ada', srp)];
    expect(other['SALT']).toBe(one['SALT']);
    expect(other['SRP_B']).not.toBe(one['SRP_B']);
    expect(other['SECRET_BLOCK']).not.toBe(one['SECRET_BLOCK']);
  });

  test('shows nothing of the password in its block', async () => {
    const { pool, aUser, signIn } = await aRoom();
    await aUser(pool, { username: 'ada' });
    const { SECRET_BLOCK = '', SALT = '' } = await signIn.challengeOf('ada');
    const block = Buffer.from(SECRET_BLOCK, 'base64');
    expect(block.includes('ada')).toBe(false);
    expect(block.includes(Buffer.from(SALT.padStart(32, '0'), 'hex'))).toBe(false);
  });

  test.each([
    ['zero', '0'],
    ['zeros', '0'.repeat(768)],
    ['N', srpPrime.toString(16)],
    ['2N', (2n * srpPrime).toString(16)],
    ['more than N', (srpPrime + 1n).toString(16)],
    ['no hexadecimal number', 'xyz'],
    ['a number with a prefix', '0x12'],
    ['a negative number', '-1'],
    ['with a blank', ' 1'],
    ['with a line feed', '1\n'],
    ['huge', 'f'.repeat(130_000)],
  ])('refuses an SRP_A that is %s (auth-flows 12)', async (_what, SRP_A) => {
    const { pool, aUser, signIn } = await aRoom();
    await aUser(pool, { username: 'ada' });
    expect(await refusal(signIn.initiate('USER_SRP_AUTH', { USERNAME: 'ada', SRP_A }))).toBe(
      'InvalidParameterException: Invalid SRP_A.',
    );
  });

  test('takes an SRP_A in upper case, of odd length, and with leading zeros (auth-flows 12)', async () => {
    const { pool, aUser, signIn, responses } = await aRoom();
    await aUser(pool, { username: 'ada' });
    const odd = oddClient();
    expect(odd.publicValue.length % 2).toBe(1);
    for (const publicValue of [odd.publicValue.toUpperCase(), odd.publicValue, `000${odd.publicValue}`]) {
      const challenge = await signIn.challengeOf('ada', { ...odd, publicValue });
      expect(tokensOf(await signIn.respond('PASSWORD_VERIFIER', responses(odd, challenge))).access).toBeTypeOf(
        'string',
      );
    }
  });

  test('signs in by an alias, under the username, whatever becomes of the alias later (auth-flows 9)', async () => {
    const { client, pool, aUser, signIn } = await aRoom({
      AliasAttributes: ['email', 'phone_number', 'preferred_username'],
    });
    const attributes = {
      email: 'ada@example.com',
      email_verified: 'true',
      phone_number: '+15550100',
      phone_number_verified: 'true',
      preferred_username: 'the-countess',
    };
    const user = await aUser(pool, { username: 'ada', attributes });
    for (const name of ['ada', 'ada@example.com', '+15550100', 'the-countess', user.sub]) {
      expect(await signIn.challengeOf(name)).toMatchObject({ USERNAME: 'ada', USER_ID_FOR_SRP: 'ada' });
      const { AuthenticationResult } = await signIn.bySrp(name);
      expect(decodeJwt(AuthenticationResult?.AccessToken ?? '')).toMatchObject({ username: 'ada', sub: user.sub });
    }
    await client.send(
      new AdminUpdateUserAttributesCommand({
        UserPoolId: pool.id,
        Username: 'ada',
        UserAttributes: attributesOf({ email: 'lovelace@example.com', email_verified: 'true' }),
      }),
    );
    expect(tokensOf(await signIn.bySrp('lovelace@example.com')).access).toBeTypeOf('string');
    expect(await refusal(signIn.challengeOf('ada@example.com'))).toBe('UserNotFoundException: User does not exist.');
  });

  test('signs in by the address that is the username, after a change of it too (auth-flows 9)', async () => {
    const { client, pool, aUser, signIn } = await aRoom({ UsernameAttributes: ['email'] });
    const { sub } = await aUser(pool, { username: 'ada@example.com' });
    expect(await signIn.challengeOf('ada@example.com')).toMatchObject({ USERNAME: sub, USER_ID_FOR_SRP: sub });
    expect(tokensOf(await signIn.bySrp('ada@example.com')).access).toBeTypeOf('string');
    await client.send(
      new AdminUpdateUserAttributesCommand({
        UserPoolId: pool.id,
        Username: sub,
        UserAttributes: attributesOf({ email: 'lovelace@example.com', email_verified: 'true' }),
      }),
    );
    expect(tokensOf(await signIn.bySrp('lovelace@example.com')).access).toBeTypeOf('string');
    expect(tokensOf(await signIn.bySrp(sub)).access).toBeTypeOf('string');
  });

  test('signs in whatever the case of the letters, where the pool folds names', async () => {
    const { pool, aUser, signIn } = await aRoom({ UsernameConfiguration: { CaseSensitive: false } });
    await aUser(pool, { username: 'Ada' });
    expect((await signIn.challengeOf('ADA'))['USER_ID_FOR_SRP']).toBe('ada');
    expect(tokensOf(await signIn.bySrp('ADA')).access).toBeTypeOf('string');
  });

  test('takes no answer for who was deleted, nor for who has the name now', async () => {
    const { client, pool, aUser, signIn } = await aRoom();
    await aUser(pool, { username: 'ada' });
    const srp = srpClient();
    const challenge = await signIn.challengeOf('ada', srp);
    await client.send(new AdminDeleteUserCommand({ UserPoolId: pool.id, Username: 'ada' }));
    const known = { poolId: pool.id, password: somePassword, at: Date.UTC(2026, 8, 1) };
    expect(await refusal(signIn.respond('PASSWORD_VERIFIER', srp.answer(challenge, known)))).toBe(wrong);
    await aUser(pool, { username: 'ada' });
    expect(await refusal(signIn.respond('PASSWORD_VERIFIER', srp.answer(challenge, known)))).toBe(wrong);
  });
});

/** Of the clients with small secrets, the first whose public value has an odd number of digits. */
function oddClient() {
  for (let a = 5000n; ; a++) {
    const client = srpClient(a);
    if (client.publicValue.length % 2 === 1) return client;
  }
}

describe('InitiateAuth by SRP, of nobody,', () => {
  test('poses a challenge like anybody’s, the same for the same name (auth-flows 17)', async () => {
    const { pool, aUser, hiding, responses } = await aRoom();
    await aUser(pool, { username: 'ada' });
    const srp = srpClient();
    const [one, other] = [await hiding.challengeOf('nobody', srp), await hiding.challengeOf('nobody', srp)];
    expect(other).toMatchObject({ SALT: one['SALT'], USER_ID_FOR_SRP: one['USER_ID_FOR_SRP'] });
    expect(other['SRP_B']).not.toBe(one['SRP_B']);
    expect(await refusal(hiding.respond('PASSWORD_VERIFIER', responses(srp, one)))).toBe(wrong);
    const known = await hiding.challengeOf('ada', srp);
    expect(Object.keys(one).sort()).toEqual(Object.keys(known).sort());
    expect((await hiding.challengeOf('bob'))['SALT']).toMatch(/^[0-9a-f]{28,32}$/);
  });

  test('hands out a block of the same length, whatever the name and whoever has it', async () => {
    const { pool, aUser, hiding } = await aRoom({ AliasAttributes: ['email'] });
    const attributes = { email: `${'a'.repeat(64)}@${'example.'.repeat(20)}com`, email_verified: 'true' };
    const longest = '忍'.repeat(128);
    await aUser(pool, { username: 'ada', attributes });
    await aUser(pool, { username: longest });
    const names = ['ada', 'bob', attributes.email, 'x@y.zz', longest, `${longest.slice(1)}者`, 'nobody@example.com'];
    const blocks = await Promise.all(names.map((name) => hiding.challengeOf(name)));
    const lengths = blocks.map(({ SECRET_BLOCK = '' }) => SECRET_BLOCK.length);
    expect(new Set(lengths)).toEqual(new Set([2776]));
  });

  test('shows a name as it shows those of users: where names are folded, folded', async () => {
    const { pool, aUser, hiding } = await aRoom({ UsernameConfiguration: { CaseSensitive: false } });
    await aUser(pool, { username: 'Ada' });
    expect((await hiding.challengeOf('ADA'))['USERNAME']).toBe('ada');
    expect((await hiding.challengeOf('BOB'))['USERNAME']).toBe('bob');
  });

  test.each<Partial<CreateUserPoolCommandInput>>([{ UsernameAttributes: ['email'] }, { AliasAttributes: ['email'] }])(
    'shows no address for a username in a pool with %o',
    async (settings) => {
      const { hiding } = await aRoom(settings);
      const [one, other] = [
        await hiding.challengeOf('nobody@example.com'),
        await hiding.challengeOf('nobody@example.com'),
      ];
      expect(one['USER_ID_FOR_SRP']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(one['USERNAME']).toBe(one['USER_ID_FOR_SRP']);
      expect(other['USER_ID_FOR_SRP']).toBe(one['USER_ID_FOR_SRP']);
    },
  );

  test.each([
    { settings: {}, typed: 'nobody', like: 'ada' },
    { settings: { UsernameConfiguration: { CaseSensitive: false } }, typed: 'NoBody', like: 'ADA' },
    { settings: { UsernameAttributes: ['email' as const] }, typed: 'nobody@example.com', like: 'ada@example.com' },
  ])('takes the name that was typed and the name that was shown: $typed', async ({ settings, typed, like }) => {
    const { pool, aUser, hiding, responses } = await aRoom(settings);
    await aUser(pool, { username: like });
    const attempt = async (name: string, USERNAME?: string) => {
      const srp = srpClient();
      const challenge = await hiding.challengeOf(name, srp);
      const given = { ...responses(srp, challenge), ...(USERNAME !== undefined && { USERNAME }) };
      return refusal(hiding.respond('PASSWORD_VERIFIER', { ...given, PASSWORD_CLAIM_SIGNATURE: 'AAAA' }));
    };
    for (const name of [typed, like]) {
      expect(await attempt(name)).toBe(wrong);
      expect(await attempt(name, name)).toBe(wrong);
      expect(await attempt(name, 'somebody-else')).toBe(wrong);
    }
  });
});
