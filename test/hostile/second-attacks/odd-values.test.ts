/** Values that no honest client sends, in every map of sign-in: each is answered in order, and kept by nobody. */
import {
  AdminInitiateAuthCommand,
  AdminSetUserMFAPreferenceCommand,
  type AuthFlowType,
  type ChallengeNameType,
  SetUserPoolSessionConfigurationCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { somePassword } from '../../support/builders.ts';
import { choosingOf, firstFactors } from '../../support/choosing.ts';
import { customRoom } from '../../support/custom-functions.ts';
import { confirm, newDeviceOf } from '../../support/devices.ts';
import { aFactorRoom, phone } from '../../support/second-factors.ts';
import { refusal, sessionOf, tokensOf } from '../../support/signing-in.ts';
import { startService } from '../../support/start-service.ts';

const flows: readonly AuthFlowType[] = ['USER_PASSWORD_AUTH', 'USER_SRP_AUTH', 'USER_AUTH', 'REFRESH_TOKEN_AUTH'];
const challenges: readonly ChallengeNameType[] = [
  'SMS_MFA',
  'SOFTWARE_TOKEN_MFA',
  'SELECT_MFA_TYPE',
  'MFA_SETUP',
  'EMAIL_OTP',
  'PASSWORD_VERIFIER',
  'PASSWORD',
  'PASSWORD_SRP',
  'SELECT_CHALLENGE',
  'NEW_PASSWORD_REQUIRED',
  'DEVICE_SRP_AUTH',
  'DEVICE_PASSWORD_VERIFIER',
  'WEB_AUTHN',
];
const keys = [
  ...['USERNAME', 'PASSWORD', 'SRP_A', 'SECRET_HASH', 'DEVICE_KEY', 'REFRESH_TOKEN', 'PREFERRED_CHALLENGE', 'ANSWER'],
  ...['TIMESTAMP', 'PASSWORD_CLAIM_SIGNATURE', 'PASSWORD_CLAIM_SECRET_BLOCK', 'CREDENTIAL', 'NEW_PASSWORD', 'EMAIL'],
  ...['SMS_MFA_CODE', 'SOFTWARE_TOKEN_MFA_CODE', 'EMAIL_OTP_CODE', 'MAX_AGE', 'TARGET_ACR_VALUES', 'ACCESS_TOKEN'],
  ...['__proto__', 'constructor', 'toString', 'userAttributes.__proto__', 'userAttributes.constructor'],
] as const;
const oddities = [
  ...['', ' ', '\u0000', 'ada\u0000', '\u202eada', 'ａｄａ', '__proto__', 'constructor', 'null'],
  ...[
    '[]',
    '{}',
    '{"__proto__":{}}',
    '[[[[[[]]]]]]',
    '-1',
    '0',
    '1e400',
    '0x10',
    'NaN',
    '१२३४५६',
    '１２３４５６',
    '+12345',
  ],
  ...['sha256:', 'A#x', '@', '@F', '%00', "' OR 1=1--", '../..', 'ada\r\nSet-Cookie: a=b', 'x'.repeat(70_000)],
  ...['PASSWORD', 'WEB_AUTHN', 'EMAIL_OTP', 'SMS_MFA', '﻿ada', 'Tue Sep 1 00:00:00 UTC 2026', 'ada', somePassword],
];
const oddMap = fc.dictionary(fc.constantFrom(...keys), fc.constantFrom(...oddities), { noNullPrototype: false });

describe('InitiateAuth and RespondToAuthChallenge', () => {
  // Faults, and errors that an operation does not declare, fail the test.
  test('answer any map in order, in headers of one line', async () => {
    const service = await startService();
    const pool = await service.aPool({
      ...firstFactors('PASSWORD', 'EMAIL_OTP', 'WEB_AUTHN'),
      DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false },
    });
    const ExplicitAuthFlows = ['ALLOW_USER_AUTH', 'ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH'] as const;
    const apps = [
      await service.aClient(pool, { ExplicitAuthFlows: [...ExplicitAuthFlows], PreventUserExistenceErrors: 'ENABLED' }),
      await service.aClient(pool, { ExplicitAuthFlows: [...ExplicitAuthFlows, 'ALLOW_REFRESH_TOKEN_AUTH'] }),
    ];
    await service.aUser(pool, { username: 'ada', attributes: { email: 'a@example.com', email_verified: 'true' } });
    const orderly = async (operation: string, input: object) => {
      const { status, headers, body } = await service.call(operation, input, {});
      expect([200, 400]).toContain(status);
      for (const value of Object.values(headers)) expect(/^[ -~]*$/.test(value), value).toBe(true);
      return body;
    };
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...apps),
        fc.constantFrom(...flows),
        oddMap,
        oddMap,
        async (app, flow, one, two) => {
          const named = { USERNAME: 'ada', ...one };
          await orderly('InitiateAuth', {
            ClientId: app.id,
            AuthFlow: flow,
            AuthParameters: named,
            ClientMetadata: two,
          });
        },
      ),
      { numRuns: 250 },
    );
    const Session = sessionOf(await choosingOf(service, apps[0] ?? never()).choose('ada'));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...challenges), oddMap, fc.boolean(), async (ChallengeName, odd, isNamed) => {
        const ChallengeResponses = { ...(isNamed && { USERNAME: 'ada' }), ...odd };
        const input = { ClientId: apps[0]?.id, ChallengeName, ChallengeResponses, Session };
        await orderly('RespondToAuthChallenge', input);
      }),
      { numRuns: 250 },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

const never = (): never => {
  throw new Error('There is no client');
};

