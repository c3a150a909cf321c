/** What a client with a secret must send along: at sign-in, at a challenge, and at a refresh. */
import { AdminInitiateAuthCommand, type CreateUserPoolCommandInput } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { secretHash } from '../../../lambdas/core/rules/secret-hash.ts';
import { somePassword } from '../../support/builders.ts';
import { handsOf } from '../../support/sign-in-hands.ts';
import { refusal, sessionOf, signingIn } from '../../support/signing-in.ts';
import { srpClient } from '../../support/srp-client.ts';
import { startService } from '../../support/start-service.ts';

/** A client with a secret, and users `ada` and, still with the password she was invited with, `bob`. */
async function aRoom(settings: Partial<CreateUserPoolCommandInput> = {}) {
  const service = await startService();
  const pool = await service.aPool(settings);
  const app = await service.aClient(pool, { GenerateSecret: true });
  const attributes = { email: 'ada@example.com', email_verified: 'true' };
  const user = await service.aUser(pool, {
    username: settings.UsernameAttributes ? attributes.email : 'ada',
    attributes,
  });
  const signIn = signingIn(service, app);
  const hashOf = (name: string) => ({ SECRET_HASH: secretHash(app.ClientSecret ?? '', name, app.id) });
  return {
    ...service,
    service,
    pool,
    app,
    user,
    signIn,
    hashOf,
    missing: `NotAuthorizedException: Client ${app.id} is configured with secret but SECRET_HASH was not received`,
    wrong: `NotAuthorizedException: Unable to verify secret hash for client ${app.id}`,
    enter: (name: string, more: Readonly<Record<string, string>>) =>
      refusal(signIn.byPassword(name, somePassword, more)),
  };
}

const bad = { SECRET_HASH: 'Kz67oKcM4u+bIwAxQL0kuIn2f/Ggy2K09eYbzpZnU5k=' };

