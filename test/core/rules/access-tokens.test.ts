import { beforeEach, describe, expect, test } from 'vitest';
import { type StillClock, stillClock } from '../../../lambdas/adapters/local/still-clock.ts';
import { sealedSigner } from '../../../lambdas/adapters/system/sealed-signer.ts';
import type { Family } from '../../../lambdas/core/model/family.ts';
import type { User } from '../../../lambdas/core/model/user.ts';
import type { Signer } from '../../../lambdas/core/ports/signer.ts';
import { requirePerson, type TokenCheckPorts } from '../../../lambdas/core/rules/access-tokens.ts';
import { beginSession, type IssuedTokens, issueFirstTokens, tokenClaims } from '../../../lambdas/core/rules/tokens.ts';
import { aSealer, sharedPairs } from '../../support/key-material.ts';
import { memorySigningKeys } from '../../support/memory-keys.ts';
import { aClient, aPool, aUser, someMoment } from '../../support/model.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const hour = 3_600_000;
const pool = aPool();
const client = aClient();
const settings = { issuerBase: 'https://example.com/base' };

let clock: StillClock;
let signer: Signer;
let random: ReturnType<typeof seededRandom>;
/** What the store knows of the user and the token's family; `undefined` as soon as they are gone. */
let known: { user: User | undefined; family: Family | undefined };
let reads: number;

beforeEach(() => {
  clock = stillClock(someMoment);
  random = seededRandom();
  signer = sealedSigner({ keys: memorySigningKeys(), sealer: aSealer(clock), clock, random, pairs: sharedPairs });
  known = { user: aUser(), family: undefined };
  reads = 0;
});

/** A double of the stores alone: tokens, keys and signatures are real. */
const ports = (): TokenCheckPorts => {
  const stores: {
    clients: Pick<TokenCheckPorts['clients'], 'find'>;
    users: Pick<TokenCheckPorts['users'], 'withFamily'>;
  } = {
    clients: { find: async (id) => (id === client.id ? { client, pool } : undefined) },
    users: {
      withFamily: async () => {
        reads++;
        return known;
      },
    },
  };
  // The rule asks these two questions of the stores, and no other.
  return { ...(stores as Pick<TokenCheckPorts, 'clients' | 'users'>), signer, settings, clock };
};

const signIn = (settingsOfClient = client.settings): Promise<IssuedTokens> => {
  const holder = { pool, client: { ...client, settings: settingsOfClient }, user: known.user ?? aUser() };
  const session = beginSession({ random }, holder.user, clock.now());
  const ports = { signer, sealer: aSealer(clock), settings, clock, random };
  return issueFirstTokens(ports, holder, tokenClaims(ports, holder, session), session);
};

const refusal = (name: string, message: string) => expect.objectContaining({ name, message });
const invalid = refusal('NotAuthorizedException', 'Invalid Access Token');
const revoked = refusal('NotAuthorizedException', 'Access Token has been revoked');

