/** USER_AUTH of people with a second factor: a password needs one, a code alone does not. */
import {
  AdminSetUserMFAPreferenceCommand,
  type AdminSetUserMFAPreferenceCommandInput,
  SetUserPoolMfaConfigCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { somePassword } from '../../support/builders.ts';
import { choosing, choosingOf, firstFactors, reachable } from '../../support/choosing.ts';
import { parametersOf, refusal, sessionOf, tokensOf } from '../../support/signing-in.ts';
import { srpClient } from '../../support/srp-client.ts';
import { startService } from '../../support/start-service.ts';

const invalid = 'NotAuthorizedException: Invalid session for the user.';
const wrongCode = 'CodeMismatchException: Invalid code or auth state for the user.';
const everything = ['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP', 'SMS_OTP'];
const SmsConfiguration = { SnsCallerArn: 'arn:aws:iam::000000000000:role/any' };

async function aRoom(preference: Omit<AdminSetUserMFAPreferenceCommandInput, 'UserPoolId' | 'Username'>) {
  const service = await startService();
  const pool = await service.aPool({
    ...firstFactors('PASSWORD', 'EMAIL_OTP', 'SMS_OTP'),
    EmailConfiguration: {
      EmailSendingAccount: 'DEVELOPER',
      SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/example.com',
    },
  });
  const app = await service.aClient(pool, choosing);
  await service.aUser(pool, { username: 'ada', attributes: reachable });
  const place = { UserPoolId: pool.id, Username: 'ada' };
  await service.client.send(
    new SetUserPoolMfaConfigCommand({
      UserPoolId: pool.id,
      MfaConfiguration: 'OPTIONAL',
      SmsMfaConfiguration: { SmsConfiguration },
      EmailMfaConfiguration: {},
    }),
  );
  await service.client.send(new AdminSetUserMFAPreferenceCommand({ ...place, ...preference }));
  const codeOf = () => service.outbox.codeFor({ poolId: pool.id, username: 'ada' });
  return { ...service, pool, codeOf, ...choosingOf(service, app) };
}

const texts = { SMSMfaSettings: { Enabled: true } };
const mails = { EmailMfaSettings: { Enabled: true } };

describe('USER_AUTH, in a pool with second factors', () => {
  test('asks for one after a password, and says what there was to choose from', async () => {
    const { choose, respond, codeOf } = await aRoom(texts);
    const asked = await choose('ada', 'PASSWORD', { PASSWORD: somePassword });
    expect(asked).toMatchObject({ ChallengeName: 'SMS_MFA', AvailableChallenges: everything });
    const answer = { USERNAME: 'ada', SMS_MFA_CODE: await codeOf() };
    expect(await refusal(respond('SMS_OTP', { ...answer, SMS_OTP_CODE: answer.SMS_MFA_CODE }, sessionOf(asked)))).toBe(
      invalid,
    );
    expect(tokensOf(await respond('SMS_MFA', answer, sessionOf(asked))).access).toBeTypeOf('string');
  });

  test('asks for one after the password of a choice, and of an SRP exchange', async () => {
    const { choose, respond, pool, clock } = await aRoom(texts);
    const selecting = { USERNAME: 'ada', ANSWER: 'PASSWORD', PASSWORD: somePassword };
    const selected = await respond('SELECT_CHALLENGE', selecting, sessionOf(await choose('ada')));
    expect(selected.ChallengeName).toBe('SMS_MFA');
    const given = { USERNAME: 'ada', PASSWORD: somePassword };
    expect((await respond('PASSWORD', given, sessionOf(await choose('ada', 'PASSWORD')))).ChallengeName).toBe(
      'SMS_MFA',
    );
    const srp = srpClient();
    const posed = await choose('ada', 'PASSWORD_SRP', { SRP_A: srp.publicValue });
    const claim = srp.answer(parametersOf(posed), { poolId: pool.id, password: somePassword, at: clock.now() });
    expect((await respond('PASSWORD_VERIFIER', claim, sessionOf(posed))).ChallengeName).toBe('SMS_MFA');
  });

  test('asks for none after a code', async () => {
    const { choose, respond, codeOf } = await aRoom(texts);
    const session = sessionOf(await choose('ada', 'SMS_OTP'));
    const answer = { USERNAME: 'ada', SMS_OTP_CODE: await codeOf() };
    expect(tokensOf(await respond('SMS_OTP', answer, session)).access).toBeTypeOf('string');
  });

  test('tells a code that is the second factor from one that is the first', async () => {
    const { choose, respond, codeOf } = await aRoom(mails);
    const answer = (session: string, EMAIL_OTP_CODE: string) =>
      respond('EMAIL_OTP', { USERNAME: 'ada', EMAIL_OTP_CODE }, session);
    const second = await choose('ada', 'PASSWORD', { PASSWORD: somePassword });
    expect(second.ChallengeName).toBe('EMAIL_OTP');
    const first = await choose('ada', 'EMAIL_OTP');
    const code = await codeOf();
    expect(await refusal(answer(sessionOf(second), code))).toBe(wrongCode);
    expect(tokensOf(await answer(sessionOf(first), code)).access).toBeTypeOf('string');
    const again = await choose('ada', 'PASSWORD', { PASSWORD: somePassword });
    expect(tokensOf(await answer(sessionOf(again), await codeOf())).access).toBeTypeOf('string');
  });
});
