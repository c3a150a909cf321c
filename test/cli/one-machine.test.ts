/** `millpond` against the service on one machine that checks signatures: from the first key to the end of another. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  ListUserPoolsCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { fromIni } from '@aws-sdk/credential-providers';
import { afterAll, describe, expect, test } from 'vitest';
import { type StillMillpond, startMillpond } from '../../bin/start-millpond.ts';
import { exportedVariables } from '../clients/exported-variables.ts';
import { findPrograms, sayAbsent } from '../clients/outside-programs.ts';
import { refused } from '../support/refused.ts';
import { sdkClientOf } from '../support/sdk-client.ts';
import { cliPlace } from './cli-place.ts';
import { type Person, program } from './cli-process.ts';

const { aPerson } = cliPlace();

let running: Promise<StillMillpond> | undefined;
const started = (): Promise<StillMillpond> => {
  running ??= startMillpond({ memory: true, quiet: true, signatures: 'strict', clock: 'still' });
  return running;
};
afterAll(async () => (await running)?.close());

const clis = await findPrograms(['aws', '/usr/bin/aws'], ['--version']);
sayAbsent(clis, 'The AWS CLI is not tried, because there is no `aws`: install it with `apt-get install awscli`');

const readers = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'cognito-idp:List*', Resource: '*' } };
const secrets = /aws_secret_access_key = (\S+)/g;

/** At the terminal into which the lines of `npm start` were pasted. */
async function anAdministrator(): Promise<Person> {
  const service = await started();
  const variables = Object.fromEntries(exportedVariables(service));
  return aPerson({ ...variables, MILLPOND_ENDPOINT: service.endpoint }, { 'readers.json': JSON.stringify(readers) });
}

/** What is printed; a complaint fails the test. */
async function does(person: Person, ...args: readonly string[]): Promise<string> {
  const { status, printed, complaints } = await person.run(args);
  if (status !== 0 || complaints !== '') throw new Error(`${args.join(' ')} ended with ${status}: ${complaints}`);
  return printed;
}

const nothing = 'nothing is refused';
const unknown = 'UnrecognizedClientException: The security token included in the request is invalid.';

/** Keys are known for half a minute after they were disabled. */
const keysToEnd = 31_000;

type Credentials = NonNullable<Parameters<typeof sdkClientOf>[2]>['credentials'];

async function lists(credentials: Credentials): Promise<string> {
  const { endpoint, clock } = await started();
  const systemClockOffset = clock.now() - Date.now();
  const client = sdkClientOf(endpoint, 'eu-west-1', { ...(credentials && { credentials }), systemClockOffset });
  return refused(client.send(new ListUserPoolsCommand({ MaxResults: 1 })));
}

const keyOf = ({ AccessKeyId, SecretAccessKey, SessionToken }: Readonly<Record<string, string>>) => ({
  accessKeyId: String(AccessKeyId),
  secretAccessKey: String(SecretAccessKey),
  ...(SessionToken !== undefined && { sessionToken: SessionToken }),
});

