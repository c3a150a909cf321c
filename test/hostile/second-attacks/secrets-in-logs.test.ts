/** What the service logs of sign-ins: never what somebody could sign in with. */
import {
  AssociateSoftwareTokenCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  RevokeTokenCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect, test } from 'vitest';
import { somePassword } from '../../support/builders.ts';
import { deviceSecret } from '../../support/devices.ts';
import { aFactorRoom, appCode, step, wrongAppCode } from '../../support/second-factors.ts';
import { parametersOf, refusal, sessionOf, tokensOf } from '../../support/signing-in.ts';
import { srpClient } from '../../support/srp-client.ts';

test('No line holds a password, a code, a secret, a session, a token or a name', async () => {
  const user = { attributes: { email: 'ada-of-the-mill@example.com' } };
  const room = await aFactorRoom({ offers: ['SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'], user });
  const { client, app, pool, signIn, prefer, clock, codeFor, access, lines, audit } = room;
  const secrets: string[] = [somePassword, deviceSecret, access, 'ada-of-the-mill', 'Wrong-Horse-7'];
  const { SecretCode = '' } = await client.send(new AssociateSoftwareTokenCommand({ AccessToken: access }));
  const UserCode = appCode(SecretCode, clock.now() - step);
  await client.send(new VerifySoftwareTokenCommand({ AccessToken: access, UserCode, FriendlyDeviceName: 'my mill' }));
  await prefer({ SoftwareTokenMfaSettings: { Enabled: true } });
  const session = sessionOf(await signIn.byPassword('ada'));
  const right = { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE: appCode(SecretCode, clock.now()) };
  const wrong = { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE: wrongAppCode(SecretCode, clock.now()) };
  await refusal(signIn.respond('SOFTWARE_TOKEN_MFA', wrong, session));
  const tokens = tokensOf(await signIn.respond('SOFTWARE_TOKEN_MFA', right, session));
  await prefer({ SoftwareTokenMfaSettings: { Enabled: false }, EmailMfaSettings: { Enabled: true } });
  const posed = sessionOf(await signIn.byPassword('ada'));
  const code = await codeFor();
  await signIn.respond('EMAIL_OTP', { USERNAME: 'ada', EMAIL_OTP_CODE: code }, posed);
  const srp = srpClient();
  const challenge = parametersOf(await signIn.initiate('USER_SRP_AUTH', { USERNAME: 'ada', SRP_A: srp.publicValue }));
  const claim = srp.answer(challenge, { poolId: pool.id, password: 'Wrong-Horse-7', at: clock.now() });
  await refusal(signIn.respond('PASSWORD_VERIFIER', claim));
  await refusal(signIn.byPassword('ada', 'Wrong-Horse-7'));
  await refusal(signIn.byPassword('nobody-at-the-mill', somePassword));
  await signIn.refresh(tokens.refresh);
  const ClientId = app.id;
  await refusal(client.send(new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken: tokens.refresh })));
  await refusal(client.send(new RevokeTokenCommand({ ClientId, Token: tokens.access })));
  await client.send(new RevokeTokenCommand({ ClientId, Token: tokens.refresh }));
  await refusal(client.send(new GetUserCommand({ AccessToken: tokens.access })));
  await refusal(client.send(new GetUserCommand({ AccessToken: `${tokens.access}x` })));
  secrets.push(SecretCode, session, posed, code, 'my mill', 'nobody-at-the-mill', ...Object.values(tokens));
  secrets.push(challenge['SECRET_BLOCK'] ?? '', challenge['SALT'] ?? '', srp.publicValue);
  secrets.push(claim['PASSWORD_CLAIM_SIGNATURE'] ?? '', ...Object.values(tokens).map((token) => token.slice(-40)));
  const logged = JSON.stringify([lines, audit]);
  expect(lines.length).toBeGreaterThan(20);
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(5);
    expect(logged).not.toContain(secret);
  }
});
