/** Which functions run for each operation, and in which order, in a pool that has one at every point. */
import {
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  AdminResetUserPasswordCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  AdminUserGlobalSignOutCommand,
  ChangePasswordCommand,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserAttributeVerificationCodeCommand,
  GlobalSignOutCommand,
  ResendConfirmationCodeCommand,
  UpdateUserAttributesCommand,
  VerifyUserAttributeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect, test } from 'vitest';
import { attributesOf, somePassword } from '../support/builders.ts';
import { firstFactors } from '../support/choosing.ts';
import { type Behaviour, hostileRoom, responding } from '../support/hostile-functions.ts';
import { sessionOf, tokensOf } from '../support/signing-in.ts';

/** Asks once, and is content with the answer. */
const askingOnce: Behaviour = (event) => {
  const isAsked = (event.request['session'] as readonly unknown[]).length > 0;
  const next = isAsked ? { issueTokens: true } : { challengeName: 'CUSTOM_CHALLENGE', issueTokens: false };
  return responding(next)(event);
};

const another = 'Another-Horse-9';
const signedIn = ['PostAuthentication_Authentication', 'TokenGeneration_Authentication'];
const begun = 'PreAuthentication_Authentication';

async function room() {
  const made = await hostileRoom({ pool: firstFactors('PASSWORD', 'EMAIL_OTP') });
  const { client, pool, app, events, have } = made;
  // Those of the making of the room.
  events.length = 0;
  const userAttributes = { email: 'old@example.com', email_verified: 'true' };
  have('UserMigration', responding({ userAttributes, finalUserStatus: 'CONFIRMED', messageAction: 'SUPPRESS' }));
  have('DefineAuthChallenge', askingOnce);
  have('VerifyAuthChallengeResponse', responding({ answerCorrect: true }));
  const named = (Username: string) => ({ UserPoolId: pool.id, ClientId: app.id, Username });
  const [UserAttributes, TemporaryPassword] = [attributesOf({ email: 'ada@example.com' }), somePassword];
  return {
    ...made,
    named,
    ran: () => events.splice(0).map(({ triggerSource }) => triggerSource),
    create: (MessageAction?: 'RESEND' | 'SUPPRESS', Username = 'eve') =>
      client.send(new AdminCreateUserCommand({ ...named(Username), UserAttributes, TemporaryPassword, MessageAction })),
  };
}

test('People register, and get a code or are confirmed at once', async () => {
  const { register, ran, have, client, named, codeFor } = await room();
  await register('bob');
  expect(ran()).toEqual(['PreSignUp_SignUp', 'CustomMessage_SignUp']);
  await client.send(new ResendConfirmationCodeCommand(named('bob')));
  expect(ran()).toEqual(['CustomMessage_ResendCode']);
  const ConfirmationCode = await codeFor('bob@example.com');
  await client.send(new ConfirmSignUpCommand({ ...named('bob'), ConfirmationCode }));
  expect(ran()).toEqual(['PostConfirmation_ConfirmSignUp']);
  await register('cy');
  ran();
  await client.send(new AdminConfirmSignUpCommand(named('cy')));
  expect(ran()).toEqual(['PostConfirmation_ConfirmSignUp']);
  have('PreSignUp', responding({ autoConfirmUser: true }));
  await register('dan');
  expect(ran()).toEqual(['PreSignUp_SignUp', 'PostConfirmation_ConfirmSignUp']);
});

test('Administrators add people, whom no function ever confirms', async () => {
  const { create, ran, client, named, signIn } = await room();
  await create('SUPPRESS', 'fay');
  expect(ran()).toEqual(['PreSignUp_AdminCreateUser']);
  await create();
  expect(ran()).toEqual(['PreSignUp_AdminCreateUser', 'CustomMessage_AdminCreateUser']);
  await create('RESEND');
  expect(ran()).toEqual(['CustomMessage_AdminCreateUser']);
  const permanently = (Permanent: boolean) =>
    client.send(new AdminSetUserPasswordCommand({ ...named('eve'), Password: somePassword, Permanent }));
  await permanently(true);
  await permanently(false);
  expect(ran()).toEqual([]);
  const asked = await signIn.byPassword('eve');
  expect(ran()).toEqual([begun]);
  await signIn.respond('NEW_PASSWORD_REQUIRED', { USERNAME: 'eve', NEW_PASSWORD: another }, sessionOf(asked));
  expect(ran()).toEqual(['PostAuthentication_Authentication', 'TokenGeneration_NewPasswordChallenge']);
});