describe('A client with a secret', () => {
  test('signs in with its hash over the name, and not without it (auth-flows 15)', async () => {
    const { client, pool, app, enter, hashOf, missing, wrong } = await aRoom();
    expect(await enter('ada', {})).toBe(missing);
    expect(await enter('ada', { SECRET_HASH: '' })).toBe(missing);
    expect(await enter('ada', bad)).toBe(wrong);
    expect(await enter('ada', hashOf('bob'))).toBe(wrong);
    expect(await enter('ada', { SECRET_HASH: String(app.ClientSecret) })).toBe(wrong);
    expect(await enter('ada', hashOf('ada'))).toMatch(/^answered/);
    const asAdministrator = (more: Readonly<Record<string, string>>) =>
      refusal(
        client.send(
          new AdminInitiateAuthCommand({
            UserPoolId: pool.id,
            ClientId: app.id,
            AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
            AuthParameters: { USERNAME: 'ada', PASSWORD: somePassword, ...more },
          }),
        ),
      );
    expect(await asAdministrator({})).toBe(missing);
    expect(await asAdministrator(hashOf('ada'))).toMatch(/^answered/);
  });

  test('is refused before it learns whether a name is somebody’s', async () => {
    const { enter, missing, wrong } = await aRoom();
    expect(await enter('nobody', {})).toBe(missing);
    expect(await enter('nobody', bad)).toBe(wrong);
  });

  test('answers SRP with its hash (auth-flows 15)', async () => {
    const { pool, clock, signIn, hashOf, missing, wrong } = await aRoom();
    const answer = async (more: Readonly<Record<string, string>>) => {
      const srp = srpClient();
      const challenge = await signIn.challengeOf('ada', srp, hashOf('ada'));
      const responses = srp.answer(challenge, { poolId: pool.id, password: somePassword, at: clock.now() });
      return refusal(signIn.respond('PASSWORD_VERIFIER', { ...responses, ...more }));
    };
    expect(await answer({})).toBe(missing);
    expect(await answer(bad)).toBe(wrong);
    expect(await answer(hashOf('ada'))).toMatch(/^answered/);
  });

  test('chooses a new password with its hash (auth-flows 15)', async () => {
    const { pool, aUser, signIn, hashOf, missing, wrong } = await aRoom();
    await aUser(pool, { username: 'bob', invited: true });
    const session = sessionOf(await signIn.byPassword('bob', somePassword, hashOf('bob')));
    const respond = (more: Readonly<Record<string, string>>) =>
      refusal(
        signIn.respond('NEW_PASSWORD_REQUIRED', { USERNAME: 'bob', NEW_PASSWORD: 'Another-9', ...more }, session),
      );
    expect(await respond({})).toBe(missing);
    expect(await respond(bad)).toBe(wrong);
    expect(await respond(hashOf('bob'))).toMatch(/^answered/);
  });

  test('refreshes with its hash over the username (auth-flows 15)', async () => {
    const { signIn, hashOf, missing, wrong } = await aRoom();
    const { AuthenticationResult } = await signIn.byPassword('ada', somePassword, hashOf('ada'));
    const token = AuthenticationResult?.RefreshToken ?? '';
    for (const flow of ['REFRESH_TOKEN_AUTH', 'REFRESH_TOKEN'] as const) {
      const refresh = (more: Readonly<Record<string, string>>) =>
        refusal(signIn.initiate(flow, { REFRESH_TOKEN: token, ...more }));
      expect(await refresh({})).toBe(missing);
      expect(await refresh(bad)).toBe(wrong);
      expect(await refresh(hashOf('bob'))).toBe(wrong);
      expect(await refresh(hashOf('ada'))).toMatch(/^answered/);
    }
  });

  test('is asked for its hash by the operations of administrators alike (auth-flows 15)', async () => {
    const { service, pool, app, aUser, hashOf, missing, wrong } = await aRoom();
    await aUser(pool, { username: 'bob', invited: true });
    for (const { byPassword, initiate, respond, who } of handsOf(service, app)) {
      const begun = (more: Readonly<Record<string, string>>) => refusal(byPassword('bob', more));
      const told = [await begun({}), await begun(bad), await begun(hashOf('ada'))];
      expect([who, ...told]).toEqual([who, missing, wrong, wrong]);
      const session = sessionOf(await byPassword('bob', hashOf('bob')));
      const answer = (more: Readonly<Record<string, string>>) =>
        refusal(respond('NEW_PASSWORD_REQUIRED', { USERNAME: 'bob', NEW_PASSWORD: 'short', ...more }, session));
      expect([await answer({}), await answer(bad)]).toEqual([missing, wrong]);
      expect(await answer(hashOf('bob'))).toMatch(/^InvalidPasswordException: /);

      const { AuthenticationResult } = await byPassword('ada', hashOf('ada'));
      const refresh = (more: Readonly<Record<string, string>>) =>
        refusal(initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: AuthenticationResult?.RefreshToken ?? '', ...more }));
      expect([await refresh({}), await refresh(bad)]).toEqual([missing, wrong]);
      expect(await refresh(hashOf('ada'))).toMatch(/^answered/);
    }
  });

  test.each<Partial<CreateUserPoolCommandInput>>([{ AliasAttributes: ['email'] }, { UsernameAttributes: ['email'] }])(
    'hashes the alias where it sends one, and any name of the user on refresh, with %o (auth-flows 16)',
    async (settings) => {
      const { user, pool, clock, signIn, hashOf, enter, wrong } = await aRoom(settings);
      const email = 'ada@example.com';
      expect(await enter(email, hashOf(user.username))).toBe(wrong);
      expect(await enter(email, hashOf(email))).toMatch(/^answered/);

      const srp = srpClient();
      const knowledge = { poolId: pool.id, password: somePassword, at: clock.now() };
      for (const [USERNAME, hashed] of [
        [user.username, user.username],
        [email, email],
        [email, user.username],
      ] as const) {
        const challenge = await signIn.challengeOf(email, srp, hashOf(email));
        const responses = { ...srp.answer(challenge, knowledge), USERNAME, ...hashOf(hashed) };
        expect(await refusal(signIn.respond('PASSWORD_VERIFIER', responses))).toMatch(/^answered/);
      }

      const { AuthenticationResult } = await signIn.byPassword(email, somePassword, hashOf(email));
      const refresh = (name: string) => refusal(signIn.refresh(AuthenticationResult?.RefreshToken ?? '', hashOf(name)));
      for (const name of [user.username, user.sub, email]) expect(await refresh(name)).toMatch(/^answered/);
      expect(await refresh('somebody@example.com')).toBe(wrong);
    },
  );
});

describe('A client without a secret', () => {
  test('is refused with a hash, as one that sends a wrong hash is', async () => {
    const service = await startService();
    const pool = await service.aPool();
    const app = await service.aClient(pool);
    await service.aUser(pool, { username: 'ada' });
    const signIn = signingIn(service, app);
    const wrong = `NotAuthorizedException: Unable to verify secret hash for client ${app.id}`;
    expect(await refusal(signIn.byPassword('ada', somePassword, bad))).toBe(wrong);
    const { refresh } = await signIn.tokens('ada');
    expect(await refusal(signIn.refresh(refresh, bad))).toBe(wrong);
    expect(await refusal(signIn.refresh(refresh))).toMatch(/^answered/);
  });
});
