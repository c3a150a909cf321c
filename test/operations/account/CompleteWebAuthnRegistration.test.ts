import { GetUserCommand, SetUserPoolMfaConfigCommand } from '@aws-sdk/client-cognito-identity-provider';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anAuthenticator, type Deviations, type RegistrationJson } from '../../support/authenticator.ts';
import { flipBit } from '../../support/flipped-bits.ts';
import { anApp, aPasskeyPool, passkeyCalls, relyingParty, somebodyWithPasskeys } from '../../support/passkeys.ts';
import { aPerson, bodyOf, minute, refusalOfCall, tallyOf, tokenOf } from '../../support/people.ts';
import { startService } from '../../support/start-service.ts';

const notFound = 'WebAuthnChallengeNotFoundException: There is no pending registration for this challenge.';
const notSupported = 'WebAuthnCredentialNotSupportedException: The credential is not supported.';
const notAllowed = 'WebAuthnOriginNotAllowedException: The origin of the credential is not allowed.';
const anotherParty = 'WebAuthnRelyingPartyMismatchException: The credential is for another relying party.';
const unreadable = 'InvalidParameterException: Credential is not a readable registration response.';

describe('CompleteWebAuthnRegistration', () => {
  test.each(['ES256', 'RS256'] as const)('registers a passkey of %s (auth-flows 35)', async (algorithm) => {
    const { token, start, complete, list, clock } = await somebodyWithPasskeys();
    const authenticator = anAuthenticator({ algorithm });

    expect(bodyOf(await complete(token, authenticator.register(await start(token))))).toEqual({});
    expect(bodyOf(await list(token))).toEqual({
      Credentials: [
        {
          CredentialId: authenticator.id,
          FriendlyCredentialName: 'Platform passkey',
          RelyingPartyId: relyingParty,
          AuthenticatorAttachment: 'platform',
          AuthenticatorTransports: ['internal', 'hybrid'],
          CreatedAt: new Date(clock.now()),
        },
      ],
    });
  });

  test('calls one that goes from device to device a roaming one', async () => {
    const { token, start, complete, list } = await somebodyWithPasskeys();
    const made = anAuthenticator().register(await start(token));
    await complete(token, { ...made, authenticatorAttachment: 'cross-platform' });
    expect((await list(token)).Credentials).toMatchObject([{ FriendlyCredentialName: 'Roaming passkey' }]);
  });

  test.each<[string, Deviations, string]>([
    ['another challenge', { clientData: { challenge: 'AAAA' } }, notFound],
    ['another type', { clientData: { type: 'webauthn.get' } }, unreadable],
    ['another origin', { origin: 'https://evil.org' }, notAllowed],
    ['an origin that only ends alike', { origin: 'https://notexample.com' }, notAllowed],
    ['an origin without encryption', { origin: 'http://example.com' }, notAllowed],
    ['a page inside of another', { clientData: { crossOrigin: true } }, notAllowed],
    ['another relying party', { rpId: 'login.example.com' }, anotherParty],
    ['nobody present', { flags: 64 }, notSupported],
    ['no key', { flags: 1 }, unreadable],
    [
      'a key of EdDSA',
      {
        publicKey: new Map<number, unknown>([
          [1, 1],
          [3, -8],
          [-1, 6],
          [-2, Buffer.alloc(32)],
        ]),
      },
      notSupported,
    ],
    [
      'a point that is not on the curve',
      {
        publicKey: new Map<number, unknown>([
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, Buffer.alloc(32, 1)],
          [-3, Buffer.alloc(32, 1)],
        ]),
      },
      notSupported,
    ],
    [
      'an RSA key that is too short',
      {
        publicKey: new Map<number, unknown>([
          [1, 3],
          [3, -257],
          [-1, Buffer.alloc(128, 255)],
          [-2, Buffer.from([1, 0, 1])],
        ]),
      },
      notSupported,
    ],
    [
      'a signature by somebody else',
      {
        format: 'packed',
        statement: new Map<string, unknown>([
          ['alg', -7],
          ['sig', Buffer.alloc(70, 1)],
        ]),
      },
      notSupported,
    ],
    ['a statement of nothing', { statement: new Map([['alg', -7]]) }, notSupported],
  ])('refuses %s (auth-flows 35)', async (_, deviations, refusal) => {
    const { token, start, complete, list } = await somebodyWithPasskeys();
    const made = anAuthenticator().register(await start(token), deviations);
    expect(await refusalOfCall(complete(token, made))).toBe(refusal);
    expect((await list(token)).Credentials).toEqual([]);
  });

  test('takes the sub-domains of the relying party', async () => {
    const { token, start, complete } = await somebodyWithPasskeys();
    const origin = 'https://login.example.com';
    expect(await refusalOfCall(complete(token, anAuthenticator().register(await start(token), { origin })))).toBe(
      'nothing is refused',
    );
  });

  test('refuses what was not begun, was over, was replaced, or is handed in twice (auth-flows 35)', async () => {
    const { token, start, complete, clock } = await somebodyWithPasskeys();
    const [one, other] = [anAuthenticator(), anAuthenticator()];
    expect(await refusalOfCall(complete(token, one.register({ challenge: 'AAAA', rpId: relyingParty })))).toBe(
      notFound,
    );

    const late = one.register(await start(token));
    clock.advance(5 * minute);
    expect(await refusalOfCall(complete(token, late))).toBe(notFound);

    const replaced = one.register(await start(token));
    const made = one.register(await start(token));
    expect(await refusalOfCall(complete(token, replaced))).toBe(notFound);
    await complete(token, made);
    expect(await refusalOfCall(complete(token, made))).toBe(notFound);
    expect(await refusalOfCall(complete(token, other.register({ challenge: 'AAAA', rpId: relyingParty })))).toBe(
      notFound,
    );
  });

  test('refuses what was begun through another client (auth-flows 35)', async () => {
    const { service, client, pool, token, start, complete } = await somebodyWithPasskeys();
    const elsewhere = await tokenOf(client, await anApp(service, pool), { username: 'ada' });
    const made = anAuthenticator().register(await start(token));
    expect(await refusalOfCall(complete(elsewhere, made))).toBe(
      'WebAuthnClientMismatchException: The registration was started through another client.',
    );
    expect(await refusalOfCall(complete(token, made))).toBe('nothing is refused');
  });

  test('refuses what somebody else has begun, and an id that somebody else has', async () => {
    const { service, pool, app, token, start, complete, list } = await somebodyWithPasskeys();
    const eve = await aPerson(service, pool, { username: 'eve', app });
    const authenticator = anAuthenticator();
    const made = authenticator.register(await start(token));
    expect(await refusalOfCall(complete(eve.token, made))).toBe(notFound);
    await start(eve.token);
    expect(await refusalOfCall(complete(eve.token, made))).toBe(notFound);

    await complete(token, made);
    const again = authenticator.register(await start(eve.token));
    expect(await refusalOfCall(complete(eve.token, again))).toBe(
      'InvalidParameterException: Credential is registered already.',
    );
    const once = authenticator.register(await start(token));
    expect(await refusalOfCall(complete(token, once))).toBe(
      'InvalidParameterException: Credential is registered already.',
    );
    expect((await list(eve.token)).Credentials).toEqual([]);
    expect((await list(token)).Credentials).toHaveLength(1);
  });

  test('lets another pool have a passkey of the same id', async () => {
    const { service, token, register, ...calls } = await somebodyWithPasskeys();
    const authenticator = await register(token);
    const pool = await aPasskeyPool(service);
    const namesake = await aPerson(service, pool, { username: 'ada', app: await anApp(service, pool) });
    await calls.complete(namesake.token, authenticator.register(await calls.start(namesake.token)));
    expect((await calls.list(namesake.token)).Credentials).toMatchObject([{ CredentialId: authenticator.id }]);
  });

  test.each([
    ['required', { UserVerification: 'required' }],
    ['of a passkey that is two factors', { FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' }],
  ] as const)('refuses a passkey without user verification where that is %s (auth-flows 35)', async (_, settings) => {
    const { token, start, complete } = await somebodyWithPasskeys({ WebAuthnConfiguration: settings });
    const options = await start(token);
    expect(options).toMatchObject({ authenticatorSelection: { userVerification: 'required' } });
    const unverified = anAuthenticator({ isVerified: false }).register(options);
    expect(await refusalOfCall(complete(token, unverified))).toBe(notSupported);
    expect(await refusalOfCall(complete(token, anAuthenticator().register(options)))).toBe('nothing is refused');
  });

  test('is refused once the pool allows no passkeys', async () => {
    const { service, client, aPool, aClient } = await startService().then((service) => ({ service, ...service }));
    const pool = await aPool();
    const { token } = await aPerson(service, pool, { username: 'ada', app: await aClient(pool) });
    await client.send(
      new SetUserPoolMfaConfigCommand({ UserPoolId: pool.id, WebAuthnConfiguration: { RelyingPartyId: relyingParty } }),
    );
    const made = anAuthenticator().register({ challenge: 'AAAA', rpId: relyingParty });
    expect(await refusalOfCall(passkeyCalls(service).complete(token, made))).toBe(
      'WebAuthnNotEnabledException: Passkeys are not enabled for this user pool.',
    );
  });

  test('keeps twenty, and not one more (auth-flows 35)', async () => {
    const { token, register, start, complete, list } = await somebodyWithPasskeys();
    for (let made = 0; made < 20; made++) await register(token);
    const options = await start(token);
    expect(options['excludeCredentials']).toHaveLength(20);
    expect(await refusalOfCall(complete(token, anAuthenticator().register(options)))).toBe(
      'LimitExceededException: The limit of 20 passkeys of a user would be exceeded.',
    );
    expect((await list(token)).Credentials).toHaveLength(20);
  });

  test('keeps one of many that answer the same challenge at once', async () => {
    const { token, start, complete, list } = await somebodyWithPasskeys();
    const asked = await start(token);
    const made = Array.from({ length: 8 }, () => anAuthenticator().register(asked));
    expect(await tallyOf(made.map((each) => complete(token, each)))).toEqual({
      'nothing is refused': 1,
      [notFound]: 7,
    });
    expect((await list(token)).Credentials).toHaveLength(1);
  });

  test('accepts nothing of which a bit was changed', async () => {
    const { token, start, complete, list } = await somebodyWithPasskeys();
    const made = anAuthenticator().register(await start(token), { format: 'packed' });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...parts), fc.double({ min: 0, max: 1, noNaN: true }), async (part, where) => {
        const changed = withChangedBit(made, part, where);
        expect(await refusalOfCall(complete(token, changed))).toMatch(/^(WebAuthn|InvalidParameter)/);
      }),
      { numRuns: 300 },
    );
    expect((await list(token)).Credentials).toEqual([]);
    expect(await refusalOfCall(complete(token, made))).toBe('nothing is refused');
  });

  test('accepts no other JSON', async () => {
    const { token, start, complete, call } = await somebodyWithPasskeys();
    const made = anAuthenticator().register(await start(token));
    const odd: readonly unknown[] = [
      {},
      { ...made, id: '' },
      { ...made, rawId: 'AAAA' },
      { ...made, type: 'password' },
      { ...made, response: [] },
      { ...made, response: { ...made.response, attestationObject: `${made.response.attestationObject}=` } },
      { ...made, response: { ...made.response, attestationObject: 'AAAA' } },
      { ...made, response: { ...made.response, clientDataJSON: 'bnVsbA' } },
      { ...made, id: 'A'.repeat(1368), rawId: 'A'.repeat(1368) },
      'text',
      null,
      7,
      [made],
    ];
    for (const Credential of odd) {
      const { status, body } = await call('CompleteWebAuthnRegistration', { AccessToken: token, Credential });
      expect([status, JSON.parse(body).__type]).toEqual([400, 'InvalidParameterException']);
    }
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (Credential) => {
        const { status } = await call('CompleteWebAuthnRegistration', { AccessToken: token, Credential });
        expect(status).toBe(400);
      }),
      { numRuns: 50 },
    );
    expect(await refusalOfCall(complete(token, made))).toBe('nothing is refused');
  });

  test('leaves the rest of the user alone', async () => {
    const { client, token, register } = await somebodyWithPasskeys();
    const before = bodyOf(await client.send(new GetUserCommand({ AccessToken: token })));
    await register(token);
    expect(bodyOf(await client.send(new GetUserCommand({ AccessToken: token })))).toEqual(before);
  });
});

/** What was signed, and the id that stands beside it. */
const parts = ['clientDataJSON', 'attestationObject', 'id'] as const;

function withChangedBit(made: RegistrationJson, part: (typeof parts)[number], where: number): object {
  if (part === 'id') {
    const id = flipBit(made.id, where);
    return { ...made, id, rawId: id };
  }
  return { ...made, response: { ...made.response, [part]: flipBit(made.response[part], where) } };
}
