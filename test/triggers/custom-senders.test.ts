import { once } from 'node:events';
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  UpdateUserAttributesCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { CodeNotEncrypted } from '../../lambdas/core/ports/code-encryption.ts';
import { arnOf, keyArn, messageRoom, type SenderEvent, texts } from '../support/message-functions.ts';
import { refusalOfCall, tokenOf } from '../support/people.ts';
import { startService } from '../support/start-service.ts';

const both = { points: ['CustomEmailSender', 'CustomSMSSender'] } as const;
const toPhone = { phone_number: '+12065559934' };

describe('A function that delivers the messages of a pool', () => {
  test('gets the very code, which it decrypts with the key of the pool (triggers-and-messages 27)', async () => {
    const { client, app, register, sent, outbox, reveal } = await messageRoom(both);
    await register('ada');
    await register('bob', toPhone);
    const codes = await Promise.all(sent.map(({ request: { code } }) => reveal(code)));
    for (const [at, Username] of ['ada', 'bob'].entries()) {
      const ConfirmationCode = codes[at];
      expect(ConfirmationCode).toMatch(/^\d{6}$/);
      expect(await outbox.last({ username: Username })).toMatchObject({
        custom: true,
        code: ConfirmationCode,
        text: '',
      });
      await client.send(new ConfirmSignUpCommand({ ClientId: app.id, Username, ConfirmationCode }));
    }
  });

  test('is told whom it is about, and nothing of templates (triggers-and-messages 3)', async () => {
    const VerificationMessageTemplate = { EmailMessage: 'The words of the pool {####}', EmailSubject: 'Pool' };
    const { register, sent, pool, app } = await messageRoom({ ...both, pool: { VerificationMessageTemplate } });
    await register('ada');
    await register('bob', toPhone);
    const common = {
      version: '1',
      region: 'us-east-1',
      userPoolId: pool.id,
      callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: app.id },
      response: {},
    };
    const asked = (type: string, attributes: object) => ({
      type,
      code: expect.stringMatching(/^[\w+/]{400,900}={0,2}$/),
      userAttributes: {
        sub: expect.any(String),
        'cognito:user_status': 'UNCONFIRMED',
        ...attributes,
      },
    });
    expect(sent).toEqual([
      {
        ...common,
        triggerSource: 'CustomEmailSender_SignUp',
        userName: 'ada',
        request: asked('customEmailSenderRequestV1', { email: 'ada@example.com', email_verified: 'false' }),
      },
      {
        ...common,
        triggerSource: 'CustomSMSSender_SignUp',
        userName: 'bob',
        request: asked('customSMSSenderRequestV1', { ...toPhone, phone_number_verified: 'false' }),
      },
    ]);
    expect(JSON.stringify(sent)).not.toContain('The words of the pool');
  });

  test('delivers its own medium alone', async () => {
    const { register, sent, outbox } = await messageRoom({ points: ['CustomSMSSender'] });
    await register('ada');
    expect(sent).toEqual([]);
    expect(await outbox.last({ username: 'ada' })).not.toHaveProperty('custom');
  });

  test('gets a temporary password as HTML, of an administrator (triggers-and-messages 4, 27)', async () => {
    const { client, pool, sent, reveal, outbox } = await messageRoom(both);
    const TemporaryPassword = 'A<b>&"1-xyz';
    const isAda = { UserPoolId: pool.id, Username: 'ada' };
    const UserAttributes = [
      { Name: 'email', Value: 'ada@example.com' },
      { Name: 'phone_number', Value: '+12065559934' },
    ];
    const create = { ...isAda, TemporaryPassword, UserAttributes, DesiredDeliveryMediums: ['EMAIL', 'SMS'] } as const;
    await client.send(
      new AdminCreateUserCommand({ ...create, DesiredDeliveryMediums: [...create.DesiredDeliveryMediums] }),
    );
    expect(sent.map(({ triggerSource, callerContext }) => [triggerSource, callerContext.clientId])).toEqual([
      ['CustomEmailSender_AdminCreateUser', 'CLIENT_ID_NOT_APPLICABLE'],
      ['CustomSMSSender_AdminCreateUser', 'CLIENT_ID_NOT_APPLICABLE'],
    ]);
    for (const { request } of sent) expect(await reveal(request.code)).toBe('A&lt;b&gt;&amp;"1-xyz');
    expect(await outbox.last({ username: 'ada' })).toMatchObject({ custom: true, code: TemporaryPassword });
  });

  test('gets the code of which a link would be made, to make its own (triggers-and-messages 27)', async () => {
    const VerificationMessageTemplate = { DefaultEmailOption: 'CONFIRM_WITH_LINK' } as const;
    const { client, app, register, sent, reveal } = await messageRoom({
      ...both,
      pool: { VerificationMessageTemplate },
    });
    await register('ada');
    const ConfirmationCode = await reveal(sent[0]?.request.code ?? null);
    expect(ConfirmationCode).toMatch(/^\d{6}$/);
    await client.send(new ConfirmSignUpCommand({ ClientId: app.id, Username: 'ada', ConfirmationCode }));
  });

  test('gets no code where there is none', async () => {
    const Policies = { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } } as const;
    const { client, pool, sent } = await messageRoom({
      ...both,
      pool: {
        Policies: { SignInPolicy: { AllowedFirstAuthFactors: [...Policies.SignInPolicy.AllowedFirstAuthFactors] } },
      },
    });
    const UserAttributes = [{ Name: 'email', Value: 'ada@example.com' }];
    await client.send(
      new AdminCreateUserCommand({
        UserPoolId: pool.id,
        Username: 'ada',
        UserAttributes,
        DesiredDeliveryMediums: ['EMAIL'],
      }),
    );
    expect(sent.map(({ request }) => request.code)).toEqual([null]);
  });

  test('finds the address that the code is for, not the one before it', async () => {
    const UserAttributeUpdateSettings = { AttributesRequireVerificationBeforeUpdate: ['email' as const] };
    const { client, pool, app, sent, aUser } = await messageRoom({ ...both, pool: { UserAttributeUpdateSettings } });
    const attributes = { email: 'old@example.com', email_verified: 'true' };
    const ada = await aUser(pool, { username: 'ada', attributes });
    const AccessToken = await tokenOf(client, app, ada);
    const UserAttributes = [{ Name: 'email', Value: 'new@example.com' }];
    await client.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes }));
    expect(sent.map(({ triggerSource, request }) => [triggerSource, request.userAttributes])).toEqual([
      [
        'CustomEmailSender_UpdateUserAttribute',
        expect.objectContaining({ email: 'new@example.com', email_verified: 'false' }),
      ],
    ]);
  });

  test('that fails does not fail the call (triggers-and-messages 27)', async () => {
    const fail = async () => {
      throw new Error('boom');
    };
    const whole = { [arnOf('CustomEmailSender')]: fail };
    const { register, outbox } = await messageRoom({ ...both, whole });
    expect(await refusalOfCall(register('ada'))).toBe('nothing is refused');
    expect(await outbox.last({ username: 'ada' })).toMatchObject({ custom: true });
  });

  test('is not waited for', async () => {
    const began = new EventTarget();
    const never = async () => {
      began.dispatchEvent(new Event('begun'));
      return new Promise(() => undefined);
    };
    const whole = { [arnOf('CustomEmailSender')]: never };
    const { register } = await messageRoom({ ...both, whole });
    const begun = once(began, 'begun');
    await register('ada');
    await begun;
  });

  test('that is not there does not fail the call, and the operator is told without the code', async () => {
    const { service, outbox } = await messageRoom(both);
    const pool = await service.aPool({
      AutoVerifiedAttributes: ['email'],
      LambdaConfig: {
        CustomEmailSender: { LambdaVersion: 'V1_0', LambdaArn: `${arnOf('CustomEmailSender')}-gone` },
        KMSKeyID: keyArn,
      },
    });
    await service.client.send(
      new AdminCreateUserCommand({
        UserPoolId: pool.id,
        Username: 'ada',
        TemporaryPassword: 'Correct-Horse-9',
        UserAttributes: [{ Name: 'email', Value: 'ada@example.com' }],
        DesiredDeliveryMediums: ['EMAIL'],
      }),
    );
    const line = service.lines.findLast(({ operation }) => operation === 'AdminCreateUser');
    expect(line).toMatchObject({
      level: 'warn',
      outcome: 'ok',
      notices: ['CustomEmailSender did not get its message: ResourceNotFoundException'],
    });
    expect(JSON.stringify(service.lines)).not.toContain('Correct-Horse-9');
    expect(await outbox.last({ poolId: pool.id })).toMatchObject({ code: 'Correct-Horse-9' });
  });

  test.each([
    [
      'a key that cannot be used',
      new CodeNotEncrypted('no data key (AccessDeniedException)'),
      'no data key (AccessDeniedException)',
    ],
    ['whatever else it is', new TypeError('the code is 123456'), 'TypeError'],
  ])('does not get a code in clear, whatever fails (%s)', async (_what, failure, told) => {
    const codeEncryption = { encrypt: () => Promise.reject(failure) };
    const { register, sent, lines } = await messageRoom({ ...both, service: { ports: { codeEncryption } } });
    expect(await refusalOfCall(register('ada'))).toBe('nothing is refused');
    expect(sent).toEqual([]);
    expect(lines.findLast(({ operation }) => operation === 'SignUp')?.notices).toEqual([
      `CustomEmailSender did not get its message: ${told}`,
    ]);
  });

  test('needs no other way for messages to leave (triggers-and-messages 27)', async () => {
    const messenger = { send: () => Promise.reject(new Error('nothing else is asked to send')) };
    const { register, sent } = await messageRoom({ ...both, service: { ports: { messenger } } });
    await register('ada');
    expect(sent).toHaveLength(1);
  });

  test('goes on where the outbox cannot keep what it shows', async () => {
    const messenger = {
      send: () => Promise.reject(new Error('nothing else is asked to send')),
      noteHandedOver: () => Promise.reject(new Error('the disk is full')),
    };
    const { register, sent, lines } = await messageRoom({ ...both, service: { ports: { messenger } } });
    await register('ada');
    expect(sent).toHaveLength(1);
    expect(lines.findLast(({ operation }) => operation === 'SignUp')?.notices).toHaveLength(1);
  });

  test('in a deployment that runs no functions is refused by name, as nobody would ever get a message', async () => {
    const { aPool, client } = await startService();
    const pool = await aPool({
      LambdaConfig: {
        CustomEmailSender: { LambdaVersion: 'V1_0', LambdaArn: arnOf('CustomEmailSender') },
        KMSKeyID: keyArn,
      },
    });
    const invite = new AdminCreateUserCommand({
      UserPoolId: pool.id,
      Username: 'ada',
      UserAttributes: [{ Name: 'email', Value: 'ada@example.com' }],
      DesiredDeliveryMediums: ['EMAIL'],
    });
    expect(await refusalOfCall(client.send(invite))).toBe(
      'OperationNotEnabledException: Lambda trigger CustomEmailSender is not enabled in this deployment',
    );
  });
});