test('People sign in, go on and sign out', async () => {
  const { ran, signIn, client, app, named, codeFor } = await room();
  const { access, refresh } = tokensOf(await signIn.byPassword('ada'));
  expect(ran()).toEqual([begun, ...signedIn]);
  await signIn.refresh(refresh);
  await client.send(new GetTokensFromRefreshTokenCommand({ ClientId: app.id, RefreshToken: refresh }));
  expect(ran()).toEqual(Array(2).fill('TokenGeneration_RefreshTokens'));
  await signIn.byPassword('old');
  expect(ran()).toEqual(['UserMigration_Authentication', begun, ...signedIn]);
  const mailed = await signIn.choose('ada', 'EMAIL_OTP');
  expect(ran()).toEqual([begun, 'CustomMessage_Authentication']);
  const EMAIL_OTP_CODE = await codeFor('ada@example.com');
  await signIn.respond('EMAIL_OTP', { USERNAME: 'ada', EMAIL_OTP_CODE }, sessionOf(mailed));
  expect(ran()).toEqual(signedIn);
  const asked = await signIn.initiate('CUSTOM_AUTH', { USERNAME: 'ada' });
  expect(ran()).toEqual([begun, 'DefineAuthChallenge_Authentication', 'CreateAuthChallenge_Authentication']);
  await signIn.respond('CUSTOM_CHALLENGE', { USERNAME: 'ada', ANSWER: 'any' }, sessionOf(asked));
  const decided = ['VerifyAuthChallengeResponse_Authentication', 'DefineAuthChallenge_Authentication'];
  expect(ran()).toEqual([...decided, ...signedIn]);
  const change = { AccessToken: access, PreviousPassword: somePassword, ProposedPassword: another };
  await client.send(new ChangePasswordCommand(change));
  await client.send(new GlobalSignOutCommand({ AccessToken: access }));
  await client.send(new AdminUserGlobalSignOutCommand(named('ada')));
  expect(ran()).toEqual([]);
});

test('People forget their password, and prove their addresses', async () => {
  const { ran, signIn, client, named, codeFor } = await room();
  await client.send(new ForgotPasswordCommand(named('old')));
  expect(ran()).toEqual(['UserMigration_ForgotPassword', 'CustomMessage_ForgotPassword']);
  await client.send(new AdminResetUserPasswordCommand(named('old')));
  expect(ran()).toEqual(['CustomMessage_ForgotPassword']);
  const ConfirmationCode = await codeFor('old@example.com');
  await client.send(new ConfirmForgotPasswordCommand({ ...named('old'), ConfirmationCode, Password: another }));
  expect(ran()).toEqual(['PostConfirmation_ConfirmForgotPassword']);
  const { access: AccessToken } = await signIn.tokens('ada');
  ran();
  const UserAttributes = attributesOf({ email: 'new@example.com' });
  await client.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes }));
  await client.send(new AdminUpdateUserAttributesCommand({ ...named('old'), UserAttributes }));
  expect(ran()).toEqual(Array(2).fill('CustomMessage_UpdateUserAttribute'));
  await client.send(new GetUserAttributeVerificationCodeCommand({ AccessToken, AttributeName: 'email' }));
  expect(ran()).toEqual(['CustomMessage_VerifyUserAttribute']);
  const Code = await codeFor('new@example.com');
  await client.send(new VerifyUserAttributeCommand({ AccessToken, AttributeName: 'email', Code }));
  expect(ran()).toEqual([]);
});
