/** The AWS CLI, with what `npm start` says to export: a person's story, its JSON, its complaints and exit codes. */
import { describe, expect, test } from 'vitest';
import { exportedVariables } from './exported-variables.ts';
import { type Ended, findPrograms, type Program, sayAbsent } from './outside-programs.ts';
import { ada, newPassword, runningService } from './running-service.ts';

const running = runningService();

/** Debian's own as well, where another comes first: it is years older. */
const programs = await findPrograms(['aws', '/usr/bin/aws'], ['--version']);

sayAbsent(programs, 'The AWS CLI is not tried, because there is no `aws`: install it with `apt-get install awscli`');

type Json = Readonly<Record<string, unknown>>;

/** The endpoint, the options of a command, and what came of it; where it succeeded, its JSON. */
interface Cli {
  readonly call: (command: string, options: Options) => Promise<Json>;
  readonly run: (command: string, options: Options) => Promise<Ended>;
  /** Of a service that refused. */
  readonly refusedStatus: number;
}

type Options = Readonly<Record<string, string | readonly string[]>>;

async function cliOf(program: Program): Promise<Cli> {
  const { endpoint, millpond } = await running();
  const { major, readsEndpoint } = traitsOf(program);
  const environment = exportedVariables(millpond);
  const where = readsEndpoint ? [] : ['--endpoint-url', endpoint];
  const run = (command: string, options: Options) => {
    const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, ...[value].flat()]);
    return program.run(['cognito-idp', command, ...where, ...args], environment);
  };
  return {
    run,
    async call(command, options) {
      const { status, output, complaints } = await run(command, options);
      if (status !== 0) throw new Error(`${command} ended with ${status}: ${complaints}`);
      return output === '' ? {} : JSON.parse(output);
    },
    refusedStatus: major === 1 ? 255 : 254,
  };
}

/** Those from before July 2023 have to be told the endpoint in each call. */
function traitsOf({ version }: Program) {
  const [major = 0, minor = 0] = version.replace('aws-cli/', '').split('.').map(Number);
  return { major, readsEndpoint: major === 1 ? minor >= 29 : major > 2 || minor >= 13 };
}

/** Where the service answers with a structure, it is that. */
const member = (answer: Json, name: string): Json => answer[name] as Json;

const { username, email, password } = ada;

async function aPlace({ call }: Cli): Promise<{ readonly poolId: string; readonly clientId: string }> {
  const pool = await call('create-user-pool', { 'pool-name': 'people', 'auto-verified-attributes': 'email' });
  const poolId = String(member(pool, 'UserPool')['Id']);
  const client = await call('create-user-pool-client', {
    'user-pool-id': poolId,
    'client-name': 'web',
    'explicit-auth-flows': ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  });
  return { poolId, clientId: String(member(client, 'UserPoolClient')['ClientId']) };
}

describe.concurrent.each(programs.map((program) => ({ program, version: program.version })))(
  'The AWS CLI, $version,',
  { timeout: 60_000 },
  ({ program }) => {
    test('names the refusal, and ends with the status of one (auth-flows 2)', async () => {
      const { aPool, aClient, aUser } = await running();
      const pool = await aPool();
      const client = await aClient(pool);
      await aUser(pool, { username: 'Ådå' });
      const { run, refusedStatus } = await cliOf(program);
      const ended = await run('initiate-auth', {
        'client-id': client.id,
        'auth-flow': 'USER_PASSWORD_AUTH',
        'auth-parameters': 'USERNAME=Ådå,PASSWORD=Wrong-1843',
      });
      expect(ended).toEqual({
        status: refusedStatus,
        output: '',
        complaints: expect.stringMatching(
          /\(NotAuthorizedException\) when calling the InitiateAuth operation: Incorrect username or password\.\n$/,
        ),
      });
    });

    test('goes through the pages of a list by itself, and picks from them', async () => {
      const { aPool, aUser } = await running();
      const pool = await aPool();
      for (const username of ['ada', 'bob', '紫式部']) await aUser(pool, { username });
      const { call } = await cliOf(program);
      const names = await call('list-users', {
        'user-pool-id': pool.id,
        'page-size': '2',
        query: 'sort(Users[].Username)',
      });
      expect(names).toEqual(['ada', 'bob', '紫式部']);
    });

    test('prints nothing where the answer is empty', async () => {
      const { aPool } = await running();
      const { id } = await aPool();
      const { run } = await cliOf(program);
      const nothing = { status: 0, output: '', complaints: '' };
      expect(await run('delete-user-pool', { 'user-pool-id': id })).toEqual(nothing);
    });
  },
);

