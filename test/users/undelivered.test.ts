/** What callers are told of a message that did not leave, what is left of what they asked for, and what is logged of it. */
import {
  AdminCreateUserCommand,
  AdminInitiateAuthCommand,
  AdminResetUserPasswordCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminUpdateUserAttributesCommand,
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
  GetUserAttributeVerificationCodeCommand,
  ResendConfirmationCodeCommand,
  SetUserPoolMfaConfigCommand,
  UpdateUserAttributesCommand,
  VerifyUserAttributeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { DeliveryFailed, type Message } from '../../lambdas/core/ports/messenger.ts';
import { attributesOf, somePassword } from '../support/builders.ts';
import { choosing, choosingOf, firstFactors, hiding } from '../support/choosing.ts';
import { everyPoolSetting } from '../support/every-setting.ts';
import { confirm, lookAt, refusalOfCall, signIn, signUp, tokenOf } from '../support/people.ts';
import { factorSettings } from '../support/second-factors.ts';
import { sessionOf, signingIn } from '../support/signing-in.ts';
import { startService } from '../support/start-service.ts';

type Medium = Message['channel'];
type Obstacle = DeliveryFailed['obstacle'];

/** Takes messages, or fails as it is told to. */
function aPost() {
  const asked: Message[] = [];
  let failure: DeliveryFailed | undefined;
  return {
    asked,
    close: (obstacle: Obstacle) => {
      failure = new DeliveryFailed('The service did not take it (Refused 400).', { obstacle });
    },
    open: () => {
      failure = undefined;
    },
    messenger: {
      async send(message: Message) {
        asked.push(message);
        if (failure) throw failure;
      },
    },
  };
}

const address = { EMAIL: 'ada@example.com', SMS: '+12065550100' } as const;
const attribute = { EMAIL: 'email', SMS: 'phone_number' } as const;
const other = { EMAIL: 'other@example.com', SMS: '+12065550199' } as const;

const everybody = {
  email: address.EMAIL,
  email_verified: 'true',
  phone_number: address.SMS,
  phone_number_verified: 'true',
};

/** A pool that verifies one kind of address and recovers by it, with ada, who is signed in. */
async function aPlace(medium: Medium, app: Parameters<Awaited<ReturnType<typeof startService>>['aClient']>[1] = {}) {
  const post = aPost();
  const service = await startService({ ports: { messenger: post.messenger } });
  const { client } = service;
  const { EmailConfiguration } = everyPoolSetting;
  const pool = await service.aPool({
    ...firstFactors('PASSWORD', 'EMAIL_OTP', 'SMS_OTP'),
    EmailConfiguration,
    AutoVerifiedAttributes: [attribute[medium]],
    AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: `verified_${attribute[medium]}` }] },
  });
  const inside = await service.aClient(pool);
  const through = await service.aClient(pool, { ...choosing, ...app });
  await service.aUser(pool, { username: 'ada', attributes: everybody });
  const AccessToken = await tokenOf(client, inside, { username: 'ada' });
  const UserPoolId = pool.id;
  const UserAttributes = [{ Name: attribute[medium], Value: other[medium] }];
  const codes = () => post.asked.map(({ code }) => code ?? '');
  return {
    ...service,
    ...choosingOf(service, through),
    post,
    pool,
    app: inside,
    UserPoolId,
    /** Of the last message, whether it left or not. */
    code: () => codes().at(-1) ?? '',
    register: (username: string) =>
      signUp(client, inside, { username, attributes: { [attribute[medium]]: other[medium] } }),
    resend: (Username: string) => client.send(new ResendConfirmationCodeCommand({ ClientId: inside.id, Username })),
    forget: () => client.send(new ForgotPasswordCommand({ ClientId: inside.id, Username: 'ada' })),
    askToVerify: () =>
      client.send(new GetUserAttributeVerificationCodeCommand({ AccessToken, AttributeName: attribute[medium] })),
    move: () => client.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes })),
    verify: (Code: string) =>
      client.send(new VerifyUserAttributeCommand({ AccessToken, AttributeName: attribute[medium], Code })),
    moveByAdmin: () =>
      client.send(new AdminUpdateUserAttributesCommand({ UserPoolId, Username: 'ada', UserAttributes })),
    resetByAdmin: () => client.send(new AdminResetUserPasswordCommand({ UserPoolId, Username: 'ada' })),
    invite: (MessageAction?: 'RESEND') =>
      client.send(
        new AdminCreateUserCommand({
          UserPoolId,
          Username: 'guest',
          UserAttributes: attributesOf({ [attribute[medium]]: other[medium] }),
          DesiredDeliveryMediums: [medium],
          MessageAction,
          TemporaryPassword: somePassword,
        }),
      ),
  };
}

