import { CreateUserPoolDomainCommand, SetUserPoolMfaConfigCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { passkeyCalls, relyingParty, somebodyWithPasskeys } from '../../support/passkeys.ts';
import { aPerson, refusalOfCall } from '../../support/people.ts';
import { startService } from '../../support/start-service.ts';

const base64url = (bytes: number) => expect.stringMatching(new RegExp(`^[\\w-]{${Math.ceil((bytes * 4) / 3)}}$`));

async function inPoolWithoutRelyingParty(issuerBase?: string) {
  const service = await startService(issuerBase === undefined ? {} : { settings: { issuerBase } });
  const pool = await service.aPool({
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
  });
  const person = await aPerson(service, pool, { username: 'ada' });
  return { ...service, ...passkeyCalls(service), ...person, pool };
}

describe('StartWebAuthnRegistration', () => {
  test('answers an object of options (auth-flows 35)', async () => {
    const { token, user, call } = await somebodyWithPasskeys();
    const { body } = await call('StartWebAuthnRegistration', { AccessToken: token });
    expect(JSON.parse(body)).toEqual({
      CredentialCreationOptions: {
        rp: { id: relyingParty, name: relyingParty },
        user: { id: Buffer.from(user.sub).toString('base64url'), name: 'ada', displayName: 'ada' },
        challenge: base64url(32),
        timeout: 60_000,
        pubKeyCredParams: [
          { type: 'public-key', alg: -7 },
          { type: 'public-key', alg: -257 },
        ],
        excludeCredentials: [],
        authenticatorSelection: { requireResidentKey: true, residentKey: 'required', userVerification: 'preferred' },
      },
    });
  });

  test('excludes what the user has, and gives a new challenge each time', async () => {
    const { token, start, register } = await somebodyWithPasskeys();
    const { id } = await register(token);
    const [one, other] = [await start(token), await start(token)];
    expect(one['excludeCredentials']).toEqual([{ type: 'public-key', id, transports: ['internal', 'hybrid'] }]);
    expect(one.challenge).not.toBe(other.challenge);
  });

  test('takes the domain of the pool where no relying party is named (auth-flows 35)', async () => {
    const { client, token, start, pool } = await inPoolWithoutRelyingParty('https://auth.example.net');
    const prefix = `passkeys-${pool.id.slice(-9).toLowerCase()}`;
    await client.send(new CreateUserPoolDomainCommand({ UserPoolId: pool.id, Domain: prefix }));
    expect((await start(token)).rpId).toBe(`${prefix}.auth.example.net`);

    const named = { RelyingPartyId: 'example.org' };
    await client.send(new SetUserPoolMfaConfigCommand({ UserPoolId: pool.id, WebAuthnConfiguration: named }));
    expect((await start(token)).rpId).toBe('example.org');
  });

  test('is refused where there is neither (auth-flows 35)', async () => {
    const { token, start } = await inPoolWithoutRelyingParty();
    expect(await refusalOfCall(start(token))).toBe(
      'WebAuthnConfigurationMissingException: The user pool has neither a relying party id nor a domain for passkeys.',
    );
  });

  test('is refused in a pool without passkeys (auth-flows 35)', async () => {
    const service = await startService();
    const pool = await service.aPool();
    const { token } = await aPerson(service, pool);
    expect(await refusalOfCall(passkeyCalls(service).start(token))).toBe(
      'WebAuthnNotEnabledException: Passkeys are not enabled for this user pool.',
    );
  });
});