describe('requirePerson', () => {
  test('answers user, pool, client and claims after one read of the user', async () => {
    const { AccessToken } = await signIn();
    const person = await requirePerson(ports(), AccessToken);
    expect(person).toMatchObject({ pool, client, user: aUser() });
    expect(person.claims).toMatchObject({
      sub: aUser().sub,
      username: 'ada',
      client_id: client.id,
      token_use: 'access',
    });
    expect(reads).toBe(1);
  });

  test.each([
    '',
    'garbage',
    'a.b.c',
    'e30.e30.e30',
    'e30.bnVsbA.AAAA',
    'e30.NQ.AAAA',
    'e30.eyJjbGllbnRfaWQiOnt9fQ.AAAA',
  ])('refuses what is no token, like %j, without reading a user (pools-and-users 2.4)', async (text) => {
    await expect(requirePerson(ports(), text)).rejects.toThrow(invalid);
    expect(reads).toBe(0);
  });

  test('refuses a token whose payload was changed', async () => {
    const { AccessToken } = await signIn();
    const [header, payload = '', signature] = AccessToken.split('.');
    const claims = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), username: 'bob' };
    const forged = [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
    await expect(requirePerson(ports(), forged)).rejects.toThrow(invalid);
  });

  test('refuses an ID token (auth-flows 45)', async () => {
    const { IdToken } = await signIn();
    await expect(requirePerson(ports(), IdToken)).rejects.toThrow(invalid);
    const disguised = await signer.sign(pool.id, 'access', { ...(await accessClaims()), token_use: 'id' });
    await expect(requirePerson(ports(), disguised)).rejects.toThrow(invalid);
  });

  test('refuses a token of a client that is gone, and of another issuer', async () => {
    const claims = await accessClaims();
    const orphan = await signer.sign(pool.id, 'access', { ...claims, client_id: 'gone' });
    const stranger = await signer.sign(pool.id, 'access', { ...claims, iss: `https://elsewhere.example/${pool.id}` });
    for (const token of [orphan, stranger]) await expect(requirePerson(ports(), token)).rejects.toThrow(invalid);
  });

  test('refuses a token from the second on that it names as its end', async () => {
    const { AccessToken } = await signIn();
    clock.advance(hour - 1);
    await requirePerson(ports(), AccessToken);
    clock.advance(1);
    await expect(requirePerson(ports(), AccessToken)).rejects.toThrow(
      refusal('NotAuthorizedException', 'Access Token has expired'),
    );
  });

  test('refuses a token whose family was revoked, also after its user was deleted', async () => {
    const { AccessToken } = await signIn();
    known = { ...known, family: { revoked: true, generation: 0, rotatedAt: 0 } };
    await expect(requirePerson(ports(), AccessToken)).rejects.toThrow(revoked);
    known = { ...known, user: undefined };
    await expect(requirePerson(ports(), AccessToken)).rejects.toThrow(revoked);
  });

  test('takes a token of a family that was only rotated', async () => {
    const { AccessToken } = await signIn();
    known = { ...known, family: { revoked: false, generation: 2, rotatedAt: someMoment } };
    await expect(requirePerson(ports(), AccessToken)).resolves.toMatchObject({ client });
  });

  test.each([
    ['with', {}],
    ['without', { EnableTokenRevocation: false }],
  ])(
    'refuses what came before a sign-out and takes what came after, in the same second, %s origin_jti (auth-flows 44)',
    async (_name, settingsOfClient) => {
      const before = await signIn(settingsOfClient);
      clock.advance(10);
      known = { ...known, user: aUser({ tokensValidAfter: clock.now() }) };
      const during = await signIn(settingsOfClient);
      clock.advance(10);
      const after = await signIn(settingsOfClient);
      await expect(requirePerson(ports(), before.AccessToken)).rejects.toThrow(revoked);
      for (const { AccessToken } of [during, after]) {
        await expect(requirePerson(ports(), AccessToken)).resolves.toMatchObject({ client });
      }
    },
  );

  test.each([
    ['another scope', { scope: 'openid email' }],
    ['a scope that only begins alike', { scope: 'aws.cognito.signin.user.administrator' }],
    ['no user, as machines have it', { username: undefined, scope: 'shop/read' }],
  ])('refuses a token with %s (auth-flows 45)', async (_name, members) => {
    const token = await signer.sign(pool.id, 'access', { ...(await accessClaims()), ...members });
    await expect(requirePerson(ports(), token)).rejects.toThrow(
      refusal('NotAuthorizedException', 'Access Token does not have required scopes'),
    );
  });

  test('finds the scope among others', async () => {
    const scope = 'openid aws.cognito.signin.user.admin email';
    const token = await signer.sign(pool.id, 'access', { ...(await accessClaims()), scope });
    await expect(requirePerson(ports(), token)).resolves.toMatchObject({ client });
  });

  test.each([
    ['was deleted', undefined, 'UserNotFoundException', 'User does not exist.'],
    [
      'gave the name to somebody else',
      aUser({ sub: '00000000-0000-4000-8000-000000000000' }),
      'UserNotFoundException',
      'User does not exist.',
    ],
    ['is disabled', aUser({ enabled: false }), 'NotAuthorizedException', 'User is disabled.'],
    [
      'must reset the password',
      aUser({ status: 'RESET_REQUIRED' }),
      'PasswordResetRequiredException',
      'Password reset required for the user',
    ],
    ['is unconfirmed', aUser({ status: 'UNCONFIRMED' }), 'UserNotConfirmedException', 'User is not confirmed.'],
  ])('refuses the token of a user who %s (pools-and-users 2.4)', async (_name, user, name, message) => {
    const { AccessToken } = await signIn();
    known = { ...known, user };
    await expect(requirePerson(ports(), AccessToken)).rejects.toThrow(refusal(name, message));
  });

  test('names the first fault in the order of the API', async () => {
    const { AccessToken } = await signIn();
    known = {
      user: aUser({ enabled: false, tokensValidAfter: clock.now() }),
      family: undefined,
    };
    await expect(requirePerson(ports(), AccessToken)).rejects.toThrow(revoked);
    clock.advance(hour);
    await expect(requirePerson(ports(), AccessToken)).rejects.toThrow(
      refusal('NotAuthorizedException', 'Access Token has expired'),
    );
  });
});

const accessClaims = async (): Promise<Readonly<Record<string, unknown>>> =>
  JSON.parse(Buffer.from((await signIn()).AccessToken.split('.')[1] ?? '', 'base64url').toString());