type Place = Awaited<ReturnType<typeof aPlace>>;

const senders: Readonly<Record<string, (place: Place, medium: Medium) => Promise<unknown>>> = {
  SignUp: (at) => at.register('bob'),
  ResendConfirmationCode: (at) => at.resend('waiting'),
  ForgotPassword: (at) => at.forget(),
  GetUserAttributeVerificationCode: (at) => at.askToVerify(),
  UpdateUserAttributes: (at) => at.move(),
  AdminUpdateUserAttributes: (at) => at.moveByAdmin(),
  AdminResetUserPassword: (at) => at.resetByAdmin(),
  AdminCreateUser: (at) => at.invite(),
  InitiateAuth: (at, medium) => at.choose('ada', medium === 'EMAIL' ? 'EMAIL_OTP' : 'SMS_OTP'),
};

const words = {
  EMAIL: 'The email message could not be sent.',
  SMS: 'The SMS message could not be sent.',
} as const;

const identityRefused =
  'InvalidEmailRoleAccessPolicyException: The email identity does not allow this message to be sent.';
const publishRefused = 'InvalidSmsRoleAccessPolicyException: Role does not have permission to publish with SNS';
const roleRefused =
  'InvalidSmsRoleTrustRelationshipException: Role does not have a trust relationship allowing Cognito to assume the role';

/** Sign-in declares no error for a message that was not taken, and an invitation none for the way of e-mail. */
function told(operation: string, medium: Medium, obstacle: Obstacle): string {
  if (obstacle === 'role') return roleRefused;
  if (obstacle === 'permission' && medium === 'SMS') return publishRefused;
  if (obstacle === 'permission' && operation !== 'AdminCreateUser') return identityRefused;
  if (operation !== 'InitiateAuth') return `CodeDeliveryFailureException: ${words[medium]}`;
  return `Invalid${medium === 'SMS' ? 'Sms' : 'Email'}RoleAccessPolicyException: ${words[medium]}`;
}

const ways = (['EMAIL', 'SMS'] as const).flatMap((medium) =>
  ([undefined, 'permission', 'role'] as const).map((obstacle) => [medium, obstacle] as const),
);
// Only texts are sent with roles.
const possible = ways.filter(([medium, obstacle]) => medium === 'SMS' || obstacle !== 'role');

describe.each(possible)('A message by %s whose way is closed by %s', (medium, obstacle) => {
  test.each(Object.entries(senders))(
    'is told to the caller of %s, and to the log without code or address (triggers-and-messages 37)',
    async (operation, call) => {
      const place = await aPlace(medium);
      await place.register('waiting');
      place.post.close(obstacle);
      expect(await refusalOfCall(call(place, medium))).toBe(told(operation, medium, obstacle));

      const line = place.lines.at(-1);
      expect(line).toMatchObject({
        operation,
        level: 'warn',
        outcome: told(operation, medium, obstacle).split(':')[0],
      });
      const kind = place.post.asked.at(-1)?.kind;
      expect(line?.notices).toEqual([
        `A message (${medium}, ${kind}) did not leave: The service did not take it (Refused 400).`,
      ]);
      const logged = JSON.stringify(place.lines);
      for (const secret of [place.code(), address[medium], other[medium]]) expect(logged).not.toContain(secret);

      // Asked for again once the way is open, it leaves.
      place.post.open();
      const again = operation === 'SignUp' ? place.resend('bob') : call(place, medium);
      const isInvited = operation === 'AdminCreateUser';
      expect(await refusalOfCall(isInvited ? again.catch(() => place.invite('RESEND')) : again)).toBe(
        'nothing is refused',
      );
    },
  );
});

