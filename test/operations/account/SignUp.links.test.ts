/** Registrations that a link confirms: which messages carry one, and in which words. */
import {
  ForgotPasswordCommand,
  GetUserAttributeVerificationCodeCommand,
  ResendConfirmationCodeCommand,
  UpdateUserAttributesCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { moduleTriggers } from '../../../lambdas/adapters/triggers/module-triggers.ts';
import { confirm, signUp, tokenOf } from '../../support/people.ts';
import { type Service, startService } from '../../support/start-service.ts';

const email = 'fixture@example.com';
const phone = '+12065559934';

async function registering(settings: Parameters<Service['aPool']>[0]) {
  const service = await startService();
  const pool = await service.aPool(settings);
  const app = await service.aClient(pool);
  const register = (username: string, attributes: Readonly<Record<string, string>>) =>
    signUp(service.client, app, { username, attributes });
  return { ...service, pool, app, register };
}

describe('SignUp', () => {
  test('sends a link to whom their pool confirms so, in the words that it has for it (triggers-and-messages 32)', async () => {
    const DefaultEmailOption = 'CONFIRM_WITH_LINK';
    const { outbox, pool, register } = await registering({
      AutoVerifiedAttributes: ['email', 'phone_number'],
      VerificationMessageTemplate: { DefaultEmailOption },
    });
    const { CodeDeliveryDetails } = await register('ada', { email });
    await register('bob', { phone_number: phone });
    const [sms, mail] = await outbox.list({ poolId: pool.id });
    expect(CodeDeliveryDetails).toMatchObject({ DeliveryMedium: 'EMAIL', AttributeName: 'email' });
    expect(mail).toMatchObject({ subject: 'Confirm your email address', code: expect.stringMatching(/^\d{6}$/) });
    expect(mail?.link).toMatch(
      /^http:\/\/localhost\/confirmUser\?client_id=\w+&user_name=ada&confirmation_code=\d{6}$/,
    );
    expect(mail?.html).toBe(
      `Confirm your email address: <a href="${mail?.link?.replaceAll('&', '&#38;')}">Confirm email address</a>`,
    );
    expect(mail?.text).toBe(`Confirm your email address: Confirm email address (${mail?.link})`);
    expect(sms).toMatchObject({ text: `${sms?.code} is your confirmation code.`, link: null });

    const own = await registering({
      AutoVerifiedAttributes: ['email'],
      VerificationMessageTemplate: {
        DefaultEmailOption,
        EmailMessageByLink: '<p>{##Here##} or {##<b>there</b>##}, {username}, {####}</p>',
        EmailSubjectByLink: 'Follow this',
        EmailMessage: 'not {####}',
        EmailSubject: 'Not this',
      },
    });
    await own.register('ada', { email });
    const wanted = await own.outbox.last({ poolId: own.pool.id });
    const anchor = `<a href="${wanted.link?.replaceAll('&', '&#38;')}">`;
    expect(wanted.subject).toBe('Follow this');
    expect(wanted.html).toBe(`<p>${anchor}Here</a> or ${anchor}<b>there</b></a>, {username}, ${wanted.code}</p>`);
    expect(wanted.text).toBe(`Here (${wanted.link}) or there (${wanted.link}), {username}, ${wanted.code}`);
  });

  test('sends a code in place of a link by every other message (triggers-and-messages 32)', async () => {
    const { client, outbox, pool, app, register } = await registering({
      AutoVerifiedAttributes: ['email'],
      VerificationMessageTemplate: {
        DefaultEmailOption: 'CONFIRM_WITH_LINK',
        EmailMessage: 'code {####}',
        EmailMessageByLink: 'link {##here##}',
      },
    });
    await register('ada', { email });
    const kinds = async () =>
      (await outbox.list({ poolId: pool.id })).map(({ kind, html }) => `${kind} ${html?.slice(0, 4)}`);
    await client.send(new ResendConfirmationCodeCommand({ ClientId: app.id, Username: 'ada' }));
    const { link } = await outbox.last({ poolId: pool.id });
    await confirm(client, app, 'ada', new URL(link ?? '').searchParams.get('confirmation_code') ?? '');
    await client.send(new ForgotPasswordCommand({ ClientId: app.id, Username: 'ada' }));
    const AccessToken = await tokenOf(client, app, { username: 'ada' });
    const AttributeName = 'email';
    await client.send(new GetUserAttributeVerificationCodeCommand({ AccessToken, AttributeName }));
    const UserAttributes = [{ Name: AttributeName, Value: 'other@example.com' }];
    await client.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes }));
    expect(await kinds()).toEqual([
      'UpdateUserAttribute code',
      'VerifyUserAttribute code',
      'ForgotPassword code',
      'ResendCode link',
      'SignUp link',
    ]);
  });

  test('puts the link into the words of a function that asks for it (triggers-and-messages 32)', async () => {
    const arn = 'arn:aws:lambda:us-east-1:000000000000:function:words';
    const words = (event: { readonly request: { readonly linkParameter: string } }) => ({
      ...event,
      response: { emailSubject: 'Welcome', emailMessage: `<i>${event.request.linkParameter}</i>`, smsMessage: null },
    });
    const service = await startService({ ports: { triggers: moduleTriggers({ [arn]: words }) } });
    const pool = await service.aPool({
      AutoVerifiedAttributes: ['email'],
      VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_LINK' },
      LambdaConfig: { CustomMessage: arn },
    });
    await signUp(service.client, await service.aClient(pool), { username: 'ada', attributes: { email } });
    const { subject, html, link } = await service.outbox.last({ poolId: pool.id });
    expect(subject).toBe('Welcome');
    expect(html).toBe(`<i><a href="${link?.replaceAll('&', '&#38;')}">Click Here</a></i>`);
  });

  test('leads to the name that the deployment has, and keeps what names hold', async () => {
    const settings = { issuerBase: 'https://id.example.com/pond' };
    const service = await startService({ settings });
    const pool = await service.aPool({
      AutoVerifiedAttributes: ['email'],
      VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_LINK' },
    });
    const username = 'a+b&c="d"/名';
    await signUp(service.client, await service.aClient(pool), { username, attributes: { email } });
    const link = new URL((await service.outbox.last({ poolId: pool.id })).link ?? '');
    expect(link.href).toMatch('https://id.example.com/pond/confirmUser?');
    expect(link.searchParams.get('user_name')).toBe(username);
  });
});
