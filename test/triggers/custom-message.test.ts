import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  ForgotPasswordCommand,
  ResendConfirmationCodeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arnOf, messageRoom } from '../support/message-functions.ts';
import { refusalOfCall } from '../support/people.ts';

const own = { emailSubject: 'Our subject', emailMessage: '<b>Ours</b> {####}', smsMessage: 'Ours: {####}' };

describe('The function that writes the messages of a pool', () => {
  test('replaces subject and body of an e-mail, and the text of an SMS (triggers-and-messages 26)', async () => {
    const { register, outbox } = await messageRoom({ words: () => own });
    await register('ada');
    const mail = await outbox.last({ username: 'ada' });
    expect(mail).toMatchObject({
      subject: 'Our subject',
      html: `<b>Ours</b> ${mail.code}`,
      text: `Ours ${mail.code}`,
      code: expect.stringMatching(/^\d{6}$/),
    });
    await register('bob', { phone_number: '+12065559934' });
    const text = await outbox.last({ username: 'bob' });
    expect(text).toMatchObject({ channel: 'SMS', text: `Ours: ${text.code}` });
  });

  test('is told what it is to write (triggers-and-messages 3)', async () => {
    const { register, messages, pool, app } = await messageRoom();
    await register('ada', { email: 'ada@example.com', nickname: 'Ada' });
    expect(messages).toEqual([
      {
        version: '1',
        triggerSource: 'CustomMessage_SignUp',
        region: 'us-east-1',
        userPoolId: pool.id,
        userName: 'ada',
        callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: app.id },
        request: {
          userAttributes: {
            sub: expect.stringMatching(/^[0-9a-f-]{36}$/),
            email: 'ada@example.com',
            email_verified: 'false',
            nickname: 'Ada',
            'cognito:user_status': 'UNCONFIRMED',
          },
          codeParameter: '{####}',
          linkParameter: '{##Click Here##}',
          usernameParameter: null,
        },
        response: { smsMessage: null, emailMessage: null, emailSubject: null },
      },
    ]);
  });

  test('is told of an invitation that no client caused it (triggers-and-messages 4)', async () => {
    const { client, messages, pool, outbox } = await messageRoom({
      words: () => ({ emailMessage: 'Hello {username}, {####}' }),
    });
    await client.send(invitation(pool.id, 'A<b>c-1234'));
    expect(messages[0]).toMatchObject({
      triggerSource: 'CustomMessage_AdminCreateUser',
      callerContext: { clientId: 'CLIENT_ID_NOT_APPLICABLE' },
      request: {
        usernameParameter: '{username}',
        userAttributes: { 'cognito:user_status': 'FORCE_CHANGE_PASSWORD' },
      },
    });
    expect(await outbox.last({ username: 'ada' })).toMatchObject({
      subject: 'Your new account',
      html: 'Hello ada, A&#60;b&#62;c-1234',
      text: 'Hello ada, A<b>c-1234',
    });
  });

  test.each<[string, unknown]>([
    ['null', { emailSubject: null, emailMessage: null, smsMessage: null }],
    ['empty', { emailSubject: '', emailMessage: '', smsMessage: '' }],
    ['absent', {}],
    ['of another medium', { smsMessage: 'Ours: {####}' }],
  ])('keeps the template with words that are %s', async (_what, response) => {
    const VerificationMessageTemplate = { EmailSubject: 'Pool', EmailMessage: 'Pool {####}' };
    const { register, outbox } = await messageRoom({ words: () => response, pool: { VerificationMessageTemplate } });
    await register('ada');
    const { subject, text, code } = await outbox.last({ username: 'ada' });
    expect([subject, text]).toEqual(['Pool', `Pool ${code}`]);
  });

  test.each<[string, Readonly<Record<string, string>>, unknown]>([
    ['e-mail', { email: 'ada@example.com' }, { emailSubject: 'Our subject', emailMessage: 'No code at all' }],
    ['SMS', { phone_number: '+12065559934' }, { smsMessage: 'No code at all' }],
    ['link of a pool without links', { email: 'ada@example.com' }, { emailMessage: 'Go {##here##}' }],
  ])(
    'without the code keeps the template, and the operator is told (%s, triggers-and-messages 26)',
    async (_what, attributes, response) => {
      const { register, outbox, lines } = await messageRoom({ words: () => response });
      await register('ada', attributes);
      const { text, code, subject } = await outbox.last({ username: 'ada' });
      expect(text).toContain(code);
      expect(text).not.toContain('No code');
      if ('email' in attributes && 'emailSubject' in Object(response)) expect(subject).toBe('Our subject');
      const line = lines.findLast(({ operation }) => operation === 'SignUp');
      expect(line).toMatchObject({ level: 'warn', outcome: 'ok', notices: [expect.stringContaining('{####}')] });
      expect(JSON.stringify(line)).not.toContain(String(code));
    },
  );

  test('without the name, or without the password, does not invite (triggers-and-messages 26)', async () => {
    const answers = ['Hello {username}', 'Hello, {####}', 'Hello {username}: {####}'];
    const { client, pool, outbox } = await messageRoom({ words: () => ({ emailMessage: answers.shift() }) });
    const texts: string[] = [];
    for (const name of ['ada', 'bob', 'cleo']) {
      await client.send(invitation(pool.id, 'Correct-Horse-9', name));
      texts.push((await outbox.last({ username: name })).text);
    }
    expect(texts).toEqual([
      expect.stringContaining('An account was made for you.'),
      expect.stringContaining('An account was made for you.'),
      'Hello cleo: Correct-Horse-9',
    ]);
  });

  test('invites without a password whoever has none', async () => {
    const { client, pool, outbox, lines } = await messageRoom({
      pool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } } },
      words: () => ({ emailMessage: 'Hello {username}' }),
    });
    const verified = { Name: 'email_verified', Value: 'true' };
    const { input } = invitation(pool.id, '');
    const UserAttributes = [...(input.UserAttributes ?? []), verified];
    const { User } = await client.send(new AdminCreateUserCommand({ ...input, UserAttributes }));
    expect(User?.UserStatus).toBe('CONFIRMED');
    expect(await outbox.last({ username: 'ada' })).toMatchObject({ text: 'Hello ada', code: null });
    expect(lines.filter(({ notices }) => notices)).toEqual([]);
  });

  test.each<[string, Readonly<Record<string, string>>, string, number]>([
    ['e-mail', { email: 'ada@example.com' }, 'emailMessage', 20_000],
    ['subject', { email: 'ada@example.com' }, 'emailSubject', 140],
    ['SMS', { phone_number: '+12065559934' }, 'smsMessage', 140],
  ])('may write no more than fits (%s, triggers-and-messages 26)', async (_what, attributes, member, most) => {
    let extra = 0;
    const words = () => ({ [member]: `{####}${'x'.repeat(most - '{####}'.length + extra)}` });
    const { register } = await messageRoom({ words });
    expect(await refusalOfCall(register('ada', attributes))).toBe('nothing is refused');
    extra = 1;
    expect(await refusalOfCall(register('bob', attributes))).toMatch(/^InvalidLambdaResponseException: /);
  });

  test.each(['emailMessage', 'emailSubject', 'smsMessage'])('may write nothing but texts (%s)', async (member) => {
    const { register } = await messageRoom({ words: () => ({ [member]: 5 }) });
    expect(await refusalOfCall(register('ada'))).toBe('InvalidLambdaResponseException: Unrecognizable lambda output');
  });

  test('fails the call when it fails, and what was written stays: the next code is good', async () => {
    let isBroken = true;
    const { client, app, pool, register, outbox } = await messageRoom({
      words() {
        if (isBroken) throw new Error('boom');
        return own;
      },
    });
    const failed = 'UserLambdaValidationException: CustomMessage failed with error boom.';
    expect(await refusalOfCall(register('ada'))).toBe(failed);
    const isAda = { UserPoolId: pool.id, Username: 'ada' };
    expect(await client.send(new AdminGetUserCommand(isAda))).toMatchObject({ UserStatus: 'UNCONFIRMED' });
    const resend = new ResendConfirmationCodeCommand({ ClientId: app.id, Username: 'ada' });
    expect(await refusalOfCall(client.send(resend))).toBe(failed);
    expect(await outbox.list({ username: 'ada' })).toEqual([]);
    isBroken = false;
    await client.send(resend);
    expect(await outbox.last({ username: 'ada' })).toMatchObject({ kind: 'ResendCode', subject: 'Our subject' });
  });

  test('that does not exist fails the call', async () => {
    const { service, app } = await messageRoom();
    const LambdaConfig = { CustomMessage: `${arnOf('CustomMessage')}-gone` };
    const pool = await service.aPool({ LambdaConfig, AutoVerifiedAttributes: ['email'] });
    expect(app.id).not.toBe('');
    expect(await refusalOfCall(service.client.send(invitation(pool.id, 'Correct-Horse-9')))).toBe(
      'UnexpectedLambdaException: CustomMessage invocation failed due to error ResourceNotFoundException.',
    );
  });

  test('is asked for nobody whom no message goes to', async () => {
    const { client, app, messages, register } = await messageRoom({
      client: { PreventUserExistenceErrors: 'ENABLED' },
    });
    await register('ada', {});
    await client.send(new ForgotPasswordCommand({ ClientId: app.id, Username: 'nobody' }));
    await client.send(new ResendConfirmationCodeCommand({ ClientId: app.id, Username: 'nobody' }));
    expect(messages).toEqual([]);
  });

  test('has no say where a function delivers the messages of the medium', async () => {
    const { register, messages, sent, outbox } = await messageRoom({
      points: ['CustomMessage', 'CustomEmailSender'],
      words: () => own,
    });
    await register('ada');
    expect([messages.length, sent.length]).toEqual([0, 1]);
    await register('bob', { phone_number: '+12065559934' });
    expect([messages.length, sent.length]).toEqual([1, 1]);
    expect(await outbox.last({ username: 'bob' })).toMatchObject({ text: expect.stringMatching(/^Ours: \d{6}$/) });
  });

  test('may answer whatever it likes: the message has its code, or the call fails in the words of the API', async () => {
    let response: unknown;
    const { client, pool, outbox } = await messageRoom({ words: () => response });
    const member = fc.oneof(
      fc.string(),
      fc.string().map((text) => `${text}{####}${text}{username}`),
      fc.constantFrom(null, undefined, 0, true, [], {}, '{##', '##}', '{####', '{{####}}', '\u0000', '<script>'),
    );
    const answers = fc.record({ emailMessage: member, emailSubject: member, smsMessage: member }, { requiredKeys: [] });
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof(answers, fc.jsonValue()), async (answer) => {
        response = answer;
        count += 1;
        const name = `user-${count}`;
        const outcome = await refusalOfCall(client.send(invitation(pool.id, 'Correct-Horse-9', name)));
        if (outcome === 'nothing is refused') {
          const { html, text, subject } = await outbox.last({ username: name });
          for (const part of [html, text]) expect(part).toContain('Correct-Horse-9');
          for (const part of [html, text]) expect(part).toContain(name);
          expect(subject).not.toMatch(/[\r\n]/);
        } else expect(outcome).toMatch(/^InvalidLambdaResponseException: /);
      }),
      { numRuns: 60 },
    );
  });

  test('cannot have its words filled with what people call themselves', async () => {
    const { client, pool, outbox } = await messageRoom({ words: () => ({ emailMessage: '{username} {####}' }) });
    await client.send(invitation(pool.id, 'Correct-{username}-9', '{####}'));
    expect(await outbox.last({ username: '{####}' })).toMatchObject({ text: '{####} Correct-{username}-9' });
  });
});

const invitation = (UserPoolId: string, TemporaryPassword: string, Username = 'ada') =>
  new AdminCreateUserCommand({
    UserPoolId,
    Username,
    TemporaryPassword,
    UserAttributes: [{ Name: 'email', Value: 'ada@example.com' }],
    DesiredDeliveryMediums: ['EMAIL'],
  });
