/** A sign-in of several steps rests on the password and the app that were proven: it ends with them, wherever it stands. */
import {
  AdminDeleteSoftwareTokenCommand,
  AdminForgetDeviceCommand,
  AdminSetUserPasswordCommand,
  AssociateSoftwareTokenCommand,
  SetUserMFAPreferenceCommand,
  SetUserPoolMfaConfigCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import type { UserStore } from '../../lambdas/core/ports/user-store.ts';
import { somePassword } from '../support/builders.ts';
import { ask, customRoom, hasTokens, issueTokens } from '../support/custom-functions.ts';
import { aDevice, provingDevice } from '../support/devices.ts';
import { aFactorRoom, appCode, factorSettings, phone, step } from '../support/second-factors.ts';
import { parametersOf, refusal, sessionOf, tokensOf } from '../support/signing-in.ts';
import { srpClient } from '../support/srp-client.ts';
import { startService } from '../support/start-service.ts';

const invalid = 'NotAuthorizedException: Invalid session for the user.';
const tracking = { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false };
const client = { ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH' as const, 'ALLOW_USER_PASSWORD_AUTH' as const] };

const replacing = (
  to: string,
  { client: through, pool }: Pick<Awaited<ReturnType<typeof customRoom>>, 'client' | 'pool'>,
) =>
  through.send(
    new AdminSetUserPasswordCommand({ UserPoolId: pool.id, Username: 'Ada', Password: to, Permanent: true }),
  );

describe('With the password, a sign-in ends', () => {
  async function onDevice() {
    const room = await customRoom({ pool: { DeviceConfiguration: tracking }, client });
    const device = await aDevice(room.service, room.signIn, 'Ada');
    const asked = await room.signIn.byPassword('Ada', somePassword, { DEVICE_KEY: device.key });
    expect(asked.ChallengeName).toBe('DEVICE_SRP_AUTH');
    return { ...room, device, asked };
  }

  test('that waits for a device', async () => {
    const { signIn, asked, device, ...room } = await onDevice();
    await replacing('Another-Horse-9', room);
    const given = { USERNAME: 'Ada', DEVICE_KEY: device.key, SRP_A: srpClient().publicValue };
    expect(await refusal(signIn.respond('DEVICE_SRP_AUTH', given, sessionOf(asked)))).toBe(invalid);
  });

  test('that waits for the signature of a device, also when the same password was set again', async () => {
    const { signIn, asked, device, service, ...room } = await onDevice();
    const { session, answer } = await provingDevice(service, signIn, asked, 'Ada', device);
    await replacing('Another-Horse-9', room);
    await replacing(somePassword, room);
    expect(await refusal(signIn.respond('DEVICE_PASSWORD_VERIFIER', answer, session))).toBe(invalid);
  });

  /** As far as the first question, by a password that is replaced then. */
  async function halfWay(metadata: string) {
    const room = await customRoom({
      client,
      functions: {
        CreateAuthChallenge: () => ({
          publicChallengeParameters: {},
          privateChallengeParameters: { answer: 'right' },
          challengeMetadata: metadata,
        }),
      },
    });
    const srp = srpClient();
    const begun = await room.begin('Ada', { CHALLENGE_NAME: 'SRP_A', SRP_A: srp.publicValue });
    const knowledge = { poolId: room.pool.id, password: somePassword, at: room.clock.now() };
    const given = srp.answer(parametersOf(begun), knowledge);
    const asked = await room.signIn.respond('PASSWORD_VERIFIER', given, sessionOf(begun));
    return { ...room, asked };
  }

  test.each([
    ['in its session', 'short'],
    ['in the table', 'x'.repeat(5000)],
  ])('that answers questions of the pool’s functions, with what they said %s', async (_, metadata) => {
    const { asked, answer, ...room } = await halfWay(metadata);
    const second = await answer(asked, 'right');
    await replacing('Another-Horse-9', room);
    expect(await refusal(answer(second, 'right'))).toBe(invalid);
    expect(await refusal(answer(second, 'wrong'))).toBe(invalid);
  });

  test('and goes on where it does not rest on one', async () => {
    const room = await customRoom({ client });
    let asked = await room.begin();
    await replacing('Another-Horse-9', room);
    while (!hasTokens(asked)) asked = await room.answer(asked, `answer ${asked.ChallengeParameters?.['question']}`);
    expect(hasTokens(asked)).toBe(true);
  });

  test('that was given another one between two looks at the user', async () => {
    const { ports } = await startService();
    let meanwhile: (() => Promise<unknown>) | undefined;
    // The first write of the user loses against the new password.
    const save: UserStore['save'] = async (...given) => {
      const before = meanwhile;
      meanwhile = undefined;
      await before?.();
      return ports.users.save(...given);
    };
    const room = await customRoom({
      client,
      pool: { DeviceConfiguration: { ...tracking, ChallengeRequiredOnNewDevice: false } },
      service: { ports: { users: { ...ports.users, save } } },
    });
    const { service, signIn, pool } = room;
    const device = await aDevice(service, signIn, 'Ada');
    await service.client.send(
      new SetUserPoolMfaConfigCommand({ UserPoolId: pool.id, ...factorSettings('ON', 'SMS_MFA') }),
    );
    const kept = await ports.pools.find(pool.id);
    const ada = kept && (await ports.users.find(kept, 'Ada'));
    if (!kept || !ada) throw new Error('There is no such user');
    await ports.users.save(kept, ada, { ...ada, attributes: { ...ada.attributes, phone_number: phone } });
    const posed = await signIn.byPassword('Ada', somePassword, { DEVICE_KEY: device.key });
    expect(posed.ChallengeName).toBe('SMS_MFA');
    const SMS_MFA_CODE = await service.outbox.codeFor({ poolId: pool.id, username: 'Ada' });
    meanwhile = () => replacing('Another-Horse-9', { client: service.client, pool });
    const next = await signIn.respond('SMS_MFA', { USERNAME: 'Ada', SMS_MFA_CODE }, sessionOf(posed));
    const given = { USERNAME: 'Ada', DEVICE_KEY: device.key, SRP_A: srpClient().publicValue };
    expect(await refusal(signIn.respond('DEVICE_SRP_AUTH', given, sessionOf(next)))).toBe(invalid);
  });
});

describe('With the app, a sign-in ends', () => {
  const setUp = async (
    { client: through, clock }: Pick<Awaited<ReturnType<typeof aFactorRoom>>, 'client' | 'clock'>,
    begun: string,
  ) => {
    const { SecretCode = '', Session } = await through.send(new AssociateSoftwareTokenCommand({ Session: begun }));
    const UserCode = appCode(SecretCode, clock.now());
    return sessionOf(await through.send(new VerifySoftwareTokenCommand({ Session, UserCode })));
  };

  test('that has set it up, whether another is there or none', async () => {
    const room = await aFactorRoom({ mode: 'ON', offers: ['SOFTWARE_TOKEN_MFA'] });
    const { signIn, isUser, clock } = room;
    const begin = async () => sessionOf(await signIn.byPassword('ada'));
    const finish = (session: string) => signIn.respond('MFA_SETUP', { USERNAME: 'ada' }, session);
    const first = await setUp(room, await begin());
    await room.client.send(new AdminDeleteSoftwareTokenCommand(isUser));
    expect(await refusal(finish(first))).toBe(invalid);
    // Nor does it set up another one.
    expect(await refusal(room.client.send(new AssociateSoftwareTokenCommand({ Session: first })))).toBe(invalid);
    clock.advance(step);
    const second = await setUp(room, await begin());
    expect(await refusal(finish(first))).toBe(invalid);
    tokensOf(await finish(second));
  });

  test('that has shown a code of it, and answers questions since', async () => {
    const room = await customRoom({
      client,
      functions: {
        DefineAuthChallenge({ request: { session } }) {
          if (session.length === 1) return { ...ask, challengeName: 'PASSWORD_VERIFIER' };
          return session.some(({ challengeName }) => challengeName === 'CUSTOM_CHALLENGE') ? issueTokens : ask;
        },
      },
    });
    const { client: through, signIn, pool, clock } = room;
    const { access: AccessToken } = await signIn.tokens('Ada');
    await through.send(
      new SetUserPoolMfaConfigCommand({ UserPoolId: pool.id, ...factorSettings('OPTIONAL', 'SOFTWARE_TOKEN_MFA') }),
    );
    const anApp = async () => {
      const { SecretCode = '' } = await through.send(new AssociateSoftwareTokenCommand({ AccessToken }));
      const UserCode = appCode(SecretCode, clock.now());
      await through.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode }));
      clock.advance(step);
      return SecretCode;
    };
    const former = await anApp();
    await through.send(new SetUserMFAPreferenceCommand({ AccessToken, SoftwareTokenMfaSettings: { Enabled: true } }));
    const asked = async (secret: string) => {
      const srp = srpClient();
      const begun = await room.begin('Ada', { CHALLENGE_NAME: 'SRP_A', SRP_A: srp.publicValue });
      const knowledge = { poolId: pool.id, password: somePassword, at: clock.now() };
      const given = srp.answer(parametersOf(begun), knowledge);
      const half = await signIn.respond('PASSWORD_VERIFIER', given, sessionOf(begun));
      const code = { USERNAME: 'Ada', SOFTWARE_TOKEN_MFA_CODE: appCode(secret, clock.now()) };
      return signIn.respond('SOFTWARE_TOKEN_MFA', code, sessionOf(half));
    };
    const begun = await asked(former);
    clock.advance(step);
    const next = await anApp();
    expect(await refusal(room.answer(begun, 'answer 3'))).toBe(invalid);
    expect(hasTokens(await room.answer(await asked(next), 'answer 3'))).toBe(true);
  });
});

