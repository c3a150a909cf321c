import {
  AdminDisableUserCommand,
  AdminResetUserPasswordCommand,
  AdminRespondToAuthChallengeCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  DeleteWebAuthnCredentialCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  SetUserPoolMfaConfigCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AssertionJson, anAuthenticator, type Deviations } from '../../support/authenticator.ts';
import { attributesOf } from '../../support/builders.ts';
import { flipBit } from '../../support/flipped-bits.ts';
import { anApp, relyingParty, somebodyWithPasskeys } from '../../support/passkeys.ts';
import { aPerson, minute, refusalOfCall, tallyOf } from '../../support/people.ts';

const incorrect = 'NotAuthorizedException: Incorrect username or password.';
const spent = 'NotAuthorizedException: Invalid session for the user, session can only be used once.';
const invalid = 'NotAuthorizedException: Invalid session for the user.';

async function withPasskey(...options: Parameters<typeof somebodyWithPasskeys>) {
  const person = await somebodyWithPasskeys(...options);
  const authenticator = await person.register(person.token);
  const signIn = async (deviations?: Deviations) => {
    const { Session, options: asked } = await person.ask(person.app);
    return person.answer(person.app, Session, authenticator.assert(asked, deviations));
  };
  return { ...person, authenticator, signIn };
}

