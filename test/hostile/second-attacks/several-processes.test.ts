/** Answers that meet in several processes of one deployment, each with caches of its own. */
import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminResetUserPasswordCommand,
  AssociateSoftwareTokenCommand,
  DeleteWebAuthnCredentialCommand,
  ForgetDeviceCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  RevokeTokenCommand,
  SetUserPoolSessionConfigurationCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { aDevice, confirm, newDeviceOf, provingDevice } from '../../support/devices.ts';
import { passkeyCalls, somebodyWithPasskeys } from '../../support/passkeys.ts';
import { aFactorRoom, appCode } from '../../support/second-factors.ts';
import { refusal, type SigningIn, sessionOf, signingIn, tokensOf } from '../../support/signing-in.ts';
import { type Service, startService } from '../../support/start-service.ts';
import { userSessionsOf } from '../../support/user-sessions.ts';

type Command = AdminDisableUserCommand | AdminDeleteUserCommand | AdminResetUserPasswordCommand;
type Process = Service & SigningIn;

const processes = (app: { readonly id: string; readonly poolId: string }, count = 4): Promise<readonly Process[]> =>
  Promise.all(
    Array.from({ length: count }, async () => {
      const service = await startService();
      return { ...service, ...signingIn(service, app) };
    }),
  );

const twice = <T>(all: readonly T[]): readonly T[] => [...all, ...all];

async function fulfilled<T>(calls: readonly Promise<T>[]): Promise<readonly T[]> {
  const outcomes = await Promise.allSettled(calls);
  return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
}

const speaks = async ({ client }: Service, AccessToken = ''): Promise<boolean> =>
  (await refusal(client.send(new GetUserCommand({ AccessToken })))).startsWith('answered');

const rotating = (RetryGracePeriodSeconds: number) =>
  ({
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
    RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds },
  }) as const;

const refreshBy = ({ client }: Service, ClientId: string, RefreshToken: string) =>
  client.send(new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken }));

describe('Refreshing in many processes at once', () => {
  async function aRotatingRoom(grace: number) {
    const service = await startService();
    const pool = await service.aPool();
    const { ExplicitAuthFlows, ...rotation } = rotating(grace);
    const app = await service.aClient(pool, { ...rotation, ExplicitAuthFlows: [...ExplicitAuthFlows] });
    const user = await service.aUser(pool);
    return {
      service,
      pool,
      app,
      user,
      open: await processes(app),
      tokens: await signingIn(service, app).tokens(user.username),
    };
  }

  test('gives one heir without a grace period', async () => {
    const { app, open, tokens } = await aRotatingRoom(0);
    expect(await fulfilled(twice(open).map((each) => refreshBy(each, app.id, tokens.refresh)))).toHaveLength(1);
  });

  test('gives heirs of one generation within a grace period, which ends for all of them at once', async () => {
    const { app, open, tokens } = await aRotatingRoom(30);
    const heirs = await fulfilled(twice(open).map((each) => refreshBy(each, app.id, tokens.refresh)));
    expect(heirs).toHaveLength(8);
    const [first] = open;
    if (!first) throw new Error('There is no process');
    for (const { clock } of open) clock.advance(60_000);
    const next = await fulfilled(
      heirs.map((heir, at) => refreshBy(open[at % 4] ?? first, app.id, tokensOf(heir).refresh)),
    );
    for (const { clock } of open) clock.advance(60_000);
    expect(await fulfilled(heirs.map((heir) => refreshBy(first, app.id, tokensOf(heir).refresh)))).toHaveLength(0);
    expect(next.length).toBeGreaterThan(0);
  });

  test.each([0, 30])(
    'leaves nothing that speaks once the token is revoked beside it, with a grace of %i s',
    async (grace) => {
      const { app, open, tokens, service } = await aRotatingRoom(grace);
      const [revoker, ...others] = open;
      const calls = twice(others).map((each) => refreshBy(each, app.id, tokens.refresh));
      const [heirs] = await Promise.all([
        fulfilled(calls),
        revoker?.client.send(new RevokeTokenCommand({ ClientId: app.id, Token: tokens.refresh })),
      ]);
      for (const heir of heirs) {
        expect(await speaks(service, heir.AuthenticationResult?.AccessToken)).toBe(false);
        const again = refreshBy(service, app.id, heir.AuthenticationResult?.RefreshToken ?? 'x');
        expect(await refusal(again)).toMatch(/^(NotAuthorized|RefreshTokenReuse)Exception/);
      }
    },
  );

  test('leaves nothing that speaks once the user signs out everywhere, or is disabled, beside it', async () => {
    for (const isDisabled of [false, true]) {
      const { app, open, tokens, service, user, pool } = await aRotatingRoom(30);
      const [ender, ...others] = open;
      const isUser = { UserPoolId: pool.id, Username: user.username };
      const end = isDisabled
        ? ender?.client.send(new AdminDisableUserCommand(isUser))
        : ender?.client.send(new GlobalSignOutCommand({ AccessToken: tokens.access }));
      const calls = twice(others).map((each) => refreshBy(each, app.id, tokens.refresh));
      const [heirs] = await Promise.all([fulfilled(calls), end]);
      for (const { AuthenticationResult: heir } of heirs) {
        expect(await speaks(service, heir?.AccessToken)).toBe(false);
        expect(await refusal(refreshBy(service, app.id, heir?.RefreshToken ?? 'x'))).toMatch(/^NotAuthorized/);
      }
    }
  });
});

