import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  ChangePasswordCommand,
  GetUserCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { somePassword } from '../../support/builders.ts';
import {
  aPerson,
  bodyOf,
  hour,
  limitExceeded,
  minute,
  refusalOfCall,
  signIn,
  tallyOf,
  tokenOf,
} from '../../support/people.ts';
import { type Service, startService } from '../../support/start-service.ts';

const next = 'Another-Horse-9';
const wrongPassword = 'NotAuthorizedException: Incorrect username or password.';
const usedBefore = 'PasswordHistoryPolicyViolationException: Password has previously been used.';

async function somebody(settings: Parameters<Service['aPool']>[0] = {}) {
  const service = await startService();
  const pool = await service.aPool(settings);
  const person = await aPerson(service, pool, { username: 'ada' });
  const change = (PreviousPassword: string | undefined, ProposedPassword: string) =>
    service.client.send(new ChangePasswordCommand({ AccessToken: person.token, PreviousPassword, ProposedPassword }));
  const ask = (...given: Parameters<typeof change>) => refusalOfCall(change(...given));
  return { ...service, ...person, pool, change, ask };
}

describe('ChangePassword', () => {
  test('replaces the password and leaves the sessions', async () => {
    const { client, app, token, change } = await somebody();

    expect(bodyOf(await change(somePassword, next))).toEqual({});
    expect((await signIn(client, app, { username: 'ada', password: next })).AuthenticationResult).toBeDefined();
    expect(await refusalOfCall(signIn(client, app, { username: 'ada' }))).toBe(wrongPassword);
    expect((await client.send(new GetUserCommand({ AccessToken: token }))).Username).toBe('ada');
  });

  test('refuses a wrong previous password (pools-and-users 46)', async () => {
    const { client, app, ask } = await somebody();

    expect(await ask('Wrong-Horse-9', next)).toBe(wrongPassword);
    expect(await ask(undefined, next)).toBe('InvalidParameterException: Missing required parameter PreviousPassword');
    expect((await signIn(client, app, { username: 'ada' })).AuthenticationResult).toBeDefined();
  });

  test('refuses a weak password, and does not count the call (pools-and-users 46, 51)', async () => {
    const { ask } = await somebody();
    for (let call = 0; call < 6; call++) {
      expect(await ask(somePassword, 'weak')).toBe(
        'InvalidPasswordException: Password does not conform to policy: Password not long enough',
      );
    }
    expect(await ask(somePassword, next)).toBe('nothing is refused');
  });

  test('takes any password but the current one again where nothing is remembered (pools-and-users 51)', async () => {
    const { ask } = await somebody();
    expect(await ask(somePassword, somePassword)).toBe('nothing is refused');
    expect(await ask(somePassword, next)).toBe('nothing is refused');
    expect(await ask(next, somePassword)).toBe('nothing is refused');
  });

  test('remembers the current password where one is remembered (pools-and-users 46, 51)', async () => {
    const { ask } = await somebody({ Policies: { PasswordPolicy: { PasswordHistorySize: 1 } } });
    expect(await ask(somePassword, somePassword)).toBe(usedBefore);
    expect(await ask(somePassword, next)).toBe('nothing is refused');
    expect(await ask(next, somePassword)).toBe('nothing is refused');
  });

  test('remembers 24 passwords and not the one before (pools-and-users 51)', async () => {
    const { client, pool, clock, ask } = await somebody({ Policies: { PasswordPolicy: { PasswordHistorySize: 24 } } });
    const passwords = Array.from({ length: 24 }, (_, at) => `Horse-Number-${at}`);
    for (const Password of passwords) {
      const permanent = { UserPoolId: pool.id, Username: 'ada', Password, Permanent: true };
      await client.send(new AdminSetUserPasswordCommand(permanent));
    }
    const current = 'Horse-Number-23';
    for (const former of ['Horse-Number-23', 'Horse-Number-0', 'Horse-Number-12']) {
      expect(await ask(current, former)).toBe(usedBefore);
    }
    clock.advance(minute);
    expect(await ask(current, somePassword)).toBe('nothing is refused');
  });

  test('tells nobody what the history holds who does not know the password', async () => {
    const { ask } = await somebody({ Policies: { PasswordPolicy: { PasswordHistorySize: 3 } } });

    expect(await ask('Wrong-Horse-9', somePassword)).toBe(wrongPassword);
  });

  test('is taken five times an hour, whatever comes of it (pools-and-users 46)', async () => {
    const { clock, ask } = await somebody();
    for (let call = 1; call <= 4; call++) expect(await ask('Wrong-Horse-9', next)).toBe(wrongPassword);
    clock.advance(hour / 2);
    expect(await ask(somePassword, next)).toBe('nothing is refused');
    expect(await ask(next, somePassword)).toBe(limitExceeded);
    clock.advance(hour / 2 - 1);
    expect(await ask(next, somePassword)).toBe(limitExceeded);
  });

  test('compares five guesses that arrive side by side, and no more', async () => {
    const { change, ask } = await somebody();
    const many = Array.from({ length: 30 }, (_, at) => change(`Wrong-Horse-${at}`, next));

    expect(await tallyOf(many)).toEqual({ [wrongPassword]: 5, [limitExceeded]: 25 });
    expect(await ask(somePassword, next)).toBe(limitExceeded);
  });

  test('keeps one of several passwords that are set side by side', async () => {
    const { client, app, change } = await somebody();
    const passwords = Array.from({ length: 5 }, (_, at) => `Horse-Number-${at}`);
    const outcomes = await Promise.all(passwords.map((password) => refusalOfCall(change(somePassword, password))));

    const winners = passwords.filter((_, at) => outcomes[at] === 'nothing is refused');
    expect(winners).toHaveLength(1);
    expect(
      (await signIn(client, app, { username: 'ada', password: winners[0] ?? '' })).AuthenticationResult,
    ).toBeDefined();
  });

  test('may leave out a previous password that was never there', async () => {
    const { client, pool, app, ports } = await somebody({
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
    });
    await client.send(new AdminCreateUserCommand({ UserPoolId: pool.id, Username: 'bob', MessageAction: 'SUPPRESS' }));
    const kept = await ports.pools.find(pool.id);
    const bob = kept && (await ports.users.find(kept, 'bob'));
    if (!kept || !bob) throw new Error('There is no such user');
    expect(bob.password).toBeUndefined();
    // Nobody signs in without a password yet, so the token is from a moment at which there was one.
    const permanent = { UserPoolId: pool.id, Username: 'bob', Password: somePassword, Permanent: true };
    await client.send(new AdminSetUserPasswordCommand(permanent));
    const AccessToken = await tokenOf(client, app, { username: 'bob' });
    const now = await ports.users.find(kept, 'bob');
    if (!now) throw new Error('There is no such user');
    await ports.users.save(kept, now, { ...now, password: undefined });

    const ask = (PreviousPassword?: string) =>
      refusalOfCall(client.send(new ChangePasswordCommand({ AccessToken, PreviousPassword, ProposedPassword: next })));
    expect(await ask('Any-Horse-9')).toBe(wrongPassword);
    expect(await ask()).toBe('nothing is refused');
    expect((await signIn(client, app, { username: 'bob', password: next })).AuthenticationResult).toBeDefined();
  });

  test('does not echo a password', async () => {
    const { call, token } = await somebody();
    const { json } = await call('ChangePassword', {
      AccessToken: token,
      PreviousPassword: ' secret',
      ProposedPassword: 'secret\t',
    });

    expect(json).toEqual({
      __type: 'InvalidParameterException',
      message: String.raw`2 validation errors detected: Value at 'previousPassword' failed to satisfy constraint: Member must satisfy regular expression pattern: [\S]+; Value at 'proposedPassword' failed to satisfy constraint: Member must satisfy regular expression pattern: [\S]+`,
    });
  });
});