describe('WEB_AUTHN', () => {
  test('is posed with what a browser needs', async () => {
    const { ask, app, authenticator } = await withPasskey();
    const { ChallengeName, Session, AvailableChallenges, AuthenticationResult, options } = await ask(app);
    expect({ ChallengeName, AvailableChallenges, AuthenticationResult }).toEqual({
      ChallengeName: 'WEB_AUTHN',
      AvailableChallenges: ['PASSWORD_SRP', 'PASSWORD', 'WEB_AUTHN'],
      AuthenticationResult: undefined,
    });
    expect(Session).toMatch(/^[\w-]{20,2000}$/);
    expect(options).toEqual({
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      timeout: 180_000,
      rpId: relyingParty,
      allowCredentials: [{ type: 'public-key', id: authenticator.id, transports: ['internal', 'hybrid'] }],
      userVerification: 'preferred',
    });
  });

  test.each(['ES256', 'RS256'] as const)(
    'signs in by a passkey of %s, again and again (auth-flows 35)',
    async (algorithm) => {
      const { token, register, ask, answer, app, user } = await somebodyWithPasskeys();
      const authenticator = await register(token, anAuthenticator({ algorithm }));
      for (let times = 0; times < 3; times++) {
        const { Session, options } = await ask(app);
        const userHandle = Buffer.from(user.sub).toString('base64url');
        const signedIn = await answer(app, Session, authenticator.assert(options, { userHandle }));
        expect(Object.keys(signedIn).toSorted()).toEqual(['$metadata', 'AuthenticationResult', 'ChallengeParameters']);
        expect(Object.keys(signedIn.AuthenticationResult ?? {}).toSorted()).toEqual([
          'AccessToken',
          'ExpiresIn',
          'IdToken',
          'RefreshToken',
          'TokenType',
        ]);
      }
    },
  );

  test('signs in by an authenticator without a counter', async () => {
    const { token, register, ask, answer, app } = await somebodyWithPasskeys();
    const authenticator = await register(token, anAuthenticator({ hasCounter: false }));
    for (let times = 0; times < 2; times++) {
      const { Session, options } = await ask(app);
      expect(await answer(app, Session, authenticator.assert(options))).toHaveProperty('AuthenticationResult');
    }
  });

  test('signs in nobody by a passkey that was deleted (auth-flows 35)', async () => {
    const { client, token, app, ask, answer, authenticator } = await withPasskey();
    const { Session, options } = await ask(app);
    await client.send(new DeleteWebAuthnCredentialCommand({ AccessToken: token, CredentialId: authenticator.id }));
    expect(await refusalOfCall(answer(app, Session, authenticator.assert(options)))).toBe(incorrect);
    expect((await ask(app)).ChallengeName).toBe('SELECT_CHALLENGE');
  });

  test.each<[string, Deviations]>([
    ['of another challenge', { clientData: { challenge: 'AAAA' } }],
    ['of a registration', { clientData: { type: 'webauthn.create' } }],
    ['from another origin', { origin: 'https://evil.org' }],
    ['from an origin without encryption', { origin: 'http://example.com' }],
    ['from a page inside of another', { clientData: { crossOrigin: true } }],
    [
      'from a page inside of another that says which',
      { clientData: { crossOrigin: true, topOrigin: 'https://evil.org' } },
    ],
    ['for another relying party', { rpId: 'login.example.com' }],
    ['of nobody present', { flags: 4 }],
    ['for another user', { userHandle: Buffer.from('somebody else').toString('base64url') }],
    ['with the counter that was', { counter: 1 }],
    ['with a lower counter', { counter: 0 }],
  ])('refuses an assertion %s, and takes the right one afterwards (auth-flows 35)', async (_, deviations) => {
    const { app, ask, answer, authenticator } = await withPasskey();
    const { Session, options } = await ask(app);
    expect(await refusalOfCall(answer(app, Session, authenticator.assert(options, deviations)))).toBe(incorrect);
    expect(await answer(app, Session, authenticator.assert(options))).toHaveProperty('AuthenticationResult');
  });

  test('notes each counter, so that a copy of the authenticator is found out (auth-flows 35)', async () => {
    const { signIn } = await withPasskey();
    await signIn({ counter: 40 });
    expect(await refusalOfCall(signIn({ counter: 40 }))).toBe(incorrect);
    expect(await refusalOfCall(signIn({ counter: 39 }))).toBe(incorrect);
    await signIn({ counter: 41 });
  });

  test('lets one of two copies in that sign in at once with the same counter', async () => {
    const { signIn } = await withPasskey();
    expect(await tallyOf([signIn({ counter: 7 }), signIn({ counter: 7 })])).toEqual({
      'nothing is refused': 1,
      [incorrect]: 1,
    });
  });

  test('takes one answer for a session, however many come at once', async () => {
    const { token, register, ask, answer, app } = await somebodyWithPasskeys();
    const authenticator = await register(token, anAuthenticator({ hasCounter: false }));
    const { Session, options } = await ask(app);
    const made = authenticator.assert(options);
    const calls = Array.from({ length: 5 }, () => answer(app, Session, made));
    expect(await tallyOf(calls)).toEqual({ 'nothing is refused': 1, [spent]: 4 });
    expect(await refusalOfCall(answer(app, Session, made))).toBe(spent);
  });

  test('accepts nothing of which a bit was changed', async () => {
    const { app, ask, answer, authenticator, clock } = await withPasskey();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...parts), fc.double({ min: 0, max: 1, noNaN: true }), async (part, where) => {
        // Wrong guesses lock for a while, as those at passwords do.
        clock.advance(16 * minute);
        const { Session, options } = await ask(app);
        const changed = withChangedBit(authenticator.assert(options), part, where);
        expect(await refusalOfCall(answer(app, Session, changed))).toBe(incorrect);
      }),
      { numRuns: 200 },
    );
  });

  test('accepts no other JSON', async () => {
    const { app, ask, answer, authenticator, clock } = await withPasskey();
    const odd = (made: AssertionJson): readonly (object | string)[] => [
      'no JSON',
      'null',
      '[]',
      '7',
      {},
      { ...made, id: '', rawId: '' },
      { ...made, rawId: 'AAAA' },
      { ...made, type: 'password' },
      { ...made, response: { ...made.response, signature: `${made.response.signature}=` } },
      { ...made, response: { ...made.response, signature: 7 } },
      { ...made, response: { ...made.response, userHandle: 7 } },
      { ...made, response: { ...made.response, authenticatorData: 'AAAA' } },
    ];
    const { options: first } = await ask(app);
    for (const [at] of odd(authenticator.assert(first)).entries()) {
      clock.advance(16 * minute);
      const { Session, options } = await ask(app);
      const credential = odd(authenticator.assert(options))[at] ?? '';
      expect(await refusalOfCall(answer(app, Session, credential))).toBe(incorrect);
    }
  });

  test('knows whose passkey it is', async () => {
    const { service, pool, app, register, ask, answer, authenticator } = await withPasskey();
    const eve = await aPerson(service, pool, { username: 'eve', app });
    const own = await register(eve.token);
    const { Session, options } = await ask(app);
    expect(await refusalOfCall(answer(app, Session, own.assert(options)))).toBe(incorrect);
    const { Session: hers, options: asked } = await ask(app, 'eve');
    expect(await refusalOfCall(answer(app, hers, authenticator.assert(asked)))).toBe(invalid);
  });

  test('has a session for one client and one challenge (auth-flows 23)', async () => {
    const { service, pool, app, ask, answer, authenticator, clock } = await withPasskey();
    const other = await anApp(service, pool);
    const { Session, options } = await ask(app);
    expect(await refusalOfCall(answer(other, Session, authenticator.assert(options)))).toBe(invalid);
    const { Session: newer } = await ask(app);
    expect(await refusalOfCall(answer(app, newer, authenticator.assert(options)))).toBe(incorrect);
    clock.advance(3 * minute);
    expect(await refusalOfCall(answer(app, Session, authenticator.assert(options)))).toBe(
      'NotAuthorizedException: Invalid session for the user, session is expired.',
    );
  });

  test('locks after as many wrong assertions as after wrong passwords', async () => {
    const { app, ask, answer, authenticator, clock } = await withPasskey();
    const { Session, options } = await ask(app);
    for (let times = 0; times < 5; times++) {
      const wrong = authenticator.assert(options, { origin: 'https://evil.org' });
      expect(await refusalOfCall(answer(app, Session, wrong))).toBe(incorrect);
    }
    expect(await refusalOfCall(answer(app, Session, authenticator.assert(options)))).toBe(
      'NotAuthorizedException: Password attempts exceeded',
    );
    clock.advance(1100);
    expect(await answer(app, Session, authenticator.assert(options))).toHaveProperty('AuthenticationResult');
  });

  test('tells the state of the user only to whoever has the passkey', async () => {
    const { client, pool, app, ask, answer, authenticator } = await withPasskey();
    const { Session, options } = await ask(app);
    const named = { UserPoolId: pool.id, Username: 'ada' };
    await client.send(new AdminDisableUserCommand(named));
    const wrong = authenticator.assert(options, { origin: 'https://evil.org' });
    expect(await refusalOfCall(answer(app, Session, wrong))).toBe(incorrect);
    expect(await refusalOfCall(answer(app, Session, authenticator.assert(options)))).toBe(
      'NotAuthorizedException: User is disabled.',
    );
  });

  test('is no way around a password that has to be chosen anew', async () => {
    const { client, pool, app, ask, answer, authenticator } = await withPasskey();
    const { Session, options } = await ask(app);
    const temporary = { UserPoolId: pool.id, Username: 'ada', Password: 'Temporary-1843', Permanent: false };
    await client.send(new AdminSetUserPasswordCommand(temporary));
    expect(await refusalOfCall(answer(app, Session, authenticator.assert(options)))).toBe(incorrect);
    expect((await ask(app)).AvailableChallenges).toEqual(['PASSWORD_SRP', 'PASSWORD']);
  });

  test('is refused while a reset is asked for', async () => {
    const { client, pool, app, ask, answer, authenticator } = await withPasskey();
    const { Session, options } = await ask(app);
    const named = { UserPoolId: pool.id, Username: 'ada' };
    const UserAttributes = attributesOf({ email: 'ada@example.com', email_verified: 'true' });
    await client.send(new AdminUpdateUserAttributesCommand({ ...named, UserAttributes }));
    await client.send(new AdminResetUserPasswordCommand(named));
    expect(await refusalOfCall(answer(app, Session, authenticator.assert(options)))).toBe(
      'PasswordResetRequiredException: Password reset required for the user',
    );
  });

  test('is not offered, nor taken, once the pool allows it no more', async () => {
    const { client, pool, app, ask, answer, authenticator } = await withPasskey();
    const { Session, options } = await ask(app);
    await client.send(
      new UpdateUserPoolCommand({
        UserPoolId: pool.id,
        Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] } },
      }),
    );
    expect(await refusalOfCall(answer(app, Session, authenticator.assert(options)))).toBe(incorrect);
    expect(await ask(app)).toMatchObject({
      ChallengeName: 'SELECT_CHALLENGE',
      AvailableChallenges: ['PASSWORD_SRP', 'PASSWORD'],
    });
  });

  test('takes no passkey of a former relying party', async () => {
    const { client, pool, app, ask, answer, authenticator, token, register } = await withPasskey();
    const useRelyingParty = (RelyingPartyId: string) =>
      client.send(new SetUserPoolMfaConfigCommand({ UserPoolId: pool.id, WebAuthnConfiguration: { RelyingPartyId } }));
    const { Session, options } = await ask(app);
    await useRelyingParty('login.example.com');
    expect(await refusalOfCall(answer(app, Session, authenticator.assert(options)))).toBe(incorrect);
    expect(await ask(app)).toMatchObject({
      ChallengeName: 'SELECT_CHALLENGE',
      AvailableChallenges: ['PASSWORD_SRP', 'PASSWORD'],
    });
    const next = await register(token);
    const asked = await ask(app);
    expect(asked.options).toMatchObject({ rpId: 'login.example.com', allowCredentials: [{ id: next.id }] });
    expect(await refusalOfCall(answer(app, asked.Session, authenticator.assert(asked.options)))).toBe(incorrect);
    expect(await answer(app, asked.Session, next.assert(asked.options))).toHaveProperty('AuthenticationResult');
    // Nothing is lost of those that were made before.
    await useRelyingParty('example.com');
    expect((await ask(app)).options).toMatchObject({ allowCredentials: [{ id: authenticator.id }] });
  });

  test.each([
    ['required', { UserVerification: 'required' }],
    ['of a passkey that is two factors', { FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' }],
  ] as const)('refuses one without user verification where that is %s (auth-flows 35)', async (_, settings) => {
    const { app, ask, answer, authenticator } = await withPasskey({ WebAuthnConfiguration: settings });
    const { Session, options } = await ask(app);
    expect(options).toMatchObject({ userVerification: 'required' });
    expect(await refusalOfCall(answer(app, Session, authenticator.assert(options, { flags: 1 })))).toBe(incorrect);
    expect(await answer(app, Session, authenticator.assert(options))).toHaveProperty('AuthenticationResult');
  });

  test('takes one without user verification where that is preferred', async () => {
    const { signIn } = await withPasskey();
    expect(await signIn({ flags: 1 })).toHaveProperty('AuthenticationResult');
  });

  test('stands for two factors where the pool says so and everybody needs them', async () => {
    const { client, pool, signIn } = await withPasskey();
    const required = {
      UserPoolId: pool.id,
      MfaConfiguration: 'ON',
      SoftwareTokenMfaConfiguration: { Enabled: true },
      WebAuthnConfiguration: {
        RelyingPartyId: relyingParty,
        FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
      },
    } as const;
    await client.send(new SetUserPoolMfaConfigCommand(required));
    expect(await signIn()).toHaveProperty('AuthenticationResult');
    expect(await refusalOfCall(signIn({ flags: 1 }))).toBe(incorrect);
  });

  test('answers for names of nobody as for everybody’s', async () => {
    const { service, pool, ask, authenticator, client } = await withPasskey();
    const hiding = await anApp(service, pool, { PreventUserExistenceErrors: 'ENABLED' });
    const names = Array.from({ length: 40 }, (_, at) => `nobody-${at}`);
    const asked = await Promise.all(names.map(async (name) => ({ name, ...(await ask(hiding, name)) })));
    const posed = asked.filter(({ ChallengeName }) => ChallengeName === 'WEB_AUTHN');
    const real = await ask(hiding);
    for (const { name, Session, options } of posed.slice(0, 3)) {
      expect(Object.keys(options)).toEqual(Object.keys(real.options));
      const CREDENTIAL = JSON.stringify(authenticator.assert(options));
      const ChallengeResponses = { USERNAME: name, CREDENTIAL };
      const call = client.send(
        new RespondToAuthChallengeCommand({
          ClientId: hiding.id,
          Session,
          ChallengeName: 'WEB_AUTHN',
          ChallengeResponses,
        }),
      );
      expect(await refusalOfCall(call)).toBe(incorrect);
    }
    expect(posed.length).toBeGreaterThan(2);
  });

  test('may be answered through an administrator', async () => {
    const { client, pool, app, ask, authenticator } = await withPasskey();
    const { Session, options } = await ask(app);
    const CREDENTIAL = JSON.stringify(authenticator.assert(options));
    const answered = await client.send(
      new AdminRespondToAuthChallengeCommand({
        UserPoolId: pool.id,
        ClientId: app.id,
        Session,
        ChallengeName: 'WEB_AUTHN',
        ChallengeResponses: { USERNAME: 'ada', CREDENTIAL },
      }),
    );
    expect(answered).toHaveProperty('AuthenticationResult');
  });

  test('is chosen among all challenges', async () => {
    const { client, app, answer, authenticator, ask } = await withPasskey();
    const named = { ClientId: app.id };
    const begun = await client.send(
      new InitiateAuthCommand({ ...named, AuthFlow: 'USER_AUTH', AuthParameters: { USERNAME: 'ada' } }),
    );
    const premature = authenticator.assert((await ask(app)).options);
    expect(await refusalOfCall(answer(app, begun.Session, premature))).toBe(invalid);
    const chosen = await client.send(
      new RespondToAuthChallengeCommand({
        ...named,
        Session: begun.Session,
        ChallengeName: 'SELECT_CHALLENGE',
        ChallengeResponses: { USERNAME: 'ada', ANSWER: 'WEB_AUTHN' },
      }),
    );
    const options = JSON.parse(chosen.ChallengeParameters?.['CREDENTIAL_REQUEST_OPTIONS'] ?? '');
    expect(await answer(app, chosen.Session, authenticator.assert(options))).toHaveProperty('AuthenticationResult');
  });

  test('is posed first to who sends a credential along with the choice of it', async () => {
    const { client, app, answer, authenticator, ask } = await withPasskey();
    const named = { ClientId: app.id };
    const begun = await client.send(
      new InitiateAuthCommand({ ...named, AuthFlow: 'USER_AUTH', AuthParameters: { USERNAME: 'ada' } }),
    );
    const earlier = JSON.stringify(authenticator.assert((await ask(app)).options));
    const chosen = await client.send(
      new RespondToAuthChallengeCommand({
        ...named,
        Session: begun.Session,
        ChallengeName: 'SELECT_CHALLENGE',
        ChallengeResponses: { USERNAME: 'ada', ANSWER: 'WEB_AUTHN', CREDENTIAL: earlier },
      }),
    );
    expect(chosen.ChallengeName).toBe('WEB_AUTHN');
    expect(chosen.AuthenticationResult).toBeUndefined();
    // It was about another challenge than this one.
    expect(await refusalOfCall(answer(app, chosen.Session, earlier))).toBe(incorrect);
  });

  test('needs its session and its credential', async () => {
    const { app, ask, answer, authenticator } = await withPasskey();
    const { Session, options } = await ask(app);
    expect(await refusalOfCall(answer(app, undefined, authenticator.assert(options)))).toBe(
      'InvalidParameterException: Missing required parameter Session',
    );
    expect(await refusalOfCall(answer(app, Session, ''))).toBe(
      'InvalidParameterException: Missing required parameter CREDENTIAL',
    );
  });
});

/** What was signed, the signature, and the id that stands beside them. */
const parts = ['clientDataJSON', 'authenticatorData', 'signature', 'id'] as const;

function withChangedBit(made: AssertionJson, part: (typeof parts)[number], where: number): object {
  if (part === 'id') {
    const id = flipBit(made.id, where);
    return { ...made, id, rawId: id };
  }
  return { ...made, response: { ...made.response, [part]: flipBit(made.response[part], where) } };
}
