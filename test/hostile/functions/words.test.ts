/** Functions that write messages and claims for other ends: headers, other people's addresses, somebody else's name. */
import { GetUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import { hostileRoom, responding } from '../../support/hostile-functions.ts';
import { refusal } from '../../support/signing-in.ts';

describe('A function that writes a message', () => {
  test.each([
    'x\r\nBcc: eve@example.com',
    'x\nTo: eve@example.com',
    'x\u2028Bcc: eve@example.com',
    'x\u0085Bcc: eve@example.com\u0000',
    '\r\n\r\n<script>',
  ])('begins no header with the subject %j', async (emailSubject) => {
    const { register, have, outbox, pool } = await hostileRoom({ points: ['CustomMessage'] });
    have('CustomMessage', responding({ emailSubject, emailMessage: '{####}' }));
    await register('eve');
    const mail = await outbox.last({ poolId: pool.id, to: 'eve@example.com' });
    const { subject = '' } = mail as { readonly subject?: string };
    expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
    expect(mail.to).toBe('eve@example.com');
  });

  test('sends it to nobody else, whatever it says of addresses', async () => {
    const { register, have, outbox, pool } = await hostileRoom({ points: ['CustomMessage'] });
    have('CustomMessage', (event) =>
      JSON.stringify({
        ...event,
        userName: 'ada',
        request: { ...event.request, userAttributes: { email: 'ada@example.com', email_verified: 'true' } },
        response: { emailMessage: '{####}', to: 'ada@example.com', email: 'ada@example.com' },
      }),
    );
    await register('eve');
    expect((await outbox.last({ poolId: pool.id, to: 'eve@example.com' })).code).toMatch(/^\d{6}$/);
    expect(await outbox.last({ poolId: pool.id, to: 'ada@example.com' }).catch(() => undefined)).toBeUndefined();
  });

  test.each(['{##'.repeat(6600), `{##x${'##'.repeat(9000)}`, `${'{##a'.repeat(4900)}##}`, '{####}'.repeat(3300)])(
    'takes no longer for being odd (%.20s)',
    async (emailMessage) => {
      const { register, have } = await hostileRoom({
        points: ['CustomMessage'],
        pool: { VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_LINK' } },
      });
      have('CustomMessage', responding({ emailMessage }));
      const begun = performance.now();
      expect(await refusal(register('eve'))).toMatch(/^answered/);
      expect(performance.now() - begun).toBeLessThan(3000);
    },
  );
});

const other = '00000000-0000-4000-8000-000000000000';

/** Whoever reads the token by these must find the user who signed in. */
const names = [
  'sub',
  'username',
  'cognito:username',
  'cognito:groups',
  'cognito:roles',
  'iss',
  'aud',
  'client_id',
  'token_use',
  'exp',
  'iat',
  'auth_time',
  'jti',
  'origin_jti',
  'event_id',
  'identities',
  'version',
  '__proto__',
];

describe('A function that writes claims', () => {
  test('makes nobody of anybody else, and no token that lasts', async () => {
    const { signIn, have, ada, client, pool, app } = await hostileRoom({ points: ['PreTokenGeneration'] });
    const claims = JSON.stringify(Object.fromEntries(names.map((name) => [name, other]))).replace(
      '}',
      `,"__proto__":{"sub":"${other}"}}`,
    );
    const token = `{"claimsToAddOrOverride":${claims},"claimsToSuppress":${JSON.stringify(names)}}`;
    const details = `{"idTokenGeneration":${token},"accessTokenGeneration":${token}}`;
    have('PreTokenGeneration', () => `{"response":{"claimsAndScopeOverrideDetails":${details}}}`);
    const { AccessToken = '', IdToken = '' } = (await signIn.byPassword('ada')).AuthenticationResult ?? {};
    const [access, id] = [decodeJwt(AccessToken), decodeJwt(IdToken)];
    expect(access).toMatchObject({ sub: ada.sub, username: 'ada', client_id: app.id, token_use: 'access' });
    expect(id).toMatchObject({ sub: ada.sub, 'cognito:username': 'ada', aud: app.id, token_use: 'id' });
    expect([access.iss, id.iss]).toEqual([access.iss, access.iss]);
    expect(access.iss).toContain(pool.id);
    // Some names are claims of the one kind alone; those that both rest on are nobody’s to write.
    for (const name of names.filter(
      (one) => !['username', 'client_id', 'event_id', 'version', '__proto__'].includes(one),
    ))
      expect([access[name], id[name]], name).not.toContain(other);
    expect((await client.send(new GetUserCommand({ AccessToken }))).Username).toBe('ada');
    expect(await refusal(client.send(new GetUserCommand({ AccessToken: IdToken })))).toMatch(/^NotAuthorized/);
  });

  test('cannot have one token pass for the other with the scope of the API', async () => {
    const { signIn, have, client } = await hostileRoom({ points: ['PreTokenGeneration'] });
    const add = { token_use: 'access', scope: 'aws.cognito.signin.user.admin', client_id: 'x', username: 'ada' };
    const idTokenGeneration = { claimsToAddOrOverride: add };
    have('PreTokenGeneration', responding({ claimsAndScopeOverrideDetails: { idTokenGeneration } }));
    const { IdToken } = (await signIn.byPassword('ada')).AuthenticationResult ?? {};
    expect(await refusal(client.send(new GetUserCommand({ AccessToken: IdToken })))).toMatch(/^NotAuthorized/);
  });
});