/** It takes a dozen starts of a slow program: once, by the one that Debian brings. */
test.concurrent.each(programs.slice(-1))(
  'The AWS CLI, $version, goes with a person from sign-up to global sign-out',
  { timeout: 60_000 },
  async (program) => {
    const { call: ask, outbox } = await running();
    const cli = await cliOf(program);
    const { call } = cli;
    const { poolId, clientId } = await aPlace(cli);
    const account = { 'client-id': clientId, username };
    const code = async () => ({ 'confirmation-code': await outbox.codeFor({ poolId, username }) });

    const signedUp = await call('sign-up', { ...account, password, 'user-attributes': `Name=email,Value=${email}` });
    expect(signedUp).toMatchObject({ UserConfirmed: false, CodeDeliveryDetails: { Destination: 'a***@e***' } });
    await call('confirm-sign-up', { ...account, ...(await code()) });
    await call('forgot-password', account);
    await call('confirm-forgot-password', { ...account, ...(await code()), password: newPassword });

    const byAdministrator = (flow: string, parameters: string) =>
      call('admin-initiate-auth', {
        'user-pool-id': poolId,
        'client-id': clientId,
        'auth-flow': flow,
        'auth-parameters': parameters,
      });
    const isAda = { 'user-pool-id': poolId, username };
    await call('admin-set-user-password', { ...isAda, password, 'no-permanent': [] });
    const challenge = await byAdministrator('ADMIN_USER_PASSWORD_AUTH', `USERNAME=${username},PASSWORD=${password}`);
    expect(challenge).toMatchObject({ ChallengeName: 'NEW_PASSWORD_REQUIRED' });
    const signedIn = await call('admin-respond-to-auth-challenge', {
      'user-pool-id': poolId,
      'client-id': clientId,
      'challenge-name': 'NEW_PASSWORD_REQUIRED',
      session: String(challenge['Session']),
      'challenge-responses': `USERNAME=${username},NEW_PASSWORD=${newPassword}`,
    });
    const { AccessToken, RefreshToken } = member(signedIn, 'AuthenticationResult');
    const token = { 'access-token': String(AccessToken) };
    const [person, refreshed] = await Promise.all([
      call('get-user', token),
      byAdministrator('REFRESH_TOKEN_AUTH', `REFRESH_TOKEN=${RefreshToken}`),
    ]);
    expect(person).toMatchObject({
      Username: username,
      UserAttributes: expect.arrayContaining([{ Name: 'email_verified', Value: 'true' }]),
    });
    expect(member(refreshed, 'AuthenticationResult')).toMatchObject({ TokenType: 'Bearer', ExpiresIn: 3600 });

    await call('admin-user-global-sign-out', isAda);
    const later = ask('GetUser', { AccessToken });
    await expect(later).rejects.toThrow('Access Token has been revoked');
    const again = await byAdministrator('ADMIN_NO_SRP_AUTH', `USERNAME=${username},PASSWORD=${newPassword}`);
    const last = String(member(again, 'AuthenticationResult')['AccessToken']);
    await call('global-sign-out', { 'access-token': last });
    await expect(ask('GetUser', { AccessToken: last })).rejects.toThrow('Access Token has been revoked');
  },
);
