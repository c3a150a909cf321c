/** People who show codes: of apps, out of mail and out of text messages, as a second factor and as the only one. */
import {
  AdminDeleteSoftwareTokenCommand,
  AdminGetUserAuthFactorsCommand,
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminSetUserSettingsCommand,
  AssociateSoftwareTokenCommand,
  ConfirmSignUpCommand,
  GetUserAuthFactorsCommand,
  InitiateAuthCommand,
  SetUserPoolMfaConfigCommand,
  SetUserSettingsCommand,
  SignUpCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect } from 'vitest';
import { attributesOf, somePassword } from '../support/builders.ts';
import { choosingOf, firstFactors, hiding, reachable } from '../support/choosing.ts';
import { everyPoolSetting } from '../support/every-setting.ts';
import { aPersonWith, appCode, factorSettings, otherCode, step } from '../support/second-factors.ts';
import { parametersOf, refusal, sessionOf, tokensOf } from '../support/signing-in.ts';
import { srpClient } from '../support/srp-client.ts';
import { liveIn, mailedCode, nobody, type Place, type Town, textedCode } from './sign-in-place.ts';

const { EmailConfiguration } = everyPoolSetting;
const { email, phone_number: phone } = reachable;
const addresses = { email, phone_number: phone };
const Enabled = true;

/** The factors are all there, and nobody has to have one until the end. */
export const showCodes = (town: Town): Promise<void> =>
  liveIn(town, { pool: { EmailConfiguration, AutoVerifiedAttributes: ['email'] } }, async (place) => {
    const { client, pool, aUser, signIn } = place;
    await aUser(pool, { username: 'ada', attributes: addresses });
    const all = factorSettings('OPTIONAL', 'SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP');
    await client.send(new SetUserPoolMfaConfigCommand({ UserPoolId: pool.id, ...all }));
    const { access } = await signIn.tokens('ada');
    await showCodesOfApp(place, access);
    await showTexts(place, access);
    await showMail(place);
    await setUpApp(place);
  });

async function showCodesOfApp({ client, clock, signIn }: Place, access: string): Promise<void> {
  const { anApp, prefer } = aPersonWith({ client, clock });
  const secret = await anApp(access, 'telephone');
  await prefer(access, { SoftwareTokenMfaSettings: { Enabled, PreferredMfa: true } });
  const posed = await signIn.byPassword('ada');
  const showing = (code: string) =>
    signIn.respond('SOFTWARE_TOKEN_MFA', { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE: code }, sessionOf(posed));
  const right = appCode(secret, clock.now());
  const wrong = otherCode(right, appCode(secret, clock.now() - step), appCode(secret, clock.now() + step));
  expect(await refusal(showing(wrong))).toMatch(/^CodeMismatchException/);
  tokensOf(await showing(right));
  const { UserMFASettingList } = await client.send(new GetUserAuthFactorsCommand({ AccessToken: access }));
  expect(UserMFASettingList).toEqual(['SOFTWARE_TOKEN_MFA']);
}

