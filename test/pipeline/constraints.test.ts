/** How inputs that break a bound are refused, byte for byte, by the operations themselves. */
import { describe, expect, test } from 'vitest';
import { DescribeUserPool } from '../../lambdas/pools/operations/DescribeUserPool.ts';
import { operationTable, storelessEntry, withHandle } from '../support/entries.ts';
import { inProcess, jsonHeaders, signature, type Wire } from '../support/wire.ts';

const pool = 'us-east-1_Ab1';
const client = '1example23456789';

const send = async (operation: string, input: object, wire: Wire = inProcess(storelessEntry().entry)) =>
  wire({ headers: { ...jsonHeaders(operation), ...signature() }, body: JSON.stringify(input) });

async function messageOf(operation: string, input: object): Promise<string> {
  const { status, json } = await send(operation, input);
  expect(status).toBe(400);
  expect(json).toMatchObject({ __type: 'InvalidParameterException', message: expect.any(String) });
  // Just asserted to be there.
  return (json as { message: string }).message;
}

/** The order of clauses differs from report to report. */
function clausesOf(message: string): { readonly count: number; readonly clauses: ReadonlySet<string> } {
  const [, count, clauses = ''] = /^(\d+) validation errors? detected: (.*)$/s.exec(message) ?? [];
  return { count: Number(count), clauses: new Set(clauses.split('; ')) };
}