describe('Signing in in many processes at once', () => {
  test.each<[string, (of: { UserPoolId: string; Username: string }) => Command]>([
    ['disabled', (of) => new AdminDisableUserCommand(of)],
    ['deleted', (of) => new AdminDeleteUserCommand(of)],
    ['asked for another password', (of) => new AdminResetUserPasswordCommand(of)],
  ])('leaves nothing that speaks of who is %s beside it', async (_, ending) => {
    const email = { email: 'ada@example.com', email_verified: 'true' };
    const { service, app, pool } = await aFactorRoom({ mode: 'OFF', user: { attributes: email } });
    const [ender, ...others] = await processes(app);
    const calls = twice(others).flatMap((each) => [each.byPassword('ada'), each.bySrp('ada')]);
    const end = ender?.client.send(ending({ UserPoolId: pool.id, Username: 'ada' }) as AdminDisableUserCommand);
    const [answers] = await Promise.all([fulfilled(calls), end]);
    for (const { AuthenticationResult: result } of answers) {
      expect(await speaks(service, result?.AccessToken)).toBe(false);
      expect(await refusal(signingIn(service, app).refresh(result?.RefreshToken ?? 'x'))).toMatch(/Exception/);
    }
  });
});

describe('Secrets that are shown in many processes at once', () => {
  test('set an app up once', async () => {
    const { client, app, access, clock } = await aFactorRoom({ offers: ['SOFTWARE_TOKEN_MFA'] });
    const { SecretCode = '' } = await client.send(new AssociateSoftwareTokenCommand({ AccessToken: access }));
    const UserCode = appCode(SecretCode, clock.now());
    const verify = new VerifySoftwareTokenCommand({ AccessToken: access, UserCode });
    const open = await processes(app);
    expect(await fulfilled(twice(open).map((each) => each.client.send(verify)))).toHaveLength(1);
  });

  test('sign in once by a code of an app, and by one that was sent', async () => {
    const user = { attributes: { email: 'ada@example.com' } };
    const room = await aFactorRoom({ offers: ['SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'], user });
    const { app, signIn, anApp, prefer, clock, codeFor } = room;
    const secret = await anApp();
    const open = await processes(app);
    await prefer({ SoftwareTokenMfaSettings: { Enabled: true } });
    const sessions = await Promise.all(open.map(async (each) => sessionOf(await each.byPassword('ada'))));
    const shown = { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE: appCode(secret, clock.now()) };
    const byApp = open.flatMap((each) => sessions.map((session) => each.respond('SOFTWARE_TOKEN_MFA', shown, session)));
    expect(await fulfilled(byApp)).toHaveLength(1);
    // Codes that came again have locked the account.
    for (const each of [clock, ...open.map((process) => process.clock)]) each.advance(20 * 60_000);
    await prefer({ SoftwareTokenMfaSettings: { Enabled: false }, EmailMfaSettings: { Enabled: true } });
    const session = sessionOf(await signIn.byPassword('ada'));
    const sent = { USERNAME: 'ada', EMAIL_OTP_CODE: await codeFor() };
    expect(await fulfilled(twice(open).map((each) => each.respond('EMAIL_OTP', sent, session)))).toHaveLength(1);
  });

  test('sign in once by a passkey, and not at all by one that is deleted since', async () => {
    const { app, token, register, ask, service, pool } = await somebodyWithPasskeys();
    const key = await register(token);
    const open = await processes({ ...app, poolId: pool.id });
    const { Session, options } = await ask(app);
    const signed = key.assert(options);
    const answers = () => twice(open).map((each) => passkeyCalls(each).answer(app, Session, signed));
    expect(await fulfilled(answers())).toHaveLength(1);
    const later = await ask(app);
    const assertion = key.assert(later.options);
    const remove = new DeleteWebAuthnCredentialCommand({ AccessToken: token, CredentialId: key.id });
    await Promise.all([
      service.client.send(remove),
      ...open.map((each) => refusal(passkeyCalls(each).answer(app, later.Session, assertion))),
    ]);
    const unasked = key.assert({ ...later.options });
    expect(await refusal(passkeyCalls(service).answer(app, later.Session, unasked))).toMatch(/^NotAuthorized/);
    expect((await ask(app)).ChallengeName).not.toBe('WEB_AUTHN');
  });
});

