/** Who needs a signature, and how one that is missing or broken is refused. */
import { describe, expect, test } from 'vitest';
import { UpdateManagedLoginBranding } from '../../lambdas/branding/operations/UpdateManagedLoginBranding.ts';
import type { Operation } from '../../lambdas/core/contract/operation.ts';
import type { SignatureCheck } from '../../lambdas/core/ports/signature-check.ts';
import { DescribeUserPool } from '../../lambdas/pools/operations/DescribeUserPool.ts';
import { operationTable, storelessEntry, withHandle } from '../support/entries.ts';
import { inProcess, jsonHeaders, signature } from '../support/wire.ts';

const unsigned = [
  'AssociateSoftwareToken',
  'ChangePassword',
  'CompleteWebAuthnRegistration',
  'ConfirmDevice',
  'ConfirmForgotPassword',
  'ConfirmSignUp',
  'DeleteUser',
  'DeleteUserAttributes',
  'DeleteWebAuthnCredential',
  'ForgetDevice',
  'ForgotPassword',
  'GetDevice',
  'GetTokensFromRefreshToken',
  'GetUser',
  'GetUserAttributeVerificationCode',
  'GetUserAuthFactors',
  'GlobalSignOut',
  'InitiateAuth',
  'ListDevices',
  'ListUserSessions',
  'ListWebAuthnCredentials',
  'ResendConfirmationCode',
  'RespondToAuthChallenge',
  'RevokeToken',
  'RevokeUserSession',
  'SetUserMFAPreference',
  'SetUserSettings',
  'SignUp',
  'StartWebAuthnRegistration',
  'UpdateAuthEventFeedback',
  'UpdateDeviceStatus',
  'UpdateUserAttributes',
  'VerifySoftwareToken',
  'VerifyUserAttribute',
];

/** Its secret says who calls, so nobody has to sign, though the SDK does. */
const knownBySecret = 'GetClientToken';

/** A body that is refused by the step after authentication. */
const past = { body: '[' };
const pastIt = { __type: 'SerializationException', message: 'Unexpected token in request body' };

const all = inProcess(storelessEntry().entry);

