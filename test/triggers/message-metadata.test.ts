import {
  AdminCreateUserCommand,
  AdminInitiateAuthCommand,
  AdminResetUserPasswordCommand,
  AdminRespondToAuthChallengeCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminUpdateUserAttributesCommand,
  ForgotPasswordCommand,
  GetUserAttributeVerificationCodeCommand,
  InitiateAuthCommand,
  ResendConfirmationCodeCommand,
  RespondToAuthChallengeCommand,
  SetUserPoolMfaConfigCommand,
  SignUpCommand,
  UpdateUserAttributesCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { attributesOf, somePassword } from '../support/builders.ts';
import { messageRoom, texts } from '../support/message-functions.ts';
import { tokenOf } from '../support/people.ts';
import { srpClient } from '../support/srp-client.ts';

type Room = Awaited<ReturnType<typeof messageRoom>>;

const verified = { email: 'ada@example.com', email_verified: 'true' };
const tell = (what: string) => ({ ClientMetadata: { what } });

/** Each makes the pool send one message or more, and says with what metadata it asked for it. */
const rows: Readonly<Record<string, (room: Room) => Promise<unknown>>> = {
  SignUp: ({ register }) => register('ada', undefined, tell('SignUp')),

  async AdminCreateUser({ client, pool }) {
    const isAda = { UserPoolId: pool.id, Username: 'ada', UserAttributes: attributesOf(verified) };
    const byMail = { ...isAda, DesiredDeliveryMediums: ['EMAIL' as const] };
    await client.send(new AdminCreateUserCommand({ ...byMail, ...tell('AdminCreateUser') }));
  },

  async ResendConfirmationCode({ client, app, register }) {
    await register('ada', undefined, tell('another call'));
    const Username = 'ada';
    await client.send(
      new ResendConfirmationCodeCommand({ ClientId: app.id, Username, ...tell('ResendConfirmationCode') }),
    );
  },

  async AdminResetUserPassword({ client, pool, aUser }) {
    const { username: Username } = await aUser(pool, { attributes: verified });
    await client.send(
      new AdminResetUserPasswordCommand({ UserPoolId: pool.id, Username, ...tell('AdminResetUserPassword') }),
    );
  },

  async GetUserAttributeVerificationCode({ client, pool, app, aUser }) {
    const ada = await aUser(pool, { attributes: verified });
    const AccessToken = await tokenOf(client, app, ada);
    const AttributeName = 'email';
    const asked = tell('GetUserAttributeVerificationCode');
    await client.send(new GetUserAttributeVerificationCodeCommand({ AccessToken, AttributeName, ...asked }));
  },

  async UpdateUserAttributes({ client, pool, app, aUser }) {
    const ada = await aUser(pool, { attributes: verified });
    const AccessToken = await tokenOf(client, app, ada);
    const UserAttributes = attributesOf({ email: 'new@example.com' });
    await client.send(
      new UpdateUserAttributesCommand({ AccessToken, UserAttributes, ...tell('UpdateUserAttributes') }),
    );
  },

  async AdminUpdateUserAttributes({ client, pool, aUser }) {
    const { username: Username } = await aUser(pool, { attributes: verified });
    const UserAttributes = attributesOf({ email: 'new@example.com' });
    const asked = { UserPoolId: pool.id, Username, UserAttributes, ...tell('AdminUpdateUserAttributes') };
    await client.send(new AdminUpdateUserAttributesCommand(asked));
  },

  async ForgotPassword({ client, pool, app, aUser }) {
    const { username: Username } = await aUser(pool, { attributes: verified });
    await client.send(new ForgotPasswordCommand({ ClientId: app.id, Username, ...tell('ForgotPassword') }));
  },

  async RespondToAuthChallenge(room) {
    const { client, pool, app, clock } = room;
    const { username } = await withMfa(room);
    const srp = srpClient();
    const { ChallengeParameters = {} } = await client.send(
      new InitiateAuthCommand({
        ClientId: app.id,
        AuthFlow: 'USER_SRP_AUTH',
        AuthParameters: { USERNAME: username, SRP_A: srp.publicValue },
        ...tell('another call'),
      }),
    );
    const knowledge = { poolId: pool.id, password: somePassword, at: clock.now() };
    await client.send(
      new RespondToAuthChallengeCommand({
        ClientId: app.id,
        ChallengeName: 'PASSWORD_VERIFIER',
        ChallengeResponses: srp.answer(ChallengeParameters, knowledge),
        ...tell('RespondToAuthChallenge'),
      }),
    );
  },

  async AdminRespondToAuthChallenge({ client, pool, app, aUser }) {
    await aUser(pool, { username: 'ada', attributes: verified });
    const whose = { UserPoolId: pool.id, ClientId: app.id };
    const { Session } = await client.send(
      new AdminInitiateAuthCommand({
        ...whose,
        AuthFlow: 'USER_AUTH',
        AuthParameters: { USERNAME: 'ada' },
        ...tell('another call'),
      }),
    );
    await client.send(
      new AdminRespondToAuthChallengeCommand({
        ...whose,
        Session,
        ChallengeName: 'SELECT_CHALLENGE',
        ChallengeResponses: { USERNAME: 'ada', ANSWER: 'EMAIL_OTP' },
        ...tell('AdminRespondToAuthChallenge'),
      }),
    );
  },
};

async function withMfa({ client, pool, aUser }: Room) {
  const ada = await aUser(pool, { attributes: verified });
  await client.send(
    new SetUserPoolMfaConfigCommand({
      UserPoolId: pool.id,
      MfaConfiguration: 'OPTIONAL',
      EmailMfaConfiguration: { Message: 'Type {####}', Subject: 'A code' },
    }),
  );
  await client.send(
    new AdminSetUserMFAPreferenceCommand({
      UserPoolId: pool.id,
      Username: ada.username,
      EmailMfaSettings: { Enabled: true, PreferredMfa: true },
    }),
  );
  return ada;
}

const pool = {
  SmsConfiguration: texts,
  AutoVerifiedAttributes: ['email' as const],
  EmailConfiguration: {
    EmailSendingAccount: 'DEVELOPER' as const,
    SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/example.com',
    From: 'shop@example.com',
  },
  Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD' as const, 'EMAIL_OTP' as const] } },
};
const client = {
  ExplicitAuthFlows: [
    'ALLOW_USER_PASSWORD_AUTH' as const,
    'ALLOW_USER_SRP_AUTH' as const,
    'ALLOW_USER_AUTH' as const,
    'ALLOW_REFRESH_TOKEN_AUTH' as const,
  ],
};

const kinds: Readonly<Record<string, string>> = {
  SignUp: 'SignUp',
  AdminCreateUser: 'AdminCreateUser',
  ResendConfirmationCode: 'ResendCode',
  AdminResetUserPassword: 'ForgotPassword',
  GetUserAttributeVerificationCode: 'VerifyUserAttribute',
  UpdateUserAttributes: 'UpdateUserAttribute',
  AdminUpdateUserAttributes: 'UpdateUserAttribute',
  ForgotPassword: 'ForgotPassword',
  RespondToAuthChallenge: 'Authentication',
  AdminRespondToAuthChallenge: 'Authentication',
};

/** An administrator's call to sign somebody in names a client, the others none. */
const withoutClient = ['AdminCreateUser', 'AdminResetUserPassword', 'AdminUpdateUserAttributes'];

describe('The metadata of a request', () => {
  describe.each(['CustomMessage', 'CustomEmailSender'] as const)('reaches %s', (point) => {
    test.each(Object.entries(rows))('of %s (triggers-and-messages 3, 13)', async (operation, send) => {
      const room = await messageRoom({ points: [point], pool, client });
      await send(room);
      const event = [...room.messages, ...room.sent].at(-1);
      expect(event).toMatchObject({
        version: '1',
        triggerSource: `${point}_${kinds[operation]}`,
        region: 'us-east-1',
        userPoolId: room.pool.id,
        callerContext: {
          awsSdkVersion: 'aws-sdk-unknown-unknown',
          clientId: withoutClient.includes(operation) ? 'CLIENT_ID_NOT_APPLICABLE' : room.app.id,
        },
        request: { clientMetadata: { what: operation } },
      });
      const { userName, request } = event ?? {};
      expect(userName).toBe((await room.outbox.last({ poolId: room.pool.id })).username);
      expect(request?.userAttributes).toMatchObject({
        sub: expect.stringMatching(/^[0-9a-f-]{36}$/),
        email: expect.stringMatching(/@example\.com$/),
      });
    });

    test('of a call that brings none: there is no member for it', async () => {
      const room = await messageRoom({ points: [point], pool, client });
      await room.register('ada');
      const { request } = [...room.messages, ...room.sent][0] ?? {};
      expect(request).not.toHaveProperty('clientMetadata');
    });
  });

  test('reaches CustomSMSSender (triggers-and-messages 13)', async () => {
    const room = await messageRoom({ points: ['CustomSMSSender'] });
    await room.register('ada', { phone_number: '+12065559934' }, tell('SignUp'));
    const request = { clientMetadata: { what: 'SignUp' } };
    expect(room.sent).toMatchObject([{ triggerSource: 'CustomSMSSender_SignUp', request }]);
  });

  test.each(['CustomMessage', 'CustomEmailSender'] as const)(
    'of a sign-in does not reach %s (triggers-and-messages 13)',
    async (point) => {
      const room = await messageRoom({ points: [point], pool, client });
      const { username: USERNAME } = await withMfa(room);
      const ClientId = room.app.id;
      const byPassword = {
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME, PASSWORD: somePassword },
      } as const;
      await room.client.send(new InitiateAuthCommand({ ClientId, ...byPassword, ...tell('password') }));
      const byCode = { AuthFlow: 'USER_AUTH', AuthParameters: { USERNAME, PREFERRED_CHALLENGE: 'EMAIL_OTP' } } as const;
      await room.client.send(new InitiateAuthCommand({ ClientId, ...byCode, ...tell('code') }));
      const whose = { UserPoolId: room.pool.id, ClientId };
      await room.client.send(new AdminInitiateAuthCommand({ ...whose, ...byCode, ...tell('code') }));
      const events = [...room.messages, ...room.sent];
      expect(events.map(({ triggerSource }) => triggerSource)).toEqual(Array(3).fill(`${point}_Authentication`));
      for (const { request } of events) expect(request).not.toHaveProperty('clientMetadata');
    },
  );

  test('is that of one request, and not remembered for the next', async () => {
    const room = await messageRoom({ pool, client });
    await room.register('ada', undefined, tell('SignUp'));
    const isAda = { ClientId: room.app.id, Username: 'ada' };
    await room.client.send(new ResendConfirmationCodeCommand(isAda));
    expect(room.messages.map(({ request }) => request.clientMetadata)).toEqual([{ what: 'SignUp' }, undefined]);
  });

  test('does not cross between those who ask at the same time', async () => {
    const room = await messageRoom({ pool, client });
    const names = Array.from({ length: 8 }, (_, at) => `user-${at}`);
    await Promise.all(
      names.map((Username) =>
        room.client.send(
          new SignUpCommand({
            ClientId: room.app.id,
            Username,
            Password: somePassword,
            UserAttributes: attributesOf({ email: `${Username}@example.com` }),
            ...tell(Username),
          }),
        ),
      ),
    );
    const told = room.messages.map(({ userName, request }) => [userName, request.clientMetadata?.['what']]);
    expect(told.toSorted()).toEqual(names.map((name) => [name, name]));
  });
});