/** One of two factors that are chosen from, by an administrator of a server. */
async function showTexts(place: Place, access: string): Promise<void> {
  const { client, clock, pool, app } = place;
  await aPersonWith({ client, clock }).prefer(access, {
    SoftwareTokenMfaSettings: { Enabled, PreferredMfa: false },
    SMSMfaSettings: { Enabled },
  });
  const named = { UserPoolId: pool.id, ClientId: app.id };
  const AuthParameters = { USERNAME: 'ada', PASSWORD: somePassword };
  const begun = await client.send(
    new AdminInitiateAuthCommand({ ...named, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH', AuthParameters }),
  );
  expect(begun.ChallengeName).toBe('SELECT_MFA_TYPE');
  const answer = (ChallengeName: 'SELECT_MFA_TYPE' | 'SMS_MFA', Session: string, given: Record<string, string>) =>
    client.send(
      new AdminRespondToAuthChallengeCommand({
        ...named,
        ChallengeName,
        Session,
        ChallengeResponses: { USERNAME: 'ada', ...given },
      }),
    );
  const chosen = await answer('SELECT_MFA_TYPE', sessionOf(begun), { ANSWER: 'SMS_MFA' });
  tokensOf(await answer('SMS_MFA', sessionOf(chosen), { SMS_MFA_CODE: textedCode(place, phone) }));
}

/** Once an administrator has taken everything else away. */
async function showMail(place: Place): Promise<void> {
  const { client, pool, signIn } = place;
  const ada = { UserPoolId: pool.id, Username: 'ada' };
  await client.send(new AdminDeleteSoftwareTokenCommand(ada));
  await client.send(new AdminSetUserSettingsCommand({ ...ada, MFAOptions: [] }));
  const EmailMfaSettings = { Enabled, PreferredMfa: true };
  await client.send(
    new AdminSetUserMFAPreferenceCommand({ ...ada, SMSMfaSettings: { Enabled: false }, EmailMfaSettings }),
  );
  const { UserMFASettingList } = await client.send(new AdminGetUserAuthFactorsCommand(ada));
  expect(UserMFASettingList).toEqual(['EMAIL_OTP']);
  const posed = await signIn.bySrp('ada');
  expect(posed.ChallengeName).toBe('EMAIL_OTP');
  const responses = { USERNAME: 'ada', EMAIL_OTP_CODE: mailedCode(place, email) };
  const { access: AccessToken } = tokensOf(await signIn.respond('EMAIL_OTP', responses, sessionOf(posed)));
  await client.send(new SetUserSettingsCommand({ AccessToken, MFAOptions: [] }));
}

/** A pool that asks everybody for an app has them set one up in the middle of their first sign-in. */
async function setUpApp({ client, clock, pool, aUser, signIn }: Place): Promise<void> {
  const required = factorSettings('ON', 'SOFTWARE_TOKEN_MFA');
  await client.send(new SetUserPoolMfaConfigCommand({ UserPoolId: pool.id, ...required }));
  await aUser(pool, { username: 'grace' });
  const posed = await signIn.byPassword('grace');
  expect(posed.ChallengeName).toBe('MFA_SETUP');
  const begun = await client.send(new AssociateSoftwareTokenCommand({ Session: sessionOf(posed) }));
  const UserCode = appCode(begun.SecretCode ?? '', clock.now());
  const verified = await client.send(new VerifySoftwareTokenCommand({ Session: sessionOf(begun), UserCode }));
  tokensOf(await signIn.respond('MFA_SETUP', { USERNAME: 'grace' }, sessionOf(verified)));
}

/** Codes in place of a password, for those who are there and those who are not. */
export const chooseCodes = (town: Town): Promise<void> => {
  const pool = { ...firstFactors('PASSWORD', 'EMAIL_OTP', 'SMS_OTP'), AutoVerifiedAttributes: ['email' as const] };
  return liveIn(town, { pool, app: hiding }, async (place) => {
    await place.aUser(place.pool, { username: 'ada', attributes: reachable });
    await chooseMail(place);
    await chooseTexts(place);
    await chooseThePassword(place);
    await goOnFromSignUp(place);
    await guessForNobody(place);
  });
};

async function guessForNobody(place: Place): Promise<void> {
  const { respond } = choosingOf(place, place.app);
  const [USERNAME, posed] = await askNobodyForACode(place);
  const guess = { USERNAME, EMAIL_OTP_CODE: '12345678' };
  expect(await refusal(respond('EMAIL_OTP', guess, sessionOf(posed)))).toMatch(/^CodeMismatchException/);
}

/** As far as callers can tell, most who are called by an address have verified it. */
async function askNobodyForACode(place: Place) {
  const { choose } = choosingOf(place, place.app);
  for (const ending of ['', 'a', 'b', 'c', 'd', 'e']) {
    const posed = await choose(nobody + ending, 'EMAIL_OTP');
    if (posed.ChallengeName === 'EMAIL_OTP') return [nobody + ending, posed] as const;
  }
  throw new Error('Nobody is sent a code');
}

async function chooseMail(place: Place): Promise<void> {
  const { choose, respond } = choosingOf(place, place.app);
  const asked = await choose('ada');
  expect(asked.ChallengeName).toBe('SELECT_CHALLENGE');
  const posed = await respond('SELECT_CHALLENGE', { USERNAME: 'ada', ANSWER: 'EMAIL_OTP' }, sessionOf(asked));
  const showing = (EMAIL_OTP_CODE: string) =>
    respond('EMAIL_OTP', { USERNAME: 'ada', EMAIL_OTP_CODE }, sessionOf(posed));
  const code = mailedCode(place, email);
  expect(await refusal(showing(otherCode(code)))).toMatch(/^CodeMismatchException/);
  tokensOf(await showing(code));
}

async function chooseTexts(place: Place): Promise<void> {
  const { choose, respond } = choosingOf(place, place.app);
  const posed = await choose('ada', 'SMS_OTP');
  const responses = { USERNAME: 'ada', SMS_OTP_CODE: textedCode(place, phone) };
  tokensOf(await respond('SMS_OTP', responses, sessionOf(posed)));
}

async function chooseThePassword(place: Place): Promise<void> {
  const { choose, respond } = choosingOf(place, place.app);
  tokensOf(await choose('ada', 'PASSWORD', { PASSWORD: somePassword }));
  const srp = srpClient();
  const posed = await choose('ada', 'PASSWORD_SRP', { SRP_A: srp.publicValue });
  const knowledge = { poolId: place.pool.id, password: somePassword, at: place.clock.now() };
  tokensOf(await respond('PASSWORD_VERIFIER', srp.answer(parametersOf(posed), knowledge), posed.Session));
}

/** The code that confirmed her is the one that she signs in with. */
async function goOnFromSignUp(place: Place): Promise<void> {
  const { client, app } = place;
  const ClientId = app.id;
  const address = 'grace@example.com';
  const UserAttributes = attributesOf({ email: address });
  await client.send(new SignUpCommand({ ClientId, Username: 'grace', UserAttributes }));
  const ConfirmationCode = mailedCode(place, address);
  const confirmed = await client.send(new ConfirmSignUpCommand({ ClientId, Username: 'grace', ConfirmationCode }));
  const AuthParameters = { USERNAME: 'grace' };
  const Session = sessionOf(confirmed);
  tokensOf(await client.send(new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_AUTH', AuthParameters, Session })));
}
