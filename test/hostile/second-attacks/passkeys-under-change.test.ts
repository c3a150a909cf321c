/** Passkeys while what they have to prove is changed, and what is signed with them for something else. */
import {
  type AuthFactorType,
  DeleteWebAuthnCredentialCommand,
  SetUserPoolMfaConfigCommand,
  type SetUserPoolMfaConfigCommandInput,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { anAuthenticator } from '../../support/authenticator.ts';
import { passkeyCalls, relyingParty, somebodyWithPasskeys } from '../../support/passkeys.ts';
import { aPerson } from '../../support/people.ts';
import { refusal, signingIn, tokensOf } from '../../support/signing-in.ts';

const incorrect = 'NotAuthorizedException: Incorrect username or password.';
const unverified = { flags: 1 };
const multi = { RelyingPartyId: relyingParty, FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' } as const;
const single = { RelyingPartyId: relyingParty, FactorConfiguration: 'SINGLE_FACTOR' } as const;
const on = { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } } as const;
const off = { MfaConfiguration: 'OFF' } as const;

async function aRoom() {
  const room = await somebodyWithPasskeys();
  const key = await room.register(room.token);
  const set = (input: Omit<SetUserPoolMfaConfigCommandInput, 'UserPoolId'>) =>
    room.client.send(new SetUserPoolMfaConfigCommand({ UserPoolId: room.pool.id, ...input }));
  return { ...room, key, set };
}

describe('What is asked of a passkey', () => {
  test('goes by the settings at the time of its answer', async () => {
    const { app, key, set, ask, answer } = await aRoom();
    const [first, second, third] = [await ask(app), await ask(app), await ask(app)];
    await set({ ...on, WebAuthnConfiguration: multi });
    expect(await refusal(answer(app, first.Session, key.assert(first.options, unverified)))).toBe(incorrect);
    tokensOf(await answer(app, first.Session, key.assert(first.options)));
    await set({ ...off, WebAuthnConfiguration: { ...single, UserVerification: 'required' } });
    expect(await refusal(answer(app, second.Session, key.assert(second.options, unverified)))).toBe(incorrect);
    await set({ ...off, WebAuthnConfiguration: { ...single, UserVerification: 'preferred' } });
    tokensOf(await answer(app, third.Session, key.assert(third.options, unverified)));
  });

  test('is more than one factor can prove, where everybody needs two', async () => {
    const { app, key, set, ask, answer, client, pool } = await aRoom();
    expect(await refusal(set({ ...on, WebAuthnConfiguration: single }))).toMatch(/^InvalidParameterException/);
    const begun = await ask(app);
    const allow = (...AllowedFirstAuthFactors: AuthFactorType[]) =>
      client.send(
        new UpdateUserPoolCommand({
          UserPoolId: pool.id,
          Policies: { SignInPolicy: { AllowedFirstAuthFactors } },
        }),
      );
    await allow('PASSWORD');
    await set({ ...on, WebAuthnConfiguration: single });
    await refusal(allow('PASSWORD', 'WEB_AUTHN'));
    expect(await refusal(answer(app, begun.Session, key.assert(begun.options)))).toBe(incorrect);
  });
});

describe('An assertion', () => {
  test.each([
    'https://example.com.evil.org',
    'https://evilexample.com',
    'https://example.com@evil.org',
    'https://evil.org/example.com',
    'https://evil.org#.example.com',
    'https://example.com/',
    'https://EXAMPLE.com',
    'https://example.com:443',
    'https://example.com.',
    'https://xn--exmple-cua.com',
    'http://example.com',
    'ws://example.com',
    'android:apk-key-hash:AAAA',
    'null',
    '',
    'file://example.com',
    'https://example.com\u0000.evil.org',
    'https://еxample.com',
  ])('does not come from %j', async (origin) => {
    const { app, key, ask, answer } = await aRoom();
    const { Session, options } = await ask(app);
    expect(await refusal(answer(app, Session, key.assert(options, { origin })))).toBe(incorrect);
  });

  test('is of the passkey, the challenge and the person that it was asked of', async () => {
    const { app, key, ask, answer, service, pool, register } = await aRoom();
    const eve = await aPerson(service, pool, { username: 'eve', app });
    const hers = await register(eve.token);
    const [own, others] = [await ask(app), await ask(app, 'eve')];
    const strays = [
      hers.assert(own.options),
      hers.assert(others.options),
      key.assert(others.options),
      { ...key.assert(own.options), id: hers.id, rawId: hers.id },
      { ...hers.assert(own.options), id: key.id, rawId: key.id },
      { ...key.assert(own.options), response: hers.assert(own.options).response },
    ];
    for (const stray of strays) {
      expect(await refusal(answer(app, own.Session, stray))).toMatch(/^NotAuthorizedException: (Inc|Password att)/);
      service.clock.advance(2000);
    }
    expect(await refusal(answer(app, others.Session, hers.assert(others.options)))).toMatch(/Invalid session/);
    tokensOf(await answer(app, own.Session, key.assert(own.options)));
  });

  test('is no registration, and no registration is one', async () => {
    const { app, key, ask, answer, start, complete, token } = await aRoom();
    const asked = await start(token);
    const { Session, options } = await ask(app);
    expect(await refusal(complete(token, key.assert(asked)))).toMatch(/^InvalidParameterException|^WebAuthn/);
    const crossed = key.assert({ challenge: asked.challenge, rpId: relyingParty });
    expect(await refusal(answer(app, Session, crossed))).toBe(incorrect);
    expect(await refusal(answer(app, Session, anAuthenticator().register(options)))).toBe(incorrect);
    expect(await refusal(complete(token, anAuthenticator().register(options)))).toMatch(/^WebAuthnChallengeNotFound/);
  });

  test('has a counter that never turns over', async () => {
    const { app, key, ask, answer } = await aRoom();
    const show = async (counter: number) => {
      const { Session, options } = await ask(app);
      return (await refusal(answer(app, Session, key.assert(options, { counter })))).startsWith('answered');
    };
    expect(await show(0xffffffff)).toBe(true);
    expect([await show(0), await show(1), await show(0xffffffff)]).toEqual([false, false, false]);
  });
});

describe('A passkey that somebody else has by now', () => {
  test('signs in its owner of today, and nobody of yesterday', async () => {
    const room = await aRoom();
    const { app, token, service, pool, ask, answer, client, list } = room;
    const key = anAuthenticator();
    await room.register(token, key);
    const begun = await ask(app);
    await client.send(new DeleteWebAuthnCredentialCommand({ AccessToken: token, CredentialId: key.id }));
    const eve = await aPerson(service, pool, { username: 'eve', app });
    await passkeyCalls(service).register(eve.token, key);
    expect(await refusal(answer(app, begun.Session, key.assert(begun.options)))).toBe(incorrect);
    expect((await list(eve.token)).Credentials?.map(({ CredentialId }) => CredentialId)).toEqual([key.id]);
    expect((await list(token)).Credentials?.map(({ CredentialId }) => CredentialId)).toEqual([room.key.id]);
  });

  test('is no way past a lock, nor a way to end one', async () => {
    const { app, key, ask, answer, clock, service, pool } = await aRoom();
    const { byPassword } = signingIn(service, { ...app, poolId: pool.id });
    const begun = await ask(app);
    for (let at = 0; at < 8; at++) {
      await refusal(byPassword('ada', `Wrong-Horse-${at}`));
      clock.advance(at < 5 ? 0 : 5000);
    }
    await refusal(byPassword('ada', 'Wrong-Horse-9'));
    await refusal(byPassword('ada', 'Wrong-Horse-9'));
    expect(await refusal(answer(app, begun.Session, key.assert(begun.options)))).toMatch(/Password attempts exceeded/);
  });
});