describe('The code that such a function gets', () => {
  const twoCodes = async () => {
    const room = await messageRoom({ ...both, pool: { SmsConfiguration: texts } });
    await room.register('ada');
    await room.register('bob');
    const [ada, bob] = room.sent.map(({ request }: SenderEvent) => request.code ?? '');
    return { ...room, ada: ada ?? '', bob: bob ?? '' };
  };

  test('does not open for another pool, nor when it was changed', async () => {
    const { ada, reveal } = await twoCodes();
    const bytes = Buffer.from(ada, 'base64');
    // Every part of the message: its head with the pool's id, the data key, the code, the signature.
    for (const at of [4, 60, 200, 350, bytes.length - 150, bytes.length - 5]) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await expect(reveal(changed.toString('base64')), `byte ${at}`).rejects.toThrow();
    }
    const text = bytes.toString('latin1');
    expect(text).toContain('userpool-id');
    expect(text).toContain('aws-kms');
    expect(text).toContain(keyArn);
    const elsewhere = text.replace(/us-east-1_\w{9}/g, 'us-east-1_AAAAAAAAA');
    expect(elsewhere).not.toBe(text);
    await expect(reveal(Buffer.from(elsewhere, 'latin1').toString('base64'))).rejects.toThrow();
  });

  test('is under a data key of its own', async () => {
    const { ada, bob, reveal } = await twoCodes();
    expect(ada).not.toBe(bob);
    expect(ada.slice(-300)).not.toBe(bob.slice(-300));
    expect(await reveal(ada)).not.toBe(await reveal(bob));
  });

  test('is that of a new password as well, and its message goes through the same function', async () => {
    const { client, app, pool, aUser, sent, reveal, outbox } = await messageRoom(both);
    const ada = await aUser(pool, { attributes: { email: 'ada@example.com', email_verified: 'true' } });
    await client.send(new ForgotPasswordCommand({ ClientId: app.id, Username: ada.username }));
    expect(sent.map(({ triggerSource }) => triggerSource)).toEqual(['CustomEmailSender_ForgotPassword']);
    expect(await reveal(sent[0]?.request.code ?? null)).toBe(await outbox.codeFor(ada));
    const isAda = { UserPoolId: pool.id, Username: ada.username, Password: 'Another-Horse-8', Permanent: true };
    await client.send(new AdminSetUserPasswordCommand(isAda));
    expect(sent).toHaveLength(1);
  });
});