describe('A signature', () => {
  test.each(Object.keys(operationTable).filter((name) => ![...unsigned, knownBySecret].includes(name)))(
    'is asked for by %s (pools-and-users 10)',
    async (name) => {
      const answer = await all({ headers: jsonHeaders(name), ...past });

      expect(answer.json).toEqual({
        __type: 'MissingAuthenticationTokenException',
        message: 'Missing Authentication Token',
      });
      expect((await all({ headers: { ...jsonHeaders(name), ...signature() }, ...past })).json).toEqual(pastIt);
    },
  );

  test('is not asked for by GetClientToken', async () => {
    expect((await all({ headers: jsonHeaders(knownBySecret), ...past })).json).toEqual(pastIt);
  });

  test.each(unsigned)('is not asked for by %s (pools-and-users 10)', async (name) => {
    expect((await all({ headers: jsonHeaders(name), ...past })).json).toEqual(pastIt);
  });

  test('is not looked at where none is needed', async () => {
    const answer = await all({ headers: { ...jsonHeaders('SignUp'), authorization: 'nonsense' }, ...past });

    expect(answer.json).toEqual(pastIt);
  });

  test.each([
    ['AWS4-HMAC-SHA256 Signature=0, SignedHeaders=host', "Authorization header requires 'Credential' parameter. "],
    [
      'Bearer xyz',
      "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. " +
        "Authorization header requires 'SignedHeaders' parameter. ",
    ],
  ])('that reads %j is named incomplete', async (authorization, message) => {
    const answer = await all({ headers: { ...jsonHeaders('DescribeUserPool'), authorization }, ...past });

    expect(answer.json).toEqual({
      __type: 'IncompleteSignatureException',
      message: `${message}Authorization=${authorization}`,
    });
  });

  test.each([
    ['AKID/20261120/us-east-1/aws4_request', 'IncompleteSignatureException'],
    ['AKID/20261120/US_EAST/cognito-idp/aws4_request', 'InvalidSignatureException'],
  ])('with the credential %s gets %s', async (credential, name) => {
    const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0`;
    const answer = await all({ headers: { ...jsonHeaders('DescribeUserPool'), authorization }, ...past });

    expect(answer.json).toMatchObject({ __type: name });
  });
});

describe('The region of a call', () => {
  const regionOf = async (operation: Operation, headers: Record<string, string>, settings = {}): Promise<unknown> => {
    const seen: unknown[] = [];
    const keep = withHandle(operation, async (_input, _ports, call) => void seen.push(call));
    const { entry } = storelessEntry(keep, { settings: { issuerBase: 'http://localhost', ...settings } });
    await inProcess(entry)({
      headers: { ...jsonHeaders(operation.name), ...headers },
      body: JSON.stringify({ UserPoolId: 'eu-west-1_Ab1' }),
    });
    return seen[0];
  };

  test('is the one that was signed for', async () => {
    expect(await regionOf(DescribeUserPool, signature('eu-west-1'))).toMatchObject({
      region: 'eu-west-1',
      account: '000000000000',
      partition: 'aws',
      sourceIp: '127.0.0.1',
    });
  });

  test('is that of the deployment where nobody signed', async () => {
    const open: Operation = { ...DescribeUserPool, caller: { kind: 'public', access: 'Read' } };

    expect(await regionOf(open, {})).toMatchObject({ region: 'us-east-1' });
    expect(await regionOf(open, {}, { region: 'eu-north-1', account: '111122223333' })).toMatchObject({
      region: 'eu-north-1',
      account: '111122223333',
    });
  });
});

describe('Checked signatures', () => {
  const identity = {
    arn: 'arn:aws:iam::111122223333:user/ada',
    account: '111122223333',
    region: 'eu-west-1',
    keyId: 'AKIAAAAAAAAAAAAAAAAA',
    principals: [{ name: 'ada', createdAt: 0 }],
    name: 'ada',
    tags: {},
    policies: [],
  };

  test('settle account and region of the call, and what is asked of the policies', async () => {
    const asked: unknown[] = [];
    const signatures: SignatureCheck = {
      verify: async () => identity,
      authorize: async (who, access) => void asked.push([who, access]),
    };
    const calls: unknown[] = [];
    const keep = withHandle(DescribeUserPool, async (_input, _ports, call) => {
      calls.push(call);
      return {};
    });
    const input = { UserPoolId: 'eu-west-1_Ab1' };
    const answer = await inProcess(storelessEntry(keep, { signatures }).entry)({
      headers: { ...jsonHeaders('DescribeUserPool'), ...signature('eu-west-1') },
      body: JSON.stringify(input),
    });

    expect(answer.status).toBe(200);
    expect(asked).toEqual([
      [
        identity,
        {
          action: 'cognito-idp:DescribeUserPool',
          resource: 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Ab1',
          poolId: 'eu-west-1_Ab1',
          sourceIp: '127.0.0.1',
          input,
        },
      ],
    ]);
    expect(calls).toMatchObject([{ region: 'eu-west-1', account: '111122223333' }]);
  });

  test('are asked about everything where the one operation that need not name a pool names none', async () => {
    const asked: unknown[] = [];
    const signatures: SignatureCheck = {
      verify: async () => identity,
      authorize: async (_who, { resource, poolId }) => void asked.push([resource, poolId]),
    };
    const changing = withHandle(UpdateManagedLoginBranding, async () => ({}));
    const answer = await inProcess(storelessEntry(changing, { signatures }).entry)({
      headers: { ...jsonHeaders('UpdateManagedLoginBranding'), ...signature('eu-west-1') },
      body: '{}',
    });

    expect(answer.status).toBe(200);
    expect(asked).toEqual([['*', undefined]]);
  });
});
