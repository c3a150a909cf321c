/** A service that was started with a trigger map, as a process of its own and inside a test. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  AdminConfirmSignUpCommand,
  AdminGetUserCommand,
  AdminLinkProviderForUserCommand,
  CognitoIdentityProviderClient,
  ConfirmSignUpCommand,
  CreateIdentityProviderCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type MillpondOptions, startMillpond } from '../../../bin/start-millpond.ts';
import { builders } from '../../support/builders.ts';
import { repository } from '../../support/fixture-tree.ts';
import { neededDetails } from '../../support/providers.ts';
import { aDataFolder, runToEnd, serve } from '../../support/served-process.ts';
import { aFolder, edit } from './a-function.ts';

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:greet';

const confirming = (nickname: string): string =>
  `export const handler = async (event) => {
    if (event.userName === '${nickname}') throw new Error('Not ${nickname}');
    event.response.autoConfirmUser = true;
    console.error('confirms', event.userName);
    return event;
  };`;

const clientOf = (endpoint: string) =>
  new CognitoIdentityProviderClient({
    endpoint,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });

/** Signs people up in a new pool whose PreSignUp is this function. */
async function signingUp(endpoint: string, PreSignUp: string) {
  const client = clientOf(endpoint);
  const { aPool, aClient } = builders(client);
  const pool = await aPool({ LambdaConfig: { PreSignUp } });
  const { id: ClientId } = await aClient(pool);
  const signUp = (Username: string) =>
    client.send(new SignUpCommand({ ClientId, Username, Password: 'Correct-Horse-9' })).then(
      ({ UserConfirmed }) => UserConfirmed,
      (error: Error) => `${error.name}: ${error.message}`,
    );
  return { pool, signUp };
}

async function aMap(functions: object, files: Readonly<Record<string, string>> = {}): Promise<string> {
  return join(await aFolder({ 'triggers.json': JSON.stringify({ functions }), ...files }), 'triggers.json');
}

async function started(options: MillpondOptions) {
  const service = await startMillpond({ memory: true, quiet: true, ...options });
  onTestFinished(() => service.close());
  return service;
}

describe('npm start with a trigger map', () => {
  test('runs modules, in their newest form, and outlives what they do (triggers-and-messages 28)', async () => {
    const map = await aMap({ greet: { module: './greet.mjs' } }, { 'greet.mjs': confirming('nobody') });
    const module = join(map, '../greet.mjs');
    const options = ['--triggers', map, '--trigger-timeout', '1500', '--trigger-attempts', '2'];
    const { endpoint, complaints, end } = await serve({ data: await aDataFolder(), options });
    const { signUp } = await signingUp(endpoint, arn);

    expect(await signUp('ada')).toBe(true);
    await vi.waitFor(() => expect(complaints()).toContain('[greet] confirms ada\n'));
    await edit(module, confirming('bob'));
    expect(await signUp('bob')).toBe('UserLambdaValidationException: PreSignUp failed with error Not bob.');

    await edit(module, 'export const handler = () => { for (;;); };');
    expect(await signUp('cy')).toBe(
      'UnexpectedLambdaException: PreSignUp invocation failed due to error Socket timeout while invoking Lambda function.',
    );
    expect((await fetch(`${endpoint}/health`)).status).toBe(200);

    await edit(module, 'export const handler = async () => process.exit(3);');
    expect(await signUp('cy')).toMatch(
      /^UserLambdaValidationException: PreSignUp failed with error RequestId: \S+ Error: Runtime exited with error: exit status 3\.$/,
    );
    await edit(module, confirming('nobody'));
    expect(await signUp('cy')).toBe(true);
    expect(await end('SIGTERM')).toBe(0);
  }, 60_000);

  test('says which function of which pool is not in the map, and skips none (triggers-and-messages 8)', async () => {
    const [data, map] = [await aDataFolder(), await aMap({ other: { lambda: true } })];
    const first = await serve({ data, options: ['--triggers', map] });
    const { signUp, pool } = await signingUp(first.endpoint, arn);
    expect(await signUp('ada')).toBe(
      'UnexpectedLambdaException: PreSignUp invocation failed due to error ResourceNotFoundException.',
    );
    expect(first.complaints()).toBe(`The trigger map ${map} has no function ${arn}.\n`);
    await first.end('SIGTERM');
    const second = await serve({ data, options: ['--triggers', map] });
    const line = `Pool ${pool.id} names the function ${arn}, which is not in the trigger map.\n`;
    await vi.waitFor(() => expect(second.complaints()).toBe(line));
    await second.end('SIGTERM');
  }, 60_000);

  test('ends with code 2 and one sentence where the map is wrong', async () => {
    expect(await runToEnd(['--memory', '--triggers', 'none.json'])).toEqual({
      status: 2,
      printed: '',
      complaints: `The trigger map ${join(tmpdir(), 'none.json')} cannot be read (ENOENT).\n`,
    });
    const map = await aMap({ greet: { module: './gone.mjs' } });
    const { status, complaints } = await runToEnd(['--memory', '--triggers', map]);
    expect(status).toBe(2);
    expect(complaints).toBe(`${map}: functions["greet"].module ${join(map, '../gone.mjs')} cannot be read.\n`);
    const folder = await aMap({ greet: { module: '.' } });
    expect((await runToEnd(['--memory', '--triggers', folder])).complaints).toBe(
      `${folder}: functions["greet"].module ${join(folder, '..')} is a folder: name the file in it.\n`,
    );
  });
});