describe('What a message was sent for', () => {
  test.each(['EMAIL', 'SMS'] as const)(
    'is there without it: the user, and the code by %s (triggers-and-messages 37)',
    async (medium) => {
      const { post, client, app, pool, code, register, forget, move, verify, resend } = await aPlace(medium);
      post.close(undefined);
      expect(await refusalOfCall(register('bob'))).toMatch(/^CodeDeliveryFailureException: /);
      expect(await lookAt(client, pool, 'bob')).toMatchObject({
        status: 'UNCONFIRMED',
        attributes: { [attribute[medium]]: other[medium] },
      });
      await confirm(client, app, 'bob', code());
      expect((await lookAt(client, pool, 'bob')).status).toBe('CONFIRMED');

      await refusalOfCall(register('eve'));
      post.open();
      await resend('eve');
      await confirm(client, app, 'eve', code());

      post.close('permission');
      await refusalOfCall(move());
      await verify(code());
      expect((await lookAt(client, pool, 'ada')).attributes).toMatchObject({
        [attribute[medium]]: other[medium],
        [`${attribute[medium]}_verified`]: 'true',
      });

      await refusalOfCall(forget());
      const given = { ClientId: app.id, Username: 'ada', ConfirmationCode: code(), Password: 'Another-Horse-9' };
      await client.send(new ConfirmForgotPasswordCommand(given));
    },
  );

  test('is an invitation that stands, and can be sent again', async () => {
    const { post, client, app, pool, invite, code } = await aPlace('EMAIL');
    post.close('permission');
    await refusalOfCall(invite());
    expect((await lookAt(client, pool, 'guest')).status).toBe('FORCE_CHANGE_PASSWORD');
    post.open();
    await invite('RESEND');
    expect(await refusalOfCall(signIn(client, app, { username: 'guest', password: code() }))).toBe(
      'nothing is refused',
    );
  });
});

describe('A second factor that did not leave', () => {
  test.each(possible)('by %s (%s) refuses the sign-in (triggers-and-messages 37)', async (medium, obstacle) => {
    const { post, client, clock, app, UserPoolId } = await aPlace(medium);
    const factor = medium === 'SMS' ? 'SMS_MFA' : 'EMAIL_OTP';
    await client.send(new SetUserPoolMfaConfigCommand({ UserPoolId, ...factorSettings('OPTIONAL', factor) }));
    const preferred = { Enabled: true, PreferredMfa: true };
    await client.send(
      new AdminSetUserMFAPreferenceCommand({
        UserPoolId,
        Username: 'ada',
        ...(medium === 'SMS' ? { SMSMfaSettings: preferred } : { EmailMfaSettings: preferred }),
      }),
    );
    const { byPassword, bySrp } = signingIn({ client, clock }, { ...app, poolId: UserPoolId });
    const byAdmin = () =>
      client.send(
        new AdminInitiateAuthCommand({
          UserPoolId,
          ClientId: app.id,
          AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME: 'ada', PASSWORD: somePassword },
        }),
      );
    for (const signIn of [() => byPassword('ada'), () => bySrp('ada'), byAdmin]) {
      post.close(obstacle);
      expect(await refusalOfCall(signIn())).toBe(told('InitiateAuth', medium, obstacle));
      post.open();
      expect((await signIn()).ChallengeName).toBe(factor);
    }
  });
});

describe('To a client that hides who exists, a code that did not leave', () => {
  test.each(possible)(
    'by %s (%s) is not told of, though the log is (triggers-and-messages 37)',
    async (medium, obstacle) => {
      const { choose, respond, post, lines, code } = await aPlace(medium, hiding);
      const factor = medium === 'EMAIL' ? 'EMAIL_OTP' : 'SMS_OTP';
      post.close(obstacle);
      const asked = await choose('ada', factor);
      expect(asked.ChallengeName).toBe(factor);
      expect(lines.at(-1)?.notices).toHaveLength(1);
      // Whoever learns it after all may use it.
      const responses = { USERNAME: 'ada', [`${factor}_CODE`]: code() };
      expect(await refusalOfCall(respond(factor, responses, sessionOf(asked)))).toBe('nothing is refused');
    },
  );
});
