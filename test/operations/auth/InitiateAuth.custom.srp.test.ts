/** CUSTOM_AUTH that begins with the password, and what else a password asks for. */
import { SetUserPoolMfaConfigCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { somePassword } from '../../support/builders.ts';
import { customRoom, customTriggers, hasTokens, stepsOf } from '../../support/custom-functions.ts';
import { aDevice, byDevice } from '../../support/devices.ts';
import { everyPoolSetting } from '../../support/every-setting.ts';
import { aPersonWith, appCode, type FactorName, factorSettings, phone } from '../../support/second-factors.ts';
import { parametersOf, refusal, sessionOf, signingIn } from '../../support/signing-in.ts';
import { srpClient } from '../../support/srp-client.ts';

const wrong = 'NotAuthorizedException: Incorrect username or password.';
const foreign = 'NotAuthorizedException: Invalid session for the user.';

describe('CUSTOM_AUTH with SRP', () => {
  const passwordThen = async (
    room: Awaited<ReturnType<typeof customRoom>>,
    password = somePassword,
    more = {},
    username = 'Ada',
  ) => {
    const srp = srpClient();
    const begun = await room.begin(username, { CHALLENGE_NAME: 'SRP_A', SRP_A: srp.publicValue, ...more });
    const claim = srp.answer(parametersOf(begun), { poolId: room.pool.id, password, at: room.clock.now() });
    return { begun, claim };
  };

  test('asks for the password first, then what the functions ask (auth-flows 50)', async () => {
    const room = await customRoom();
    const { begun, claim } = await passwordThen(room);
    expect(begun.ChallengeName).toBe('PASSWORD_VERIFIER');
    const first = await room.signIn.respond('PASSWORD_VERIFIER', claim, sessionOf(begun));
    expect(first).toMatchObject({ ChallengeName: 'CUSTOM_CHALLENGE', ChallengeParameters: { question: '2' } });
    const second = await room.answer(first, 'answer 2');
    const third = await room.answer(second, 'answer 3');
    expect(hasTokens(await room.answer(third, 'answer 4'))).toBe(true);
    expect(room.events.flatMap((event) => (event.triggerSource.startsWith('Define') ? [stepsOf(event)] : []))).toEqual([
      ['SRP_A true'],
      ['SRP_A true', 'PASSWORD_VERIFIER true'],
      ['SRP_A true', 'PASSWORD_VERIFIER true', 'CUSTOM_CHALLENGE true'],
      ['SRP_A true', 'PASSWORD_VERIFIER true', 'CUSTOM_CHALLENGE true', 'CUSTOM_CHALLENGE true'],
      ['SRP_A true', 'PASSWORD_VERIFIER true', ...Array(3).fill('CUSTOM_CHALLENGE true')],
    ]);
  });

  test('takes either spelling of the key, and CUSTOM_CHALLENGE for none', async () => {
    const room = await customRoom();
    const SRP_A = srpClient().publicValue;
    const names = async (more: Record<string, string>) => (await room.begin('Ada', more)).ChallengeName;
    expect(await names({ CHALLENGE_NAME: 'SRP_A', SRP_A })).toBe('PASSWORD_VERIFIER');
    expect(await names({ ChallengeName: 'SRP_A', SRP_A })).toBe('PASSWORD_VERIFIER');
    expect(await names({ CHALLENGE_NAME: 'CUSTOM_CHALLENGE', SRP_A })).toBe('CUSTOM_CHALLENGE');
    expect(await names({ SRP_A })).toBe('CUSTOM_CHALLENGE');
    expect(await refusal(room.begin('Ada', { CHALLENGE_NAME: 'SRP_A' }))).toBe(
      'InvalidParameterException: Missing required parameter SRP_A',
    );
    expect(await refusal(room.begin('Ada', { CHALLENGE_NAME: 'SRP_A', SRP_A: '0' }))).toMatch(
      /^InvalidParameterException/,
    );
  });

  test('fails at once with a wrong password, which counts as a guess (auth-flows 50)', async () => {
    const room = await customRoom();
    for (const _ of Array(5)) {
      const { begun, claim } = await passwordThen(room, 'Wrong-Horse-9');
      expect(await refusal(room.signIn.respond('PASSWORD_VERIFIER', claim, sessionOf(begun)))).toBe(wrong);
    }
    const { begun, claim } = await passwordThen(room);
    expect(await refusal(room.signIn.respond('PASSWORD_VERIFIER', claim, sessionOf(begun)))).toBe(
      'NotAuthorizedException: Password attempts exceeded',
    );
    expect(room.events.every((event) => stepsOf(event).join() === 'SRP_A true')).toBe(true);
  });

  test('cannot be turned into a sign-in by password alone', async () => {
    const room = await customRoom();
    const { claim } = await passwordThen(room);
    expect(await refusal(room.signIn.respond('PASSWORD_VERIFIER', claim))).toMatch(
      /^(InvalidParameter|NotAuthorized)Exception: /,
    );
    const other = await passwordThen(room);
    expect(await refusal(room.signIn.respond('PASSWORD_VERIFIER', claim, sessionOf(other.begun)))).toBe(wrong);
  });

  test('asks for a new password before the functions are asked again', async () => {
    const room = await customRoom();
    await room.aUser(room.pool, { username: 'eve', invited: true });
    const srp = srpClient();
    const begun = await room.begin('eve', { CHALLENGE_NAME: 'SRP_A', SRP_A: srp.publicValue });
    const knowledge = { poolId: room.pool.id, password: somePassword, at: room.clock.now() };
    const claim = srp.answer(parametersOf(begun), knowledge);
    const asked = await room.signIn.respond('PASSWORD_VERIFIER', claim, sessionOf(begun));
    expect(asked.ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
    const responses = { USERNAME: 'eve', NEW_PASSWORD: 'Another-Horse-9' };
    const first = await room.signIn.respond('NEW_PASSWORD_REQUIRED', responses, sessionOf(asked));
    expect(first.ChallengeName).toBe('CUSTOM_CHALLENGE');
    expect(room.events.slice(1).map(stepsOf)).toEqual([
      ['SRP_A true', 'PASSWORD_VERIFIER true'],
      ['SRP_A true', 'PASSWORD_VERIFIER true'],
    ]);
  });

  test('asks for no password that was not begun with', async () => {
    const { begin } = await customRoom({
      functions: { DefineAuthChallenge: () => ({ challengeName: 'PASSWORD_VERIFIER' }) },
    });
    expect(await refusal(begin())).toBe('InvalidLambdaResponseException: Unrecognizable lambda output');
  });

  describe('and a second factor', () => {
    async function factorRoom(prefers: FactorName) {
      const room = await customRoom({
        pool: { LambdaConfig: customTriggers, EmailConfiguration: everyPoolSetting.EmailConfiguration },
      });
      const { client, aClient, aUser, pool } = room;
      const attributes = { email: 'eve@example.com', email_verified: 'true', phone_number: phone };
      const user = await aUser(pool, { username: 'eve', attributes });
      const { access } = await signingIn(room.service, await aClient(pool)).tokens('eve');
      const settings = factorSettings('OPTIONAL', 'SMS_MFA', 'EMAIL_OTP', 'SOFTWARE_TOKEN_MFA');
      await client.send(new SetUserPoolMfaConfigCommand({ UserPoolId: pool.id, ...settings }));
      const secret = await aPersonWith(room.service).anApp(access);
      const chosen = { Enabled: true, PreferredMfa: true };
      await aPersonWith(room.service).prefer(access, {
        ...(prefers === 'SMS_MFA' && { SMSMfaSettings: chosen }),
        ...(prefers === 'EMAIL_OTP' && { EmailMfaSettings: chosen }),
        ...(prefers === 'SOFTWARE_TOKEN_MFA' && { SoftwareTokenMfaSettings: chosen }),
      });
      const code = async () =>
        prefers === 'SOFTWARE_TOKEN_MFA' ? appCode(secret, room.clock.now()) : room.outbox.codeFor(user);
      return { ...room, code };
    }

    test.each(['SMS_MFA', 'EMAIL_OTP', 'SOFTWARE_TOKEN_MFA'] as const)(
      'asks for %s before the functions are asked again (auth-flows 50)',
      async (factor) => {
        const room = await factorRoom(factor);
        const { begun, claim } = await passwordThen(room, somePassword, {}, 'eve');
        const asked = await room.signIn.respond('PASSWORD_VERIFIER', claim, sessionOf(begun));
        expect(asked.ChallengeName).toBe(factor);
        // Neither the step before nor this one can be taken for the functions' own.
        expect(await refusal(room.answer(asked, 'answer 3', 'eve'))).toBe(foreign);
        const code = { USERNAME: 'eve', [`${factor}_CODE`]: await room.code() };
        const first = await room.signIn.respond(factor, code, sessionOf(asked));
        expect(first).toMatchObject({ ChallengeName: 'CUSTOM_CHALLENGE', ChallengeParameters: { question: '3' } });
        const second = await room.answer(first, 'answer 3', 'eve');
        const third = await room.answer(second, 'answer 4', 'eve');
        expect(hasTokens(await room.answer(third, 'answer 5', 'eve'))).toBe(true);
        const proven = ['SRP_A true', 'PASSWORD_VERIFIER true', `${factor} true`];
        expect(room.events.at(-1)?.triggerSource).toBe('DefineAuthChallenge_Authentication');
        expect(room.events.slice(-1).flatMap(stepsOf)).toEqual([...proven, ...Array(3).fill('CUSTOM_CHALLENGE true')]);
      },
    );
  });

  test('asks a remembered device before the functions are asked again', async () => {
    const room = await customRoom({
      pool: {
        LambdaConfig: customTriggers,
        DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false },
      },
    });
    const { service, signIn } = room;
    const device = await aDevice(service, signingIn(service, await room.aClient(room.pool)), 'Ada');
    const { begun, claim } = await passwordThen(room, somePassword, { DEVICE_KEY: device.key });
    const asked = await signIn.respond('PASSWORD_VERIFIER', claim, sessionOf(begun));
    expect(asked.ChallengeName).toBe('DEVICE_SRP_AUTH');
    const first = await byDevice(service, signIn, asked, 'Ada', device);
    expect(first.ChallengeName).toBe('CUSTOM_CHALLENGE');
    const second = await room.answer(first, 'answer 4');
    const last = await room.answer(await room.answer(second, 'answer 5'), 'answer 6');
    expect(hasTokens(last)).toBe(true);
    expect(last.AuthenticationResult?.NewDeviceMetadata).toBeUndefined();
    expect(room.events.slice(-1).flatMap(stepsOf)).toEqual([
      ...['SRP_A true', 'PASSWORD_VERIFIER true', 'DEVICE_SRP_AUTH true', 'DEVICE_PASSWORD_VERIFIER true'],
      ...Array(3).fill('CUSTOM_CHALLENGE true'),
    ]);
  });

  test('asks a device that is named only with the last answer, and the functions no more', async () => {
    const room = await customRoom({
      pool: {
        LambdaConfig: customTriggers,
        DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false },
      },
    });
    const { service, signIn } = room;
    const device = await aDevice(service, signingIn(service, await room.aClient(room.pool)), 'Ada');
    const { begun, claim } = await passwordThen(room);
    const first = await signIn.respond('PASSWORD_VERIFIER', claim, sessionOf(begun));
    const third = await room.answer(await room.answer(first, 'answer 2'), 'answer 3');
    const asked = await room.answer(third, 'answer 4', 'Ada', { DEVICE_KEY: device.key });
    expect(asked.ChallengeName).toBe('DEVICE_SRP_AUTH');
    const before = room.events.length;
    expect(hasTokens(await byDevice(service, signIn, asked, 'Ada', device))).toBe(true);
    expect(room.events).toHaveLength(before);
  });
});