describe('A device in many processes at once', () => {
  const DeviceConfiguration = { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false };

  test('is confirmed once, and proves itself once', async () => {
    const { app, signIn, clock } = await aFactorRoom({ mode: 'OFF', pool: { DeviceConfiguration } });
    const open = await processes(app);
    const device = newDeviceOf(await signIn.byPassword('ada'));
    expect(await fulfilled(twice(open).map((each) => confirm(each, device)))).toHaveLength(1);
    const posed = await signIn.byPassword('ada', undefined, { DEVICE_KEY: device.key });
    const { session, answer } = await provingDevice({ clock }, signIn, posed, 'ada', device);
    const answers = twice(open).map((each) => each.respond('DEVICE_PASSWORD_VERIFIER', answer, session));
    expect(await fulfilled(answers)).toHaveLength(1);
  });

  test('that is forgotten does not come back by the token that it was confirmed with', async () => {
    const { service, signIn } = await aFactorRoom({ mode: 'OFF', pool: { DeviceConfiguration } });
    const device = await aDevice(service, signIn, 'ada');
    const { access } = await signIn.tokens('ada');
    await service.client.send(new ForgetDeviceCommand({ AccessToken: access, DeviceKey: device.key }));
    expect(await refusal(confirm(service, device))).toMatch(/Exception/);
    expect(await refusal(signIn.byPassword('ada', undefined, { DEVICE_KEY: device.key }))).toMatch(/^ResourceNotFound/);
  });

  test('that is forgotten beside its answer keeps no session', async () => {
    const { service, app, signIn, clock } = await aFactorRoom({ mode: 'OFF', pool: { DeviceConfiguration } });
    const [one] = await processes(app, 1);
    const device = await aDevice(service, signIn, 'ada');
    const posed = await signIn.byPassword('ada', undefined, { DEVICE_KEY: device.key });
    const { session, answer } = await provingDevice({ clock }, signIn, posed, 'ada', device);
    const forget = new ForgetDeviceCommand({ AccessToken: device.access, DeviceKey: device.key });
    const [heirs] = await Promise.all([
      fulfilled([signIn.respond('DEVICE_PASSWORD_VERIFIER', answer, session)]),
      one?.client.send(forget),
    ]);
    for (const heir of heirs) {
      const { refresh } = tokensOf({ AuthenticationResult: heir.AuthenticationResult });
      expect(await refusal(signIn.refresh(refresh, { DEVICE_KEY: device.key }))).toMatch(/^NotAuthorized/);
    }
  });
});

test('No more sessions are left than a pool allows, in however many processes they begin', async () => {
  const service = await startService();
  const pool = await service.aPool();
  const TokenSession = { MaxPerUser: 2 };
  const tracking = { UserPoolId: pool.id, UserSessionTracking: 'ENABLED', TokenSession } as const;
  await service.client.send(new SetUserPoolSessionConfigurationCommand(tracking));
  const app = await service.aClient(pool);
  const { username } = await service.aUser(pool);
  const open = await processes(app, 6);
  const begun = await Promise.all(twice(open).map((each) => each.tokens(username)));
  const alive = [];
  for (const { access } of begun) if (await speaks(service, access)) alive.push(access);
  expect(alive.length).toBeLessThanOrEqual(2);
  expect(alive.length).toBeGreaterThan(0);
  expect(await userSessionsOf(service, pool).adminList(username)).toHaveLength(alive.length);
});
