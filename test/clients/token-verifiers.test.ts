/** aws-jwt-verify and jose verify tokens with nothing but the issuer's address and, for https, the CA file. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { InitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider';
import { JwtVerifier } from 'aws-jwt-verify';
import { validateCognitoJwtFields } from 'aws-jwt-verify/cognito-verifier';
import { SimpleFetcher } from 'aws-jwt-verify/https';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { sdkClientOf } from '../support/sdk-client.ts';
import { exportedVariables } from './exported-variables.ts';
import { ada, runningService } from './running-service.ts';

const running = runningService({ https: true });

interface SignedIn {
  readonly issuer: string;
  readonly clientId: string;
  readonly httpsJwksUri: string;
  readonly idToken: string;
  readonly accessToken: string;
}

async function someoneSignedIn(): Promise<SignedIn> {
  const { endpoint, millpond, aPool, aClient, aUser } = await running();
  const pool = await aPool();
  const { id: ClientId } = await aClient(pool);
  const { username: USERNAME, password: PASSWORD, email } = ada;
  await aUser(pool, { username: USERNAME, password: PASSWORD, attributes: { email, email_verified: 'true' } });
  const { AuthenticationResult } = await sdkClientOf(endpoint).send(
    new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME, PASSWORD } }),
  );
  return {
    issuer: `${millpond.issuer}/${pool.id}`,
    clientId: ClientId,
    httpsJwksUri: `${millpond.httpsEndpoint}/${pool.id}/.well-known/jwks.json`,
    idToken: String(AuthenticationResult?.IdToken),
    accessToken: String(AuthenticationResult?.AccessToken),
  };
}

/** As its pages say for issuers other than Amazon's; the CA file goes to whoever fetches the keys. */
async function awsVerifier({ issuer, clientId, httpsJwksUri }: SignedIn, tokenUse: 'id' | 'access') {
  const { millpond } = await running();
  const ca = await readFile(String(millpond.caFile), 'utf8');
  const jwksCache = new SimpleJwksCache({ fetcher: new SimpleFetcher({ defaultRequestOptions: { ca } }) });
  const settings = {
    issuer,
    jwksUri: httpsJwksUri,
    audience: null,
    customJwtCheck: ({ payload }: { readonly payload: Parameters<typeof validateCognitoJwtFields>[0] }) =>
      validateCognitoJwtFields(payload, { tokenUse, clientId }),
  };
  return JwtVerifier.create(settings, { jwksCache });
}

describe('aws-jwt-verify', () => {
  test('verifies both tokens over the https port (auth-flows 37)', async () => {
    const someone = await someoneSignedIn();
    const id = await awsVerifier(someone, 'id');
    const access = await awsVerifier(someone, 'access');
    expect(await id.verify(someone.idToken)).toMatchObject({ 'cognito:username': 'ada', aud: someone.clientId });
    expect(await access.verify(someone.accessToken)).toMatchObject({ username: 'ada', client_id: someone.clientId });
  });

  test('refuses the other kind of token, and one of another pool', async () => {
    const someone = await someoneSignedIn();
    const stranger = await someoneSignedIn();
    const access = await awsVerifier(someone, 'access');
    await expect(access.verify(someone.idToken)).rejects.toThrow('Token use not allowed: id');
    await expect(access.verify(stranger.accessToken)).rejects.toThrow(/^JWK for kid ".*" not found in the JWKS$/);
  });
});

interface Discovered {
  readonly issuer: string;
  readonly jwks_uri: string;
}

async function discover(issuer: string): Promise<Discovered> {
  const answer = await fetch(`${issuer}/.well-known/openid-configuration`);
  // As OpenID Connect Discovery has it.
  return (await answer.json()) as Discovered;
}

describe('jose', () => {
  test('verifies both tokens with the keys that discovery names, one for each kind (auth-flows 37)', async () => {
    const { issuer, clientId, idToken, accessToken } = await someoneSignedIn();
    const discovered = await discover(issuer);
    expect(discovered.issuer).toBe(issuer);
    const keys = createRemoteJWKSet(new URL(discovered.jwks_uri));
    const id = await jwtVerify(idToken, keys, { issuer, audience: clientId, algorithms: ['RS256'] });
    const access = await jwtVerify(accessToken, keys, { issuer, algorithms: ['RS256'] });
    expect(id.protectedHeader).toEqual({ alg: 'RS256', kid: expect.any(String) });
    expect(access.protectedHeader).toEqual({ alg: 'RS256', kid: expect.any(String) });
    expect(id.protectedHeader.kid).not.toBe(access.protectedHeader.kid);
  });

  test('reads the claims of an API sign-in, and no others (auth-flows 37)', async () => {
    const { issuer, clientId, idToken, accessToken } = await someoneSignedIn();
    const keys = createRemoteJWKSet(new URL((await discover(issuer)).jwks_uri));
    const { payload: id } = await jwtVerify(idToken, keys);
    const { payload: access } = await jwtVerify(accessToken, keys);
    const uuid = expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    const both = {
      sub: uuid,
      iss: issuer,
      origin_jti: id['origin_jti'],
      event_id: id['event_id'],
      auth_time: id.iat,
      iat: expect.any(Number),
      exp: Number(id.iat) + 3600,
      jti: uuid,
      acr: 'urn:cognito:loa:1',
      amr: ['pwd'],
    };
    expect(id).toEqual({
      ...both,
      aud: clientId,
      token_use: 'id',
      'cognito:username': 'ada',
      email: ada.email,
      email_verified: true,
    });
    expect(access).toEqual({
      ...both,
      client_id: clientId,
      token_use: 'access',
      scope: 'aws.cognito.signin.user.admin',
      username: 'ada',
    });
    expect([id['origin_jti'], id['event_id']]).toEqual([uuid, uuid]);
    expect(new Set([id.jti, access.jti, id['origin_jti'], id['event_id']]).size).toBe(4);
  });

  test('refuses a token that was changed', async () => {
    const { issuer, accessToken } = await someoneSignedIn();
    const keys = createRemoteJWKSet(new URL((await discover(issuer)).jwks_uri));
    const [header, , signature] = accessToken.split('.');
    const claims = Buffer.from(JSON.stringify({ iss: issuer, username: 'eve', exp: 4_102_444_800 })).toString(
      'base64url',
    );
    const forged = [header, claims, signature].join('.');
    expect(decodeProtectedHeader(forged)).toEqual(decodeProtectedHeader(accessToken));
    await expect(jwtVerify(forged, keys)).rejects.toMatchObject({ code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' });
  });
});

test('a process with the variables that npm start exports trusts the https port with no further word', async () => {
  const { millpond } = await running();
  const someone = await someoneSignedIn();
  const program = fileURLToPath(new URL('verifying-process.ts', import.meta.url));
  const child = spawn(process.execPath, [program], {
    env: Object.fromEntries(exportedVariables(millpond)),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(someone));
  expect(JSON.parse(await text(child.stdout))).toEqual({ aws: 'ada', jose: 'ada' });
});
