/** Sign-ins that wait for a factor while what the factor rests on is changed under them. */
import {
  AdminSetUserMFAPreferenceCommand,
  type AdminSetUserMFAPreferenceCommandInput,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  AssociateSoftwareTokenCommand,
  type AttributeType,
  InitiateAuthCommand,
  UpdateUserPoolClientCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { choosing, firstFactors } from '../../support/choosing.ts';
import { confirm, signUp } from '../../support/people.ts';
import { aFactorRoom, appCode, phone } from '../../support/second-factors.ts';
import { refusal, sessionOf, signingIn, tokensOf } from '../../support/signing-in.ts';
import { startService } from '../../support/start-service.ts';

const refused = /^(NotAuthorizedException|CodeMismatchException|ExpiredCodeException)/;
const invalid = 'NotAuthorizedException: Invalid session for the user.';
const Enabled = true;
const off = { Enabled: false };
const every = { offers: ['SMS_MFA', 'EMAIL_OTP', 'SOFTWARE_TOKEN_MFA'] } as const;
const user = { attributes: { phone_number: phone, email: 'ada@example.com' } };

type Preferences = Omit<AdminSetUserMFAPreferenceCommandInput, 'UserPoolId' | 'Username'>;

/** Ada, whose app is set up; preferences and attributes are changed by an administrator. */
async function aRoom() {
  const room = await aFactorRoom({ ...every, user });
  const secret = await room.anApp();
  const { client, isUser } = room;
  return {
    ...room,
    secret,
    turn: (wanted: Preferences) => client.send(new AdminSetUserMFAPreferenceCommand({ ...isUser, ...wanted })),
    write: (UserAttributes: AttributeType[]) =>
      client.send(new AdminUpdateUserAttributesCommand({ ...isUser, UserAttributes })),
  };
}

describe('A factor that its user has turned off', () => {
  test('is not proven by the text message of a sign-in from before', async () => {
    const { turn, signIn, codeFor } = await aRoom();
    await turn({ SMSMfaSettings: { Enabled } });
    const session = sessionOf(await signIn.byPassword('ada'));
    const SMS_MFA_CODE = await codeFor();
    await turn({ SMSMfaSettings: off, SoftwareTokenMfaSettings: { Enabled } });
    expect(await refusal(signIn.respond('SMS_MFA', { USERNAME: 'ada', SMS_MFA_CODE }, session))).toMatch(refused);
  });

  test('is not proven by the mail of a sign-in from before', async () => {
    const { turn, signIn, codeFor } = await aRoom();
    await turn({ EmailMfaSettings: { Enabled } });
    const session = sessionOf(await signIn.byPassword('ada'));
    const EMAIL_OTP_CODE = await codeFor();
    await turn({ EmailMfaSettings: off, SoftwareTokenMfaSettings: { Enabled } });
    expect(await refusal(signIn.respond('EMAIL_OTP', { USERNAME: 'ada', EMAIL_OTP_CODE }, session))).toMatch(refused);
  });

  test('is not proven by the app that a sign-in from before asks for', async () => {
    const { turn, signIn, clock, secret } = await aRoom();
    await turn({ SoftwareTokenMfaSettings: { Enabled } });
    const session = sessionOf(await signIn.byPassword('ada'));
    await turn({ SoftwareTokenMfaSettings: off, SMSMfaSettings: { Enabled } });
    const answer = { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE: appCode(secret, clock.now()) };
    expect(await refusal(signIn.respond('SOFTWARE_TOKEN_MFA', answer, session))).toMatch(refused);
  });

  test('stays good beside another one that is preferred since', async () => {
    const { turn, signIn, codeFor } = await aRoom();
    await turn({ SMSMfaSettings: { Enabled } });
    const session = sessionOf(await signIn.byPassword('ada'));
    const SMS_MFA_CODE = await codeFor();
    await turn({ SoftwareTokenMfaSettings: { Enabled, PreferredMfa: true } });
    tokensOf(await signIn.respond('SMS_MFA', { USERNAME: 'ada', SMS_MFA_CODE }, session));
  });

  test('lets those in who need none any more', async () => {
    const { turn, setMode, signIn, codeFor } = await aRoom();
    await turn({ SMSMfaSettings: { Enabled } });
    const [one, two] = [sessionOf(await signIn.byPassword('ada')), sessionOf(await signIn.byPassword('ada'))];
    const SMS_MFA_CODE = await codeFor();
    expect(await refusal(signIn.respond('SMS_MFA', { USERNAME: 'ada', SMS_MFA_CODE }, one))).toMatch(/^CodeMismatch/);
    await setMode('OFF');
    tokensOf(await signIn.respond('SMS_MFA', { USERNAME: 'ada', SMS_MFA_CODE }, two));
  });
});

describe('A factor whose ground has moved', () => {
  test('is not proven by a message to the number or the mailbox from before', async () => {
    const { turn, write, signIn, codeFor } = await aRoom();
    await turn({ SMSMfaSettings: { Enabled } });
    const first = sessionOf(await signIn.byPassword('ada'));
    const SMS_MFA_CODE = await codeFor();
    await write([{ Name: 'phone_number', Value: '+12065550000' }]);
    expect(await refusal(signIn.respond('SMS_MFA', { USERNAME: 'ada', SMS_MFA_CODE }, first))).toMatch(refused);
    await turn({ SMSMfaSettings: off, EmailMfaSettings: { Enabled } });
    const second = sessionOf(await signIn.byPassword('ada'));
    const EMAIL_OTP_CODE = await codeFor();
    await write([{ Name: 'email', Value: 'other@example.com' }]);
    expect(await refusal(signIn.respond('EMAIL_OTP', { USERNAME: 'ada', EMAIL_OTP_CODE }, second))).toMatch(refused);
  });

  test('is asked for at the end of a sign-in that began when the pool asked for none', async () => {
    const { aUser, pool, setMode, signIn } = await aFactorRoom({ mode: 'OFF' });
    await aUser(pool, { username: 'eve', invited: true, password: 'Temporary-Horse-9' });
    const session = sessionOf(await signIn.byPassword('eve', 'Temporary-Horse-9'));
    await setMode('ON', 'SOFTWARE_TOKEN_MFA');
    const next = await signIn.respond(
      'NEW_PASSWORD_REQUIRED',
      { USERNAME: 'eve', NEW_PASSWORD: 'Own-Horse-9' },
      session,
    );
    expect([next.ChallengeName, next.AuthenticationResult]).toEqual(['MFA_SETUP', undefined]);
  });
});

describe('A mailbox that is set up on the way in', () => {
  /** Mallory's answer is held between being found right and being written down, until something has happened. */
  async function held(happens: (room: Awaited<ReturnType<typeof aFactorRoom>>) => Promise<unknown>) {
    const room = await aFactorRoom({ mode: 'ON', offers: ['SMS_MFA', 'EMAIL_OTP', 'SOFTWARE_TOKEN_MFA'] });
    const { ports, clock, app, codeFor } = room;
    let isDue = false;
    const users: typeof ports.users = {
      ...ports.users,
      async save(...given) {
        if (isDue) await happens(room);
        isDue = false;
        return ports.users.save(...given);
      },
    };
    const mallory = signingIn(await startService({ now: clock.now(), ports: { users } }), app);
    const begun = sessionOf(await room.signIn.byPassword('ada'));
    const EMAIL = 'mallory@example.com';
    const session = sessionOf(await room.signIn.respond('MFA_SETUP', { USERNAME: 'ada', EMAIL }, begun));
    const EMAIL_OTP_CODE = await codeFor();
    isDue = true;
    return refusal(mallory.respond('EMAIL_OTP', { USERNAME: 'ada', EMAIL_OTP_CODE }, session));
  }

  test('ends with the password, to the very moment', async () => {
    const outcome = held(({ client, isUser }) =>
      client.send(new AdminSetUserPasswordCommand({ ...isUser, Password: 'Another-Horse-9', Permanent: true })),
    );
    expect(await outcome).toBe(invalid);
  });

  test('is not put beside a telephone that came in between', async () => {
    const UserAttributes = [{ Name: 'phone_number', Value: phone }];
    const outcome = held(({ client, isUser }) =>
      client.send(new AdminUpdateUserAttributesCommand({ ...isUser, UserAttributes })),
    );
    expect(await outcome).toBe(invalid);
  });

  test('is there when nothing has happened', async () => {
    expect(await held(async () => undefined)).toMatch(/^answered/);
  });
});

describe('An app that is set up on the way in', () => {
  test('is not put beside a mailbox that was set up in the very same moment', async () => {
    const room = await aFactorRoom({ mode: 'ON', offers: ['EMAIL_OTP', 'SOFTWARE_TOKEN_MFA'] });
    const { signIn, codeFor, clock, ports, app } = room;
    const ada = sessionOf(await signIn.byPassword('ada'));
    const posed = await signIn.respond('MFA_SETUP', { USERNAME: 'ada', EMAIL: 'ada@example.com' }, ada);
    const answer = { USERNAME: 'ada', EMAIL_OTP_CODE: await codeFor() };
    const begun = sessionOf(await signIn.byPassword('ada'));
    let isHeld = true;
    // Ada's answer comes in after Mallory's was found to be right, and before anything is written for it.
    const nonces = {
      ...ports.nonces,
      async consume(...given: Parameters<typeof ports.nonces.consume>) {
        const outcome = await ports.nonces.consume(...given);
        if (!isHeld) tokensOf(await signIn.respond('EMAIL_OTP', answer, sessionOf(posed)));
        return outcome;
      },
    };
    const mallory = await startService({ now: clock.now(), ports: { nonces } });
    const { SecretCode = '', Session } = await mallory.client.send(
      new AssociateSoftwareTokenCommand({ Session: begun }),
    );
    isHeld = false;
    const UserCode = appCode(SecretCode, clock.now());
    expect(await refusal(mallory.client.send(new VerifySoftwareTokenCommand({ Session, UserCode })))).toBe(invalid);
    const next = await signingIn(room, app).byPassword('ada');
    expect(next.ChallengeName).toBe('EMAIL_OTP');
  });
});

describe('The session of ConfirmSignUp', () => {
  async function registered() {
    const service = await startService();
    const pool = await service.aPool({ AutoVerifiedAttributes: ['email'], ...firstFactors('PASSWORD', 'EMAIL_OTP') });
    const app = await service.aClient(pool, choosing);
    await signUp(service.client, app, { username: 'ada', attributes: { email: 'old@example.com' } });
    const answer = await confirm(
      service.client,
      app,
      'ada',
      await service.outbox.codeFor({ poolId: pool.id, username: 'ada' }),
    );
    const enter = () =>
      service.client.send(
        new InitiateAuthCommand({
          ClientId: app.id,
          AuthFlow: 'USER_AUTH',
          AuthParameters: { USERNAME: 'ada' },
          Session: sessionOf(answer),
        }),
      );
    return { ...service, pool, app, enter };
  }

  test('ends with the address that it was confirmed at', async () => {
    const { client, pool, enter } = await registered();
    const UserAttributes = [
      { Name: 'email', Value: 'new@example.com' },
      { Name: 'email_verified', Value: 'true' },
    ];
    await client.send(new AdminUpdateUserAttributesCommand({ UserPoolId: pool.id, Username: 'ada', UserAttributes }));
    expect(await refusal(enter())).toBe(invalid);
  });

  test('ends with the flow that the client has it for', async () => {
    const { client, pool, app, enter } = await registered();
    const ExplicitAuthFlows = ['ALLOW_USER_PASSWORD_AUTH'] as const;
    await client.send(
      new UpdateUserPoolClientCommand({
        UserPoolId: pool.id,
        ClientId: app.id,
        ExplicitAuthFlows: [...ExplicitAuthFlows],
      }),
    );
    expect(await refusal(enter())).toMatch(/^InvalidParameterException: USER_AUTH/);
  });
});