describe('With the device, a sign-in ends', () => {
  test('no longer than it stands for the second factor', async () => {
    const room = await customRoom({ pool: { DeviceConfiguration: tracking }, client });
    const { service, signIn, pool, clock, user } = room;
    const device = await aDevice(service, signIn, 'Ada');
    const { access: AccessToken } = device;
    await service.client.send(
      new SetUserPoolMfaConfigCommand({ UserPoolId: pool.id, ...factorSettings('OPTIONAL', 'SOFTWARE_TOKEN_MFA') }),
    );
    const { SecretCode = '' } = await service.client.send(new AssociateSoftwareTokenCommand({ AccessToken }));
    await service.client.send(
      new VerifySoftwareTokenCommand({ AccessToken, UserCode: appCode(SecretCode, clock.now()) }),
    );
    await service.client.send(
      new SetUserMFAPreferenceCommand({ AccessToken, SoftwareTokenMfaSettings: { Enabled: true } }),
    );
    const srp = srpClient();
    const begun = await room.begin('Ada', { CHALLENGE_NAME: 'SRP_A', SRP_A: srp.publicValue, DEVICE_KEY: device.key });
    const knowledge = { poolId: pool.id, password: somePassword, at: clock.now() };
    const given = srp.answer(parametersOf(begun), knowledge);
    const posed = await signIn.respond('PASSWORD_VERIFIER', given, sessionOf(begun));
    const { session, answer } = await provingDevice(service, signIn, posed, 'Ada', device);
    let next = await signIn.respond('DEVICE_PASSWORD_VERIFIER', answer, session);
    await service.client.send(
      new AdminForgetDeviceCommand({ UserPoolId: pool.id, Username: user.username, DeviceKey: device.key }),
    );
    while (next.ChallengeName === 'CUSTOM_CHALLENGE') {
      next = await room.answer(next, `answer ${next.ChallengeParameters?.['question']}`);
    }
    expect(next.ChallengeName).toBe('SOFTWARE_TOKEN_MFA');
  });
});