describe('A function of the trigger map', () => {
  const confirmation = join(repository, 'test/triggers/samples/post-confirmation.ts');
  const admin = (endpoint: string) => ({ client: clientOf(endpoint), ...builders(clientOf(endpoint)) });

  test('changes the very user that it runs for, and nobody waits for the other (triggers-and-messages 29)', async () => {
    const { endpoint } = await started({ triggers: await aMap({ '*': { module: confirmation } }) });
    const { client, aPool, aClient } = admin(endpoint);
    const { id: UserPoolId } = await aPool({ LambdaConfig: { PostConfirmation: arn } });
    const { id: ClientId } = await aClient({ id: UserPoolId });
    await client.send(
      new CreateIdentityProviderCommand({
        UserPoolId,
        ProviderName: 'Google',
        ProviderType: 'Google',
        ProviderDetails: { ...neededDetails.Google },
      }),
    );
    const people = ['ada', 'bob', 'cy', 'dan', 'eve', 'flo'];
    const confirmed = people.map(async (Username) => {
      await client.send(new SignUpCommand({ ClientId, Username, Password: 'Correct-Horse-9' }));
      const ClientMetadata = { provider: 'Google' };
      await client.send(new AdminConfirmSignUpCommand({ UserPoolId, Username, ClientMetadata }));
      return client.send(new AdminGetUserCommand({ UserPoolId, Username }));
    });
    for (const { UserStatus, UserAttributes } of await Promise.all(confirmed)) {
      expect(UserStatus).toBe('CONFIRMED');
      expect(UserAttributes).toContainEqual({ Name: 'nickname', Value: 'welcome' });
      expect(UserAttributes).toContainEqual({ Name: 'identities', Value: expect.stringContaining('Google') });
    }
    // What is linked already cannot be linked again: the link of the function was a real one.
    const again = new AdminLinkProviderForUserCommand({
      UserPoolId,
      DestinationUser: { ProviderName: 'Cognito', ProviderAttributeValue: 'bob' },
      SourceUser: {
        ProviderName: 'Google',
        ProviderAttributeName: 'Cognito_Subject',
        ProviderAttributeValue: 'of-ada',
      },
    });
    await expect(client.send(again)).rejects.toThrow();
  }, 60_000);

  test('has the rights of a principal where signatures are checked, and of none unless the map names it', async () => {
    const module = { module: confirmation };
    const map = await aMap({ named: { ...module, environment: { AWS_PROFILE: 'millpond' } }, other: module });
    const service = await started({
      triggers: map,
      signatures: 'strict',
      seed: [
        {
          pools: ['named', 'other'].map((name) => ({
            name,
            settings: {
              AutoVerifiedAttributes: ['email'],
              LambdaConfig: { PostConfirmation: arn.replace('greet', name) },
            },
            clients: [{ name: 'web' }],
          })),
        },
      ],
    });
    const client = clientOf(service.endpoint);
    const confirm = async (pool: string) => {
      const of = { ClientId: service.seeded.pools[pool]?.clients['web']?.id, Username: 'ada' };
      const UserAttributes = [{ Name: 'email', Value: `ada@${pool}.example` }];
      await client.send(new SignUpCommand({ ...of, Password: 'Correct-Horse-9', UserAttributes }));
      const { code } = await service.outbox.wait({ to: `ada@${pool}.example` }).then((message) => ({ ...message }));
      return client.send(new ConfirmSignUpCommand({ ...of, ConfirmationCode: code ?? '' }));
    };
    expect((await confirm('named')).$metadata.httpStatusCode).toBe(200);
    await expect(confirm('other')).rejects.toMatchObject({
      name: 'UserLambdaValidationException',
      message: expect.stringContaining('credentials'),
    });
  }, 60_000);

  test('may be at a URL, at an endpoint, and behind the wildcard (triggers-and-messages 28)', async () => {
    const asked: unknown[] = [];
    const runner = createServer(async (message, response) => {
      const event = JSON.parse(await text(message));
      asked.push([message.url, message.headers['x-amz-invocation-type'], event.triggerSource]);
      response.end(JSON.stringify({ ...event, response: { autoConfirmUser: true } }));
    }).listen(0, '127.0.0.1');
    await once(runner, 'listening');
    onTestFinished(() => void runner.close());
    // A server that listens on a port has an address of this form.
    const url = `http://127.0.0.1:${(runner.address() as AddressInfo).port}`;
    const triggers = await aMap({
      hook: { url: `${url}/hook` },
      named: { endpoint: url },
      '*': { endpoint: `${url}/all` },
    });
    const { endpoint } = await started({ triggers });
    for (const name of ['hook', 'named', 'other:live']) {
      const { signUp } = await signingUp(endpoint, arn.replace('greet', name));
      expect(await signUp('ada')).toBe(true);
    }
    expect(asked).toEqual(
      [
        '/hook',
        '/2015-03-31/functions/named/invocations',
        '/all/2015-03-31/functions/other/invocations?Qualifier=live',
      ].map((path) => [path, 'RequestResponse', 'PreSignUp_SignUp']),
    );
  });

  test('that fails where nobody waits for it has its failure on the page', async () => {
    const failing = 'export const handler = async () => { throw new Error("no mail today"); };';
    const triggers = await aMap({ greet: { module: './greet.mjs' } }, { 'greet.mjs': failing });
    const { endpoint } = await started({ triggers });
    const { client, aPool, aClient } = admin(endpoint);
    const LambdaConfig = {
      CustomEmailSender: { LambdaVersion: 'V1_0' as const, LambdaArn: arn },
      KMSKeyID: 'arn:aws:kms:us-east-1:000000000000:key/11111111-2222-4333-8444-555555555555',
    };
    const { id: ClientId } = await aClient(await aPool({ LambdaConfig, AutoVerifiedAttributes: ['email'] }));
    const UserAttributes = [{ Name: 'email', Value: 'ada@example.com' }];
    await client.send(new SignUpCommand({ ClientId, Username: 'ada', Password: 'Correct-Horse-9', UserAttributes }));
    await vi.waitFor(
      async () => {
        const { invocations } = JSON.parse(await (await fetch(`${endpoint}/_local/triggers/invocations`)).text());
        expect(invocations).toMatchObject([
          { triggerSource: 'CustomEmailSender_SignUp', error: expect.stringContaining('no mail today') },
        ]);
      },
      { timeout: 10_000 },
    );
  });

  test('of this very process has its invocations on the page as well', async () => {
    const { endpoint } = await started({
      triggers: {
        [arn]: (event: { readonly response: object }) => ({ ...event, response: { autoConfirmUser: true } }),
      },
    });
    const { signUp, pool } = await signingUp(endpoint, arn);
    expect(await signUp('ada')).toBe(true);
    const answer = await fetch(`${endpoint}/_local/triggers/invocations`);
    expect(await answer.json()).toMatchObject({
      invocations: [{ arn, poolId: pool.id, triggerSource: 'PreSignUp_SignUp', response: { userName: 'ada' } }],
    });
    expect(await (await fetch(`${endpoint}/_local/triggers`)).text()).toContain('PreSignUp_SignUp');
  });
});
