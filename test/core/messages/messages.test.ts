import { beforeEach, describe, expect, test } from 'vitest';
import { stillClock } from '../../../lambdas/adapters/local/still-clock.ts';
import { noTriggers } from '../../../lambdas/adapters/triggers/no-triggers.ts';
import { type CodeMessage, issueCode, sendCode } from '../../../lambdas/core/messages/codes.ts';
import { invite } from '../../../lambdas/core/messages/invitations.ts';
import type { MessagePorts } from '../../../lambdas/core/messages/send.ts';
import type { CodeKind } from '../../../lambdas/core/messages/templates.ts';
import type { Pool, PoolSettings } from '../../../lambdas/core/model/pool.ts';
import type { Mail, Messenger, TextSender } from '../../../lambdas/core/ports/messenger.ts';
import { deliveryTo } from '../../../lambdas/core/rules/code-delivery.ts';
import { requireCode } from '../../../lambdas/core/rules/codes.ts';
import { aSealer } from '../../support/key-material.ts';
import { memoryCodes } from '../../support/memory-codes.ts';
import { aClient, aPool, aUser, someMoment } from '../../support/model.ts';
import { failingMessenger, type RecordingMessenger, recordingMessenger } from '../../support/recording-messenger.ts';
import { refusalFrom } from '../../support/refusals.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const toMail = deliveryTo('email', 'ada@example.com');
const toPhone = deliveryTo('phone_number', '+12065559934');
const user = aUser({ attributes: { email: 'ada@example.com', phone_number: '+12065559934' } });

let messenger: RecordingMessenger;

beforeEach(() => {
  messenger = recordingMessenger();
});

const portsWith = (messenger: Messenger): MessagePorts => ({
  messenger,
  triggers: noTriggers,
  codeEncryption: { encrypt: () => Promise.reject(new Error('nothing is encrypted')) },
  notices: { add: () => undefined },
});

// The members that one kind has and another has not are all there.
const messageOf = (pool: Pool, kind: CodeKind, delivery = toMail) =>
  ({ pool, client: aClient(), pages: 'http://localhost', user, kind, delivery }) as CodeMessage;

async function sentCode(settings: PoolSettings, kind: CodeKind, delivery = toMail) {
  await sendCode(portsWith(messenger), messageOf(aPool({ settings }), kind, delivery), '012345');
  return messenger.sent[0];
}

async function sentMail(settings: PoolSettings, kind: CodeKind): Promise<Mail> {
  const message = await sentCode(settings, kind);
  if (message?.channel !== 'EMAIL') throw new Error('no mail was sent');
  return message;
}

const own: PoolSettings = {
  VerificationMessageTemplate: {
    EmailSubject: 'Own subject',
    EmailMessage: '<p>Own {####} for {username}</p>',
    SmsMessage: 'Own SMS {####}',
  },
  EmailMfaConfiguration: { Subject: 'Own sign-in', Message: 'Enter {####}' },
  SmsAuthenticationMessage: 'Enter {####} now',
};

const kinds = ['SignUp', 'ResendCode', 'ForgotPassword', 'UpdateUserAttribute', 'VerifyUserAttribute'] as const;