describe('The bounds of an input', () => {
  test('are named in the words of the API (pools-and-users 4)', async () => {
    expect(await messageOf('DescribeUserPool', { UserPoolId: 'YOUR-USER-POOL-ID' })).toBe(
      "1 validation error detected: Value 'YOUR-USER-POOL-ID' at 'userPoolId' failed to satisfy constraint: " +
        String.raw`Member must satisfy regular expression pattern: [\w-]+_[0-9a-zA-Z]+`,
    );
  });

  test('are reported all at once, counted and parted by semicolons (pools-and-users 4)', async () => {
    const message = await messageOf('ListUsers', { UserPoolId: 'x', Limit: 61 });

    expect(message).toMatch(/^2 validation errors detected: /);
    expect(clausesOf(message)).toEqual({
      count: 2,
      clauses: new Set([
        String.raw`Value 'x' at 'userPoolId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w-]+_[0-9a-zA-Z]+`,
        "Value '61' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 60",
      ]),
    });
  });

  test('never quote what is sensitive (pools-and-users 5)', async () => {
    const secret = 'Sw0rdfish-that-nobody-may-see';
    const long = secret.padEnd(3000, '!');
    const messages = await Promise.all([
      messageOf('SignUp', {
        ClientId: `${client} ${secret}`,
        Username: `${secret} x`,
        Password: ` ${long}`,
        SecretHash: secret.padEnd(200, ' '),
      }),
      messageOf('GetUser', { AccessToken: `${secret} x` }),
      messageOf('AdminSetUserPassword', { UserPoolId: pool, Username: `a ${secret}`, Password: long }),
      messageOf('ConfirmForgotPassword', { ClientId: client, Username: 'a', ConfirmationCode: '1', Password: long }),
      messageOf('RespondToAuthChallenge', { ClientId: client, ChallengeName: 'SMS_MFA', Session: long }),
      messageOf('RevokeToken', { ClientId: client, Token: `${secret} x`, ClientSecret: `${secret} x` }),
      messageOf('AdminUpdateUserAttributes', {
        UserPoolId: pool,
        Username: 'a',
        UserAttributes: [{ Name: 'email', Value: long }],
      }),
    ]);

    for (const message of messages) expect(message).not.toContain(secret);
    expect(messages[1]).toBe(
      "1 validation error detected: Value at 'accessToken' failed to satisfy constraint: " +
        'Member must satisfy regular expression pattern: [A-Za-z0-9-_=.]+',
    );
  });

  test('of a list of texts are reported once, with every rule of its elements (pools-and-users 6)', async () => {
    const message = await messageOf('CreateUserPoolClient', {
      UserPoolId: pool,
      ClientName: 'c',
      LogoutURLs: ['', ''],
    });

    expect(message).toMatch(
      /^1 validation error detected: Value '\[, \]' at 'logoutURLs' failed to satisfy constraint: Member must satisfy constraint: \[Member must have length less than or equal to 1024, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: .+\]$/,
    );
  });

  test('of structures in a list are reported by their position (pools-and-users 6)', async () => {
    const message = await messageOf('AddCustomAttributes', {
      UserPoolId: pool,
      CustomAttributes: [{ Name: 'fine' }, { Name: 'a_name_that_is_too_long' }],
    });

    expect(message).toBe(
      "1 validation error detected: Value 'a_name_that_is_too_long' at 'customAttributes.2.member.name' failed to " +
        'satisfy constraint: Member must have length less than or equal to 20',
    );
  });

  test('of the schema of a pool are reported as the service does (pools-and-users 6)', async () => {
    const message = await messageOf('CreateUserPool', { PoolName: 'p', Schema: [{ Name: 'phone_number_verified' }] });

    expect(message).toBe(
      "1 validation error detected: Value 'phone_number_verified' at 'schema.1.member.name' failed to satisfy " +
        'constraint: Member must have length less than or equal to 20',
    );
  });

  test('name the values of an enumeration (pools-and-users 6)', async () => {
    const message = await messageOf('CreateUserPool', { PoolName: 'p', MfaConfiguration: 'MAYBE' });
    const [, values = ''] = /Member must satisfy enum value set: \[(.*)\]$/.exec(message) ?? [];

    expect(message).toMatch(/^1 validation error detected: Value 'MAYBE' at 'mfaConfiguration' failed/);
    expect(new Set(values.split(', '))).toEqual(new Set(['OFF', 'ON', 'OPTIONAL']));
  });

  test.each([
    [
      'ListUserPools',
      { MaxResults: 0 },
      "Value '0' at 'maxResults'",
      'Member must have value greater than or equal to 1',
    ],
    [
      'ListUserPools',
      { MaxResults: 61 },
      "Value '61' at 'maxResults'",
      'Member must have value less than or equal to 60',
    ],
    ['ListUserPools', {}, "Value null at 'maxResults'", 'Member must not be null'],
    ['GetUser', {}, "Value at 'accessToken'", 'Member must not be null'],
    [
      'CreateUserPool',
      { PoolName: '' },
      "Value '' at 'poolName'",
      'Member must have length greater than or equal to 1',
    ],
  ])('of %s with %j are %s', async (operation, input, value, rule) => {
    const message = await messageOf(operation, input);

    expect(clausesOf(message).clauses).toContain(`${value} failed to satisfy constraint: ${rule}`);
  });

  test('leave members alone that nobody knows, and take null for absent (pools-and-users 3)', async () => {
    const seen: unknown[] = [];
    const CreateUserPool = operationTable['CreateUserPool'];
    if (CreateUserPool === undefined) throw new Error('There is no CreateUserPool');
    const keep = withHandle(CreateUserPool, async (input) => {
      seen.push(input);
      return {};
    });
    const input = {
      PoolName: 'p',
      Unknown: { deep: [1] },
      poolname: 'another case',
      MfaConfiguration: null,
      AutoVerifiedAttributes: ['email', null],
      Policies: { PasswordPolicy: { MinimumLength: 12, RequireSymbols: null, Unknown: 1 } },
      UserPoolTags: { a: 'b', c: null },
    };

    expect(await send('CreateUserPool', input, inProcess(storelessEntry(keep).entry))).toMatchObject({ status: 200 });
    expect(seen).toEqual([
      {
        PoolName: 'p',
        AutoVerifiedAttributes: ['email'],
        Policies: { PasswordPolicy: { MinimumLength: 12 } },
        UserPoolTags: { a: 'b' },
      },
    ]);
  });

  test('are looked at after the signature and before anything is read', async () => {
    const wire = inProcess(storelessEntry(withHandle(DescribeUserPool, () => Promise.reject(new Error('read')))).entry);
    const unsigned = await wire({ headers: jsonHeaders('DescribeUserPool'), body: 'not JSON' });

    expect(unsigned.json).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
    expect((await send('DescribeUserPool', { UserPoolId: 'x' }, wire)).json).toMatchObject({
      __type: 'InvalidParameterException',
    });
  });
});
