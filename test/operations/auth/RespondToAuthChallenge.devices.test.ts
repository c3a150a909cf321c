/** DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER: what a pool that tracks devices asks of them, and when. */
import {
  AdminDisableUserCommand,
  AdminInitiateAuthCommand,
  AdminUpdateDeviceStatusCommand,
  type CreateUserPoolCommandInput,
  ForgetDeviceCommand,
  GetDeviceCommand,
  UpdateDeviceStatusCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import { somePassword } from '../../support/builders.ts';
import { aDevice, byDevice, confirm, newDeviceOf, provingDevice, type TestDevice } from '../../support/devices.ts';
import { refusal, sessionOf, signingIn } from '../../support/signing-in.ts';
import { srpClient } from '../../support/srp-client.ts';
import { startService } from '../../support/start-service.ts';

const wrong = 'NotAuthorizedException: Incorrect username or password.';
const otherSession = 'NotAuthorizedException: Invalid session for the user.';
const notThere = 'ResourceNotFoundException: Device does not exist.';
const keyForm = /^us-east-1_[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const tracking = { DeviceConfiguration: { ChallengeRequiredOnNewDevice: false } };
const optIn = { DeviceConfiguration: { DeviceOnlyRememberedOnUserPrompt: true } };

async function aRoom(settings: Partial<CreateUserPoolCommandInput> = tracking) {
  const service = await startService();
  const pool = await service.aPool(settings);
  const app = await service.aClient(pool);
  for (const username of ['ada', 'bob']) await service.aUser(pool, { username });
  const signIn = signingIn(service, app);
  const on = ({ key }: Pick<TestDevice, 'key'>) => ({ DEVICE_KEY: key });
  return {
    ...service,
    service,
    pool,
    app,
    signIn,
    on,
    aDevice: (username = 'ada', more = {}) => aDevice(service, signIn, username, more),
    /** A sign-in by password on the device, as far as that goes. */
    begin: (device: TestDevice, username = 'ada') => signIn.byPassword(username, somePassword, on(device)),
    /** The first leg of the device's own exchange. */
    proving: async (device: TestDevice, username = 'ada') =>
      provingDevice(service, signIn, await signIn.byPassword(username, somePassword, on(device)), username, device),
    forget: (device: TestDevice) =>
      service.client.send(new ForgetDeviceCommand({ AccessToken: device.access, DeviceKey: device.key })),
    prove: (answer: Readonly<Record<string, string>>, session: string) =>
      refusal(signIn.respond('DEVICE_PASSWORD_VERIFIER', answer, session)),
  };
}

describe('A pool that tracks devices', () => {
  test('gives each sign-in a device, of one group, and names it in the access token (auth-flows 46)', async () => {
    const { signIn } = await aRoom();
    const [first, second] = [await signIn.byPassword('ada'), await signIn.bySrp('bob')].map((answer) =>
      newDeviceOf(answer),
    );
    expect(first?.key).toMatch(keyForm);
    expect(second?.key).toMatch(keyForm);
    expect(second?.key).not.toBe(first?.key);
    expect(first?.groupKey).toMatch(/^-[A-Za-z0-9]{8}$/);
    expect(second?.groupKey).toBe(first?.groupKey);
    expect(decodeJwt(first?.access ?? '')).toMatchObject({ device_key: first?.key });
  });

  test('is one with any member of the setting; another gives none', async () => {
    for (const DeviceConfiguration of [undefined, {}]) {
      const { signIn } = await aRoom({ DeviceConfiguration });
      const { AuthenticationResult } = await signIn.byPassword('ada', somePassword, { DEVICE_KEY: 'us-east-1_0' });
      expect(AuthenticationResult?.NewDeviceMetadata).toBeUndefined();
      expect(decodeJwt(AuthenticationResult?.AccessToken ?? '')).not.toHaveProperty('device_key');
    }
    const { signIn } = await aRoom({ DeviceConfiguration: { DeviceOnlyRememberedOnUserPrompt: false } });
    expect(newDeviceOf(await signIn.byPassword('ada')).key).toMatch(keyForm);
  });

  test('asks a remembered device for its secret, after a plain password and after SRP (auth-flows 46)', async () => {
    const { service, pool, clock, signIn, begin, on, aDevice } = await aRoom();
    const device = await aDevice();
    const plain = await begin(device);
    expect(plain).toMatchObject({
      ChallengeName: 'DEVICE_SRP_AUTH',
      ChallengeParameters: { USER_ID_FOR_SRP: 'ada' },
      Session: expect.any(String),
    });
    expect(plain.AuthenticationResult).toBeUndefined();
    const srp = srpClient();
    const responses = srp.answer(await signIn.challengeOf('ada', srp), {
      poolId: pool.id,
      password: somePassword,
      at: clock.now(),
    });
    const exchanged = await signIn.respond('PASSWORD_VERIFIER', { ...responses, ...on(device) });
    for (const posed of [plain, exchanged]) {
      const { AuthenticationResult, ChallengeName, Session, ChallengeParameters } = await byDevice(
        service,
        signIn,
        posed,
        'ada',
        device,
      );
      expect({ ChallengeName, Session, ChallengeParameters }).toEqual({ ChallengeParameters: {} });
      expect(AuthenticationResult?.NewDeviceMetadata).toBeUndefined();
      expect(decodeJwt(AuthenticationResult?.AccessToken ?? '')).toMatchObject({ device_key: device.key });
    }
  });

  test('takes the device that was named with the first leg of SRP', async () => {
    const { pool, clock, signIn, on, aDevice } = await aRoom();
    const device = await aDevice();
    const srp = srpClient();
    const challenge = await signIn.challengeOf('ada', srp, on(device));
    const knowledge = { poolId: pool.id, password: somePassword, at: clock.now() };
    const posed = await signIn.respond('PASSWORD_VERIFIER', srp.answer(challenge, knowledge));
    expect(posed.ChallengeName).toBe('DEVICE_SRP_AUTH');
  });

  test('notes when and from where a device last proved itself', async () => {
    const { service, client, clock, signIn, begin, aDevice } = await aRoom();
    const device = await aDevice();
    const confirmedAt = clock.now();
    clock.advance(60_000);
    await byDevice(service, signIn, await begin(device), 'ada', device);
    const input = { AccessToken: device.access, DeviceKey: device.key };
    const { Device } = await client.send(new GetDeviceCommand(input));
    expect(Device?.DeviceLastAuthenticatedDate?.getTime()).toBe(clock.now());
    expect(Device?.DeviceCreateDate?.getTime()).toBe(confirmedAt);
    expect(Device?.DeviceLastModifiedDate?.getTime()).toBe(confirmedAt);
  });

  test('asks nothing of a device that is not confirmed, and gives no other key for it', async () => {
    const { signIn, begin } = await aRoom();
    const unconfirmed = newDeviceOf(await signIn.byPassword('ada'));
    const { AuthenticationResult } = await begin(unconfirmed);
    expect(AuthenticationResult?.NewDeviceMetadata).toBeUndefined();
    expect(decodeJwt(AuthenticationResult?.AccessToken ?? '')).toMatchObject({ device_key: unconfirmed.key });
  });

  test('asks a device only while it is remembered, where people decide that', async () => {
    const { client, begin, aDevice } = await aRoom(optIn);
    const device = await aDevice();
    const remember = (DeviceRememberedStatus: 'remembered' | 'not_remembered') =>
      client.send(
        new UpdateDeviceStatusCommand({ AccessToken: device.access, DeviceKey: device.key, DeviceRememberedStatus }),
      );
    expect((await begin(device)).AuthenticationResult?.NewDeviceMetadata).toBeUndefined();
    await remember('remembered');
    expect((await begin(device)).ChallengeName).toBe('DEVICE_SRP_AUTH');
    await remember('not_remembered');
    expect((await begin(device)).AuthenticationResult).toBeDefined();
  });

  test('gives no device to a sign-in that an administrator makes with the password', async () => {
    const { service, client, pool, app, signIn, on, aDevice } = await aRoom();
    const admin = (flow: 'ADMIN_USER_PASSWORD_AUTH' | 'ADMIN_NO_SRP_AUTH', more = {}) =>
      client.send(
        new AdminInitiateAuthCommand({
          UserPoolId: pool.id,
          ClientId: app.id,
          AuthFlow: flow,
          AuthParameters: { USERNAME: 'ada', PASSWORD: somePassword, ...more },
        }),
      );
    for (const flow of ['ADMIN_USER_PASSWORD_AUTH', 'ADMIN_NO_SRP_AUTH'] as const) {
      const { AuthenticationResult } = await admin(flow);
      expect(AuthenticationResult?.NewDeviceMetadata).toBeUndefined();
      expect(decodeJwt(AuthenticationResult?.AccessToken ?? '')).not.toHaveProperty('device_key');
    }
    // Nor after a challenge in between, whoever answers it.
    await service.aUser(pool, { username: 'eve', invited: true });
    const invited = await admin('ADMIN_NO_SRP_AUTH', { USERNAME: 'eve' });
    const responses = { USERNAME: 'eve', NEW_PASSWORD: 'Another-Horse-9' };
    const chosen = await signIn.respond('NEW_PASSWORD_REQUIRED', responses, sessionOf(invited));
    expect(chosen.AuthenticationResult?.AccessToken).toBeDefined();
    expect(chosen.AuthenticationResult?.NewDeviceMetadata).toBeUndefined();
    // One that is known has to prove itself all the same.
    const device = await aDevice();
    expect((await admin('ADMIN_NO_SRP_AUTH', on(device))).ChallengeName).toBe('DEVICE_SRP_AUTH');
  });
});

describe('A device that is not there', () => {
  test('is told to whoever has proven the password, and the same answer without it goes on (auth-flows 48)', async () => {
    const { service, pool, app, clock, signIn, on, aDevice, forget } = await aRoom();
    const device = await aDevice();
    await forget(device);
    const srp = srpClient();
    const challenge = await signIn.challengeOf('ada', srp, on(device));
    const answer = srp.answer(challenge, { poolId: pool.id, password: somePassword, at: clock.now() });
    expect(await refusal(signIn.respond('PASSWORD_VERIFIER', { ...answer, ...on(device) }))).toBe(notThere);
    // As the older client writes that there is none.
    const { status, json } = await service.call('RespondToAuthChallenge', {
      ClientId: app.id,
      ChallengeName: 'PASSWORD_VERIFIER',
      ChallengeResponses: { ...answer, DEVICE_KEY: null },
    });
    expect(status).toBe(200);
    expect(newDeviceOf(Object(json)).key).not.toBe(device.key);
  });

  test('spends no session either (auth-flows 48)', async () => {
    const { pool, aUser, signIn, on, aDevice, forget } = await aRoom();
    const device = await aDevice();
    await forget(device);
    await aUser(pool, { username: 'eve', invited: true });
    const posed = await signIn.byPassword('eve');
    const responses = { USERNAME: 'eve', NEW_PASSWORD: 'Another-Horse-9' };
    const answer = (more = {}) => signIn.respond('NEW_PASSWORD_REQUIRED', { ...responses, ...more }, sessionOf(posed));
    expect(await refusal(answer(on(device)))).toBe(notThere);
    expect(newDeviceOf(await answer()).key).toMatch(keyForm);
  });

  test('may go while a sign-in is on its way: the client goes on without it', async () => {
    const { service, client, pool, aUser, signIn, on } = await aRoom();
    await aUser(pool, { username: 'eve', invited: true });
    const first = await signIn.byPassword('eve');
    const responses = { USERNAME: 'eve', NEW_PASSWORD: 'Another-Horse-9' };
    const device = newDeviceOf(await signIn.respond('NEW_PASSWORD_REQUIRED', responses, sessionOf(first)));
    await confirm(service, device);
    const posed = await signIn.byPassword('eve', 'Another-Horse-9', on(device));
    await client.send(new ForgetDeviceCommand({ AccessToken: device.access, DeviceKey: device.key }));
    const given = { USERNAME: 'eve', DEVICE_KEY: device.key, SRP_A: srpClient().publicValue };
    expect(await refusal(signIn.respond('DEVICE_SRP_AUTH', given, sessionOf(posed)))).toBe(notThere);
    expect(newDeviceOf(await signIn.byPassword('eve', 'Another-Horse-9')).key).not.toBe(device.key);
  });

  test('is none of the user: made up, forged, of somebody else, of another pool, or too long', async () => {
    const room = await aRoom();
    const elsewhere = await aRoom();
    const device = await room.aDevice();
    const keys = [
      'us-east-1_11111111-2222-4333-8444-555555555555',
      `${device.key.slice(0, -1)}${device.key.endsWith('0') ? '1' : '0'}`,
      device.key.toUpperCase(),
      `x${device.key}`,
      (await room.aDevice('bob')).key,
      newDeviceOf(await room.signIn.byPassword('bob')).key,
      (await elsewhere.aDevice()).key,
      '_',
      'x'.repeat(100_000),
    ];
    for (const key of keys) expect(await refusal(room.begin({ ...device, key })), key.slice(0, 60)).toBe(notThere);
  });

  test('is told to nobody who has not proven the password', async () => {
    const { signIn, on, aDevice } = await aRoom();
    const device = await aDevice();
    const unknown = { key: 'us-east-1_11111111-2222-4333-8444-555555555555' };
    for (const named of [device, unknown]) {
      expect(await refusal(signIn.byPassword('ada', 'Wrong-Horse-9', on(named)))).toBe(wrong);
    }
  });
});

describe('RespondToAuthChallenge to DEVICE_SRP_AUTH', () => {
  test('answers the exchange of the device', async () => {
    const { proving, aDevice } = await aRoom();
    const device = await aDevice();
    const { challenge } = await proving(device);
    expect(challenge).toEqual({
      SALT: '4e0b3b62bd77a1bf',
      SRP_B: expect.stringMatching(/^[0-9a-f]+$/),
      SECRET_BLOCK: expect.stringMatching(/^[A-Za-z0-9+/]+=*$/),
      DEVICE_KEY: device.key,
      USERNAME: 'ada',
    });
  });

  test('needs its session and all of its responses', async () => {
    const { signIn, begin, aDevice } = await aRoom();
    const device = await aDevice();
    const posed = await begin(device);
    const all: Record<string, string> = { USERNAME: 'ada', DEVICE_KEY: device.key, SRP_A: srpClient().publicValue };
    for (const name of Object.keys(all)) {
      const { [name]: _, ...rest } = all;
      const missing = `InvalidParameterException: Missing required parameter ${name}`;
      expect(await refusal(signIn.respond('DEVICE_SRP_AUTH', rest, sessionOf(posed)))).toBe(missing);
    }
    expect(await refusal(signIn.respond('DEVICE_SRP_AUTH', all))).toBe(
      'InvalidParameterException: Missing required parameter Session',
    );
    for (const SRP_A of ['0', 'xyz']) {
      expect(await refusal(signIn.respond('DEVICE_SRP_AUTH', { ...all, SRP_A }, sessionOf(posed)))).toMatch(
        /^InvalidParameterException/,
      );
    }
    expect((await signIn.respond('DEVICE_SRP_AUTH', all, sessionOf(posed))).ChallengeName).toBe(
      'DEVICE_PASSWORD_VERIFIER',
    );
    expect(await refusal(signIn.respond('DEVICE_SRP_AUTH', all, sessionOf(posed)))).toMatch(/can only be used once/);
  });

  test('takes no other device of the same user, and nobody else', async () => {
    const { signIn, begin, aDevice } = await aRoom();
    const [device, sibling] = [await aDevice(), await aDevice()];
    const session = sessionOf(await begin(device));
    const ask = (more: object) =>
      refusal(
        signIn.respond(
          'DEVICE_SRP_AUTH',
          { USERNAME: 'ada', DEVICE_KEY: device.key, SRP_A: srpClient().publicValue, ...more },
          session,
        ),
      );
    expect(await ask({ DEVICE_KEY: sibling.key })).toBe(otherSession);
    expect(await ask({ USERNAME: 'bob' })).toBe(otherSession);
    expect(await ask({ DEVICE_KEY: (await aDevice('bob')).key })).toBe(notThere);
    expect(await ask({})).toMatch(/^answered/);
  });

  test('is no way around a device: its session answers nothing else', async () => {
    const { signIn, begin, aDevice } = await aRoom();
    const posed = await begin(await aDevice());
    for (const challenge of ['NEW_PASSWORD_REQUIRED', 'DEVICE_PASSWORD_VERIFIER', 'PASSWORD_VERIFIER'] as const) {
      const responses = {
        USERNAME: 'ada',
        NEW_PASSWORD: 'Another-Horse-9',
        DEVICE_KEY: 'x_0',
        PASSWORD_CLAIM_SIGNATURE: 'AAAA',
        PASSWORD_CLAIM_SECRET_BLOCK: 'AAAA',
        TIMESTAMP: 'Tue Sep 5 21:11:18 UTC 2023',
      };
      expect(await refusal(signIn.respond(challenge, responses, sessionOf(posed)))).toBe(otherSession);
    }
  });
});

describe('RespondToAuthChallenge to DEVICE_PASSWORD_VERIFIER', () => {
  test('refuses another secret, and counts that as a wrong password', async () => {
    const { clock, proving, prove, aDevice } = await aRoom();
    const device = await aDevice();
    const attempts: Awaited<ReturnType<typeof proving>>[] = [];
    // All of them first: a right password ends the count.
    for (const secret of ['1', '2', '3', '4', '5']) attempts.push(await proving({ ...device, secret }));
    const right = await proving(device);
    for (const { answer, session } of attempts) expect(await prove(answer, session)).toBe(wrong);
    expect(await prove(right.answer, right.session)).toBe('NotAuthorizedException: Password attempts exceeded');
    clock.advance(1_100);
    expect(await prove(right.answer, right.session)).toMatch(/^answered/);
  });

  test('takes an exchange once, also of answers side by side', async () => {
    const { proving, prove, aDevice } = await aRoom();
    const { answer, session } = await proving(await aDevice());
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => prove(answer, session)));
    expect(outcomes.filter((outcome) => outcome.startsWith('answered'))).toHaveLength(1);
    expect(await prove(answer, session)).toMatch(/^NotAuthorizedException/);
  });

  test('refuses another timestamp, a late one, and what is none', async () => {
    const { clock, proving, prove, aDevice } = await aRoom();
    const device = await aDevice();
    const { answer, session } = await proving(device);
    expect(await prove({ ...answer, TIMESTAMP: 'yesterday' }, session)).toMatch(
      /^InvalidParameterException: TIMESTAMP/,
    );
    expect(await prove({ ...answer, TIMESTAMP: 'Tue Sep 5 21:11:18 UTC 2023' }, session)).toBe(wrong);
    clock.advance(3 * 60_000);
    expect(await prove(answer, session)).toMatch(/session is expired/);
  });

  test('takes the block with its own session alone, and no block of a password', async () => {
    const { pool, clock, signIn, proving, prove, aDevice } = await aRoom();
    const device = await aDevice();
    const [one, other] = [await proving(device), await proving(device)];
    expect(await prove(one.answer, other.session)).toBe(wrong);
    const srp = srpClient();
    const challenge = await signIn.challengeOf('ada', srp);
    const ofPassword = srp.answer(challenge, { poolId: pool.id, password: somePassword, at: clock.now() });
    expect(await prove({ ...ofPassword, DEVICE_KEY: device.key }, one.session)).toBe(wrong);
    // Nor the other way round.
    expect(await refusal(signIn.respond('PASSWORD_VERIFIER', one.answer))).toBe(wrong);
    expect(await prove(one.answer, one.session)).toMatch(/^answered/);
  });

  test('takes no exchange of another client, user or device', async () => {
    const { service, pool, aClient, proving, prove, aDevice } = await aRoom();
    const [device, sibling] = [await aDevice(), await aDevice()];
    const { answer, session } = await proving(device);
    expect(await prove({ ...answer, DEVICE_KEY: sibling.key }, session)).toBe(otherSession);
    expect(await prove({ ...answer, USERNAME: 'bob' }, session)).toBe(otherSession);
    const other = signingIn(service, await aClient(pool));
    expect(await refusal(other.respond('DEVICE_PASSWORD_VERIFIER', answer, session))).toBe(otherSession);
    expect(await prove(answer, session)).toMatch(/^answered/);
  });

  test('refuses a device that was forgotten or is not remembered any more', async () => {
    const { client, pool, proving, prove, aDevice, forget } = await aRoom();
    const [gone, demoted] = [await aDevice(), await aDevice()];
    const [first, second] = [await proving(gone), await proving(demoted)];
    await forget(gone);
    await client.send(
      new AdminUpdateDeviceStatusCommand({
        UserPoolId: pool.id,
        Username: 'ada',
        DeviceKey: demoted.key,
        DeviceRememberedStatus: 'not_remembered',
      }),
    );
    expect(await prove(first.answer, first.session)).toBe(notThere);
    expect(await prove(second.answer, second.session)).toBe(notThere);
  });

  test('refuses somebody who was disabled in between', async () => {
    const { client, pool, proving, prove, aDevice } = await aRoom();
    const { answer, session } = await proving(await aDevice());
    await client.send(new AdminDisableUserCommand({ UserPoolId: pool.id, Username: 'ada' }));
    expect(await prove(answer, session)).toBe('NotAuthorizedException: User is disabled.');
  });

  test('gives a token that confirms no device a second time', async () => {
    const { service, client, signIn, begin, aDevice } = await aRoom();
    const device = await aDevice();
    const { AuthenticationResult } = await byDevice(service, signIn, await begin(device), 'ada', device);
    const again = { ...device, access: AuthenticationResult?.AccessToken ?? '' };
    expect(await refusal(confirm({ client }, again, 'again'))).toMatch(/^DeviceKeyExistsException/);
  });
});