describe('A message with a code', () => {
  test('says who it is for, why, and what the code is', async () => {
    expect(await sentCode({}, 'SignUp')).toMatchObject({
      channel: 'EMAIL',
      poolId: 'us-east-1_aBcDeF123',
      clientId: aClient().id,
      username: 'ada',
      to: 'ada@example.com',
      kind: 'SignUp',
      code: '012345',
    });
  });

  test.each(kinds)('has the service’s words where the pool has none (%s)', async (kind) => {
    const mail = await sentMail({}, kind);
    expect(mail.subject).not.toBe('');
    expect([mail.html, mail.text].every((part) => part.includes('012345'))).toBe(true);
    await sendCode(portsWith(messenger), messageOf(aPool(), kind, toPhone), '012345');
    expect(messenger.sent[1]).toMatchObject({ channel: 'SMS', to: '+12065559934' });
    expect(messenger.sent[1]?.text).toContain('012345');
  });

  test.each(kinds)('has the pool’s words where it has some (%s)', async (kind) => {
    expect(await sentCode(own, kind)).toMatchObject({
      subject: 'Own subject',
      html: '<p>Own 012345 for {username}</p>',
      text: 'Own 012345 for {username}',
    });
    await sendCode(portsWith(messenger), messageOf(aPool({ settings: own }), kind, toPhone), '012345');
    expect(messenger.sent[1]?.text).toBe('Own SMS 012345');
    expect(messenger.sent[1]).not.toHaveProperty('html');
  });

  test('has words of its own for signing in', async () => {
    expect(await sentCode(own, 'Authentication')).toMatchObject({ subject: 'Own sign-in', text: 'Enter 012345' });
    await sendCode(portsWith(messenger), messageOf(aPool(), 'Authentication', toPhone), '012345');
    expect(messenger.sent[1]?.text).toContain('012345');
  });

  test.each<[string, PoolSettings['EmailConfiguration'], string | undefined, string | undefined]>([
    ['the deployment', undefined, undefined, undefined],
    [
      'the pool',
      { From: 'Shop <shop@example.com>', ReplyToEmailAddress: 'help@example.com' },
      'Shop <shop@example.com>',
      'help@example.com',
    ],
    [
      'the identity',
      { SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/id@example.com' },
      'id@example.com',
      undefined,
    ],
    [
      'the deployment where the identity is a domain',
      { SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/example.com' },
      undefined,
      undefined,
    ],
  ])('comes from %s', async (_who, EmailConfiguration, from, replyTo) => {
    const mail = await sentMail({ EmailConfiguration }, 'SignUp');
    expect([mail.from, mail.replyTo, mail.identity]).toEqual([from, replyTo, undefined]);
  });

  test('names the identity and the configuration set of a pool that sends by itself', async () => {
    const SourceArn = 'arn:aws:ses:us-east-1:000000000000:identity/example.com';
    const EmailConfiguration = { SourceArn, From: 'shop@example.com', ConfigurationSet: 'own' };
    const sending = { ...EmailConfiguration, EmailSendingAccount: 'DEVELOPER' } as const;
    expect(await sentMail({ EmailConfiguration: sending }, 'SignUp')).toMatchObject({
      from: 'shop@example.com',
      identity: { arn: SourceArn, configurationSet: 'own' },
    });
  });

  test.each<[string, PoolSettings['SmsConfiguration'], TextSender | undefined]>([
    ['nothing where the pool says nothing', undefined, undefined],
    [
      'the role that its owner gave it',
      { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms', ExternalId: 'x' },
      { role: { arn: 'arn:aws:iam::000000000000:role/sms', externalId: 'x' } },
    ],
    ['the region', { SnsRegion: 'eu-west-1' }, { region: 'eu-west-1' }],
    [
      'what texts of the newer kind are sent with',
      {
        EumsSms: {
          CallerArn: 'arn:aws:iam::000000000000:role/sms',
          Region: 'eu-west-1',
          OriginationIdentity: 'SHOP',
          InEntityId: 'e',
          InTemplateId: 't',
        },
      },
      {
        service: 'EUMS',
        role: { arn: 'arn:aws:iam::000000000000:role/sms' },
        region: 'eu-west-1',
        origination: 'SHOP',
        entityId: 'e',
        templateId: 't',
      },
    ],
  ])('as text names of its sender %s', async (_what, SmsConfiguration, sender) => {
    const text = await sentCode({ SmsConfiguration }, 'SignUp', toPhone);
    expect(text).toEqual(expect.objectContaining({ channel: 'SMS', sender }));
  });

  test('that cannot be delivered is refused, with the cause for the log', async () => {
    const message = messageOf(aPool(), 'SignUp');
    const sending = sendCode(portsWith(failingMessenger()), message, '012345');
    await expect(sending).rejects.toMatchObject({
      name: 'CodeDeliveryFailureException',
      cause: expect.objectContaining({ message: 'no such mailbox' }),
    });
  });

  test('that fails in another way is a fault', async () => {
    const fault = new Error('out of memory');
    const message = messageOf(aPool(), 'SignUp');
    await expect(sendCode(portsWith(failingMessenger(fault)), message, '012345')).rejects.toBe(fault);
  });
});

describe('A pool with functions for its messages', () => {
  const arn = 'arn:aws:lambda:us-east-1:000000000000:function:f';
  const versioned = { LambdaVersion: 'V1_0', LambdaArn: arn } as const;

  test.each<[string, PoolSettings, 'EMAIL' | 'SMS']>([
    ['CustomMessage', { LambdaConfig: { CustomMessage: arn } }, 'EMAIL'],
    ['CustomMessage', { LambdaConfig: { CustomMessage: arn } }, 'SMS'],
    ['CustomEmailSender', { LambdaConfig: { CustomEmailSender: versioned } }, 'EMAIL'],
    ['CustomSMSSender', { LambdaConfig: { CustomSMSSender: versioned } }, 'SMS'],
  ])('is refused by name where the deployment runs none (%s, %#)', async (trigger, settings, medium) => {
    const encrypting = { ...portsWith(messenger), codeEncryption: { encrypt: async () => 'AQ==' } };
    const keyed = { LambdaConfig: { ...settings.LambdaConfig, KMSKeyID: arn } };
    const message = messageOf(aPool({ settings: keyed }), 'SignUp', medium === 'EMAIL' ? toMail : toPhone);
    expect(await refusalFrom(sendCode(encrypting, message, '1'))).toBe(
      `OperationNotEnabledException: Lambda trigger ${trigger} is not enabled in this deployment`,
    );
    expect(messenger.sent).toEqual([]);
  });

  test('gets the messages that they do not concern', async () => {
    const settings = { LambdaConfig: { CustomSMSSender: versioned, KMSKeyID: arn } };
    await sendCode(portsWith(messenger), messageOf(aPool({ settings }), 'SignUp'), '1');
    expect(messenger.sent).toHaveLength(1);
  });
});

describe('Issuing a code', () => {
  const clock = stillClock(someMoment);
  const ports = () => ({ codes: memoryCodes(clock), sealer: aSealer(), random: seededRandom(), clock });
  const message = { pool: aPool(), user, kind: 'ForgotPassword', purpose: 'reset-password', delivery: toMail } as const;

  test('sends the very code that is asked for afterwards, and tells the caller where it went', async () => {
    const used = ports();
    const details = await issueCode({ ...used, ...portsWith(messenger) }, message);
    expect(details).toEqual({ Destination: 'a***@e***', DeliveryMedium: 'EMAIL', AttributeName: 'email' });
    const code = messenger.sent[0]?.code ?? '';
    expect(await requireCode(used, message.pool, user, 'reset-password', code)).toMatchObject({
      target: 'ada@example.com',
    });
  });

  test('keeps the code when its message is not delivered', async () => {
    const used = ports();
    const refused = await refusalFrom(issueCode({ ...used, ...portsWith(failingMessenger()) }, message));
    expect(refused).toMatch(/^CodeDeliveryFailureException: /);
    expect(await used.codes.guess(message.pool, user, 'reset-password', 20)).toMatchObject({ attribute: 'email' });
  });
});

describe('An invitation', () => {
  const template = {
    EmailSubject: 'Welcome {username}',
    EmailMessage: '<p>{username} / {####}</p>',
    SMSMessage: '{username} {####}',
  };
  const settings: PoolSettings = { AdminCreateUserConfig: { InviteMessageTemplate: template } };

  test('carries name and password, in the service’s words or in the pool’s', async () => {
    await invite(portsWith(messenger), { pool: aPool(), user, password: 'A<b>&1' }, [toMail, toPhone]);
    await invite(portsWith(messenger), { pool: aPool({ settings }), user, password: 'A<b>&1' }, [toMail, toPhone]);
    const [mail, sms, ownMail, ownSms] = messenger.sent;
    for (const message of [mail, sms]) {
      expect(message?.text).toContain('ada');
      expect(message?.text).toContain('A<b>&1');
      expect(message).toMatchObject({ kind: 'AdminCreateUser', code: 'A<b>&1', clientId: undefined });
    }
    expect(mail).toMatchObject({ html: expect.stringContaining('A&#60;b&#62;&#38;1') });
    expect(ownMail).toMatchObject({
      subject: 'Welcome ada',
      html: '<p>ada / A&#60;b&#62;&#38;1</p>',
      text: 'ada / A<b>&1',
    });
    expect(ownSms?.text).toBe('ada A<b>&1');
  });

  test('calls people by the address they sign in with where usernames are made up', async () => {
    const pool = aPool({ settings: { ...settings, UsernameAttributes: ['phone_number', 'email'] } });
    const generated = { ...user, username: user.sub, attributes: { email: 'ada@example.com' } };
    await invite(portsWith(messenger), { pool, user: generated, password: 'x' }, [toPhone]);
    expect(messenger.sent[0]).toMatchObject({ text: 'ada@example.com x', username: user.sub });
  });

  test('speaks of no password where there is none', async () => {
    await invite(portsWith(messenger), { pool: aPool(), user }, [toMail, toPhone]);
    for (const message of messenger.sent) {
      expect(message.text).toContain('ada');
      expect(message.text).not.toMatch(/password|\{####\}/i);
      expect(message.code).toBeUndefined();
    }
  });

  test('goes nowhere when there is nowhere to go', async () => {
    await invite(portsWith(messenger), { pool: aPool(), user, password: 'x' }, []);
    expect(messenger.sent).toEqual([]);
  });
});