describe('Names of prototypes', () => {
  test('are parameters like others: absent unless they are given', async () => {
    const { signIn, call, app } = await aFactorRoom({ mode: 'OFF' });
    const body = `{"ClientId":"${app.id}","AuthFlow":"USER_PASSWORD_AUTH","AuthParameters":{"__proto__":{"USERNAME":"ada","PASSWORD":"${somePassword}"}}}`;
    expect((await call('InitiateAuth', JSON.parse(body), {})).status).toBe(400);
    const proto: Record<string, string> = JSON.parse(`{"__proto__":"x","constructor":"x","USERNAME":"ada"}`);
    expect(await refusal(signIn.initiate('USER_PASSWORD_AUTH', proto))).toMatch(/Missing required parameter PASSWORD/);
    tokensOf(await signIn.initiate('USER_PASSWORD_AUTH', { ...proto, PASSWORD: somePassword }));
  });

  test('reach functions as metadata like any other', async () => {
    const { call, app, events } = await customRoom();
    const ClientMetadata: unknown = JSON.parse('{"__proto__":"a","constructor":"b"}');
    const { json } = await begun();
    const input = {
      ClientId: app.id,
      ChallengeName: 'CUSTOM_CHALLENGE',
      ChallengeResponses: { USERNAME: 'Ada', ANSWER: 'no' },
      Session: json.Session,
      ClientMetadata,
    };
    expect((await call('RespondToAuthChallenge', input, {})).status).toBe(200);
    const told = events.find(({ request }) => request.clientMetadata)?.request.clientMetadata ?? {};
    expect(Object.entries(told)).toEqual(Object.entries(ClientMetadata as object));

    async function begun(): Promise<{ readonly json: { readonly Session: string } }> {
      const AuthParameters = { USERNAME: 'Ada' };
      const { body } = await call('InitiateAuth', { ClientId: app.id, AuthFlow: 'CUSTOM_AUTH', AuthParameters }, {});
      return { json: JSON.parse(String(body)) };
    }
  });
});

describe('Long values', () => {
  test('of the address that an administrator names are not kept with a session or a device', async () => {
    const service = await startService();
    const { client, ports } = service;
    const pool = await service.aPool({
      DeviceConfiguration: { ChallengeRequiredOnNewDevice: false, DeviceOnlyRememberedOnUserPrompt: false },
    });
    const tracking = { UserSessionTracking: 'ENABLED', TokenSession: { MaxPerUser: 2 } } as const;
    await client.send(new SetUserPoolSessionConfigurationCommand({ UserPoolId: pool.id, ...tracking }));
    const app = await service.aClient(pool);
    const { username, sub } = await service.aUser(pool, { username: 'ada' });
    const initiate = new AdminInitiateAuthCommand({
      UserPoolId: pool.id,
      ClientId: app.id,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ada', PASSWORD: somePassword },
      ContextData: { IpAddress: '1'.repeat(120_000), ServerName: 'x', ServerPath: '/', HttpHeaders: [] },
    });
    tokensOf(await client.send(initiate));
    const kept = await ports.pools.find(pool.id);
    const sessions = kept && (await ports.userSessions.list(kept, { username, sub: sub as never }));
    expect(sessions?.map(({ lastAddress }) => lastAddress?.length)).toEqual([128]);
  });

  test('of names of devices are refused, and the longest ones kept', async () => {
    const DeviceConfiguration = { ChallengeRequiredOnNewDevice: false, DeviceOnlyRememberedOnUserPrompt: false };
    const room = await aFactorRoom({ mode: 'OFF', pool: { DeviceConfiguration } });
    const { service, signIn } = room;
    const device = newDeviceOf(await signIn.byPassword('ada'));
    expect(await refusal(confirm(service, device, 'x'.repeat(1025)))).toMatch(/^InvalidParameterException/);
    expect(await refusal(confirm(service, device, '\ud800'))).toMatch(/^SerializationException/);
    expect(await refusal(confirm(service, device, '\u0000é😀'.repeat(256)))).toMatch(/^answered/);
  });

  test('of names of apps are refused before anything is counted', async () => {
    const room = await aFactorRoom({ mode: 'OPTIONAL', offers: ['SOFTWARE_TOKEN_MFA'] });
    const { client, access, anApp } = room;
    for (let at = 0; at < 7; at++) {
      const verify = { AccessToken: access, UserCode: '123456', FriendlyDeviceName: 'x'.repeat(257 + at * 10_000) };
      expect(await refusal(client.send(new VerifySoftwareTokenCommand(verify)))).toMatch(/^InvalidParameterException/);
    }
    await anApp('\u0000é😀');
  });

  test('of keys of devices make no session too long for the API, in whatever letters', async () => {
    const { aUser, pool, signIn, client } = await aFactorRoom({ offers: ['SMS_MFA', 'EMAIL_OTP'] });
    const longest = '𝐀"'.repeat(42);
    await aUser(pool, { username: longest, attributes: { phone_number: phone, email: 'ada@example.com' } });
    const Enabled = true;
    const both = { SMSMfaSettings: { Enabled }, EmailMfaSettings: { Enabled } };
    await client.send(new AdminSetUserMFAPreferenceCommand({ UserPoolId: pool.id, Username: longest, ...both }));
    for (const letter of ['"', '\u0000', '𝐀', '\\']) {
      const begun = await signIn.byPassword(longest, somePassword, { DEVICE_KEY: letter.repeat(55) });
      const choice = { USERNAME: longest, ANSWER: 'SMS_MFA', DEVICE_KEY: letter.repeat(55 / letter.length) };
      const posed = await signIn.respond('SELECT_MFA_TYPE', choice, sessionOf(begun));
      expect(sessionOf(posed).length).toBeLessThanOrEqual(2048);
    }
  });
});