describe('On one machine with strict signatures', () => {
  test('a principal is made, works with a key of its own, and is ended', async () => {
    const { clock } = await started();
    const ada = await anAdministrator();
    await does(ada, 'policy', 'create', 'readers', '--document', 'readers.json');
    await does(ada, 'principal', 'create', 'reporting', '--policy', 'readers', '--tag', 'team=shop');
    const key = keyOf(JSON.parse(await does(ada, 'key', 'create', 'reporting')).AccessKey);
    expect(await lists(key)).toBe(nothing);
    const { endpoint } = await started();
    const create = sdkClientOf(endpoint, 'eu-west-1', { credentials: key }).send(
      new CreateUserPoolCommand({ PoolName: 'x' }),
    );
    expect(await refused(create)).toMatch(/^AccessDeniedException: User: \S+user\/reporting is not authorized/);
    expect(await does(ada, 'key', 'list', '--principal', 'reporting')).toMatch(
      new RegExp(`\n${key.accessKeyId}  reporting  Active  \\S+Z  \\d{4}-\\d\\d-\\d\\d\n$`),
    );

    await does(ada, 'key', 'disable', key.accessKeyId);
    clock.advance(keysToEnd);
    expect(await lists(key)).toBe(unknown);
    await does(ada, 'key', 'enable', key.accessKeyId);
    expect(await lists(key)).toBe(nothing);
    await does(ada, 'principal', 'disable', 'reporting');
    clock.advance(keysToEnd);
    expect(await lists(key)).toBe(unknown);
    expect(await ada.run(['policy', 'delete', 'readers'])).toMatchObject({
      status: 1,
      complaints: expect.stringMatching(/^DeleteConflictException: /),
    });
    expect(await does(ada, 'principal', 'delete', 'reporting')).toBe('Deleted principal reporting.\n');
    expect(await does(ada, 'policy', 'delete', 'readers')).toBe('Deleted policy readers.\n');
    expect(await ada.run(['key', 'list', '--principal', 'reporting'])).toMatchObject({
      status: 1,
      complaints: expect.stringMatching(/^NoSuchEntityException: /),
    });
  });

  test('a key is written to a profile that SDKs read, beside those that are there', async () => {
    const ada = await anAdministrator();
    await does(ada, 'principal', 'create', 'written', '--policy', 'MillpondReadOnlyAccess');
    const { credentials = '' } = await started();
    const before = await readFile(credentials, 'utf8');
    const printed = await does(ada, 'key', 'create', 'written', '--write-profile', 'written');
    const after = await readFile(credentials, 'utf8');
    expect(after.startsWith(before)).toBe(true);
    for (const [, secret] of after.matchAll(secrets)) expect(printed).not.toContain(secret);
    expect(await lists(fromIni({ profile: 'written', filepath: credentials, ignoreCache: true }))).toBe(nothing);
  });

  test('credentials last as long as was asked, and do what their maker may or less', async () => {
    const { clock } = await started();
    const ada = await anAdministrator();
    const made = JSON.parse(await does(ada, 'credentials', '--duration', '900'));
    expect(Date.parse(made.Expiration)).toBe(Math.floor(clock.now() / 1000) * 1000 + 900_000);
    expect(await lists(keyOf(made))).toBe(nothing);
    await writeFile(
      join(ada.home, 'less.json'),
      JSON.stringify({ ...readers, Statement: { ...readers.Statement, Effect: 'Deny' } }),
    );
    const less = keyOf(JSON.parse(await does(ada, 'credentials', '--policy', 'less.json')));
    expect(await lists(less)).toMatch(/^AccessDeniedException: .* with an explicit deny in a session policy$/);
  });

  test('kept messages are listed with their codes', async () => {
    const { endpoint, credentials = '' } = await started();
    const ada = await anAdministrator();
    const client = sdkClientOf(endpoint, 'us-east-1', {
      credentials: fromIni({ profile: 'millpond', filepath: credentials }),
    });
    const { UserPool } = await client.send(
      new CreateUserPoolCommand({ PoolName: 'people', AutoVerifiedAttributes: ['email'] }),
    );
    const { UserPoolClient } = await client.send(
      new CreateUserPoolClientCommand({ UserPoolId: UserPool?.Id, ClientName: 'web' }),
    );
    const UserAttributes = [{ Name: 'email', Value: 'bob@example.com' }];
    await client.send(
      new SignUpCommand({
        ClientId: UserPoolClient?.ClientId,
        Username: 'bob',
        Password: 'Analytical-1843',
        UserAttributes,
      }),
    );
    const { Messages } = JSON.parse(await does(ada, 'messages', '--pool', String(UserPool?.Id), '--json'));
    expect(Messages).toMatchObject([
      { Username: 'bob', To: 'bob@example.com', Code: expect.stringMatching(/^\d{6}$/) },
    ]);
    const table = await does(ada, 'messages', '--username', 'bob');
    expect(table.split('\n')).toEqual([
      expect.stringMatching(/^DATE +POOL +USERNAME +CHANNEL +TO +CODE +SUBJECT$/),
      expect.stringMatching(
        new RegExp(`^\\S+Z  ${UserPool?.Id}  bob +EMAIL +bob@example\\.com  ${Messages[0].Code}  \\S`),
      ),
      '',
    ]);
  });

  test('a wrong key, a policy that is none and a stranger are refused by name', async () => {
    const ada = await anAdministrator();
    const { credentials = '' } = await started();
    const [, secret = ''] = /aws_secret_access_key = (\S+)/.exec(await readFile(credentials, 'utf8')) ?? [];
    const keys = { AWS_PROFILE: '', AWS_ACCESS_KEY_ID: 'AKIAAAAAAAAAAAAAAAAA', AWS_SECRET_ACCESS_KEY: secret };
    expect(await ada.run(['policy', 'list'], { environment: keys })).toEqual({
      status: 1,
      printed: '',
      complaints: `${unknown}\n`,
    });
    await writeFile(join(ada.home, 'none.json'), '{"Statement": []}');
    expect(await ada.run(['policy', 'create', 'none', '--document', 'none.json'])).toMatchObject({
      status: 1,
      complaints: expect.stringMatching(/^MalformedPolicyDocument\w*: .*Statement/),
    });
    expect(await ada.run(['credentials', '--sts'])).toMatchObject({ status: 1, printed: '' });
  });
});

test.skipIf(clis.length === 0).each(clis.map((cli) => ({ cli, version: cli.version })))(
  'The AWS CLI, $version, works with a profile whose credential_process is millpond, until its principal is disabled',
  { timeout: 60_000 },
  async ({ cli }) => {
    const { endpoint, clock, credentials = '' } = await started();
    const ada = await anAdministrator();
    const name = `cli-${cli.version.replace(/\W/g, '-')}`;
    await does(ada, 'principal', 'create', name, '--policy', 'MillpondReadOnlyAccess');
    await does(ada, 'key', 'create', name, '--write-profile', name);
    const config = join(ada.home, 'config');
    const command = `${process.execPath} ${program} credentials --endpoint ${endpoint} --profile ${name} --region eu-west-1`;
    await writeFile(
      config,
      `[profile pools]\nregion = eu-west-1\nendpoint_url = ${endpoint}\ncredential_process = ${command}\n`,
    );
    const variables = { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials, AWS_PROFILE: 'pools' };
    const asks = (...args: readonly string[]) =>
      cli.run(['cognito-idp', ...args, '--endpoint-url', endpoint], Object.entries(variables));

    expect(await asks('list-user-pools', '--max-results', '1')).toMatchObject({ status: 0, complaints: '' });
    expect(await asks('create-user-pool', '--pool-name', 'x')).toMatchObject({
      complaints: expect.stringContaining('(AccessDeniedException) when calling the CreateUserPool operation: User: '),
    });
    await does(ada, 'principal', 'disable', name);
    clock.advance(keysToEnd);
    const { status, complaints } = await asks('list-user-pools', '--max-results', '1');
    expect(status).not.toBe(0);
    expect(complaints).toContain('The security token included in the request is invalid.');
    for (const [, secret = ''] of (await readFile(credentials, 'utf8')).matchAll(secrets))
      expect(complaints).not.toContain(secret);
  },
);
