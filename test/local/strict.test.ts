/** A service that checks signatures: its keys, its principals, its seeds, and who may reach it. */
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { Agent } from 'node:https';
import { networkInterfaces, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { CreateUserPoolCommand, ListUserPoolsCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Millpond, type MillpondOptions, startMillpond } from '../../bin/start-millpond.ts';
import { announcement } from '../../lambdas/adapters/local/announce.ts';
import { apiCaller, type Sign } from '../../lambdas/adapters/local/api-caller.ts';
import { readOptions } from '../../lambdas/adapters/local/options.ts';
import { ownHosts } from '../../lambdas/adapters/local/own-hosts.ts';
import { fromSaid, settle } from '../../lambdas/adapters/local/start-settings.ts';
import { signRequest } from '../../lambdas/adapters/sigv4/sign-request.ts';
import { refused } from '../support/refused.ts';
import { sdkClientOf } from '../support/sdk-client.ts';

async function started(options: MillpondOptions = {}): Promise<Millpond> {
  const kept = options.data === undefined ? { memory: true } : {};
  const service = await startMillpond({ quiet: true, signatures: 'strict', ...kept, ...options });
  onTestFinished(() => service.close());
  return service;
}

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'millpond-strict-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

interface Profile {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const fileOf = ({ credentials = '' }: Pick<Millpond, 'credentials'>): Promise<string> => readFile(credentials, 'utf8');

/** As SDKs read them. */
async function profilesOf(service: Pick<Millpond, 'credentials'>): Promise<Readonly<Record<string, Profile>>> {
  const form =
    /^\[(?<name>[^\]]+)\]\naws_access_key_id = (?<id>AKIA[A-Z2-7]{16})\naws_secret_access_key = (?<secret>\S{40})$/gm;
  const found = [...(await fileOf(service)).matchAll(form)].map(({ groups = {} }) => groups);
  return Object.fromEntries(
    found.map(({ name, id, secret }) => [name, { accessKeyId: String(id), secretAccessKey: String(secret) }]),
  );
}

async function clientOf(service: Millpond, profile = 'millpond') {
  const { [profile]: credentials } = await profilesOf(service);
  if (!credentials) throw new Error(`There is no profile ${profile}`);
  return sdkClientOf(service.endpoint, 'eu-west-1', { credentials });
}

const lists = async (service: Millpond, profile?: string): Promise<string> =>
  refused((await clientOf(service, profile)).send(new ListUserPoolsCommand({ MaxResults: 1 })));

const nothing = 'nothing is refused';
const unknown = 'UnrecognizedClientException: The security token included in the request is invalid.';

const allow = (...Action: readonly string[]) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
});
const reader = { name: 'reader', policy: allow('cognito-idp:List*') };

describe('A service with strict signatures', () => {
  test('lets in whoever has the key in its file, and nobody else', async () => {
    const service = await started();
    expect(await lists(service)).toBe(nothing);
    const { millpond } = await profilesOf(service);
    const wrong = { credentials: { accessKeyId: String(millpond?.accessKeyId), secretAccessKey: 'another' } };
    const client = sdkClientOf(service.endpoint, 'eu-west-1', wrong);
    expect(await refused(client.send(new ListUserPoolsCommand({ MaxResults: 1 })))).toMatch(/^InvalidSignature/);
    expect(await refused(sdkClientOf(service.endpoint).send(new ListUserPoolsCommand({ MaxResults: 1 })))).toBe(
      unknown,
    );
    await expect(apiCaller(service.endpoint, 'us-east-1')('ListUserPools', { MaxResults: 1 })).rejects.toMatchObject({
      code: 'InvalidSignatureException',
    });
  });

  test('serves every region, in its account', async () => {
    const service = await started({ account: '111122223333' });
    const { UserPool } = await (await clientOf(service)).send(new CreateUserPoolCommand({ PoolName: 'people' }));
    expect(UserPool?.Arn).toMatch(/^arn:aws:cognito-idp:eu-west-1:111122223333:userpool\/eu-west-1_/);
  });

  test('has its keys in a file for its owner alone, and in memory mode forgets them', async () => {
    const service = await started();
    const { credentials = '' } = service;
    expect((await stat(credentials)).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(credentials))).mode & 0o777).toBe(0o700);
    expect(Object.keys(await profilesOf(service))).toEqual(['millpond']);
    await service.close();
    await expect(stat(dirname(credentials))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('keeps its keys from one start to the next', async () => {
    const data = await aFolder();
    const first = await started({ data });
    const file = await fileOf(first);
    expect(first.credentials).toBe(join(data, 'credentials'));
    await first.close();
    const second = await started({ data });
    expect(await fileOf(second)).toBe(file);
    expect(await lists(second)).toBe(nothing);
  });

  test('writes its keys down again where the file is gone, and keeps what else is in it', async () => {
    const data = await aFolder();
    const first = await started({ data });
    const file = await fileOf(first);
    await first.close();
    await rm(join(data, 'credentials'));
    const second = await started({ data });
    expect(await fileOf(second)).toBe(file);
    await second.close();
    const others = '# mine\n[other]\naws_access_key_id = x\n';
    await writeFile(join(data, 'credentials'), `${others}\n[millpond]\naws_access_key_id = old\n`, { mode: 0o600 });
    expect(await fileOf(await started({ data }))).toBe(`${others}\n${file}`);
  });

  test('does not start with keys that others can read', async () => {
    const data = await aFolder();
    await (await started({ data })).close();
    await chmod(join(data, 'credentials'), 0o640);
    await expect(started({ data })).rejects.toMatchObject({
      message: `The access keys in ${join(data, 'credentials')} can be read by others: run chmod 600 on it.`,
      exitCode: 1,
    });
  });

  test('makes new keys where the table does not know the old ones', async () => {
    const [one, other] = [await aFolder(), await aFolder()];
    await (await started({ data: one })).close();
    const foreign = await readFile(join(one, 'credentials'), 'utf8');
    await writeFile(join(other, 'credentials'), foreign, { mode: 0o600 });
    const service = await started({ data: other });
    expect(await fileOf(service)).not.toBe(foreign);
    expect(Object.keys(await profilesOf(service))).toEqual(['millpond']);
    expect(await lists(service)).toBe(nothing);
  });

  test('applies seeds as its administrator, with a clock that stands too', async () => {
    const seed = [{ pools: [{ name: 'shop', region: 'eu-west-1', clients: [{ name: 'web' }] }] }];
    for (const clock of [undefined, 'still'] as const) {
      const service = await started({ seed, clock });
      const { UserPools } = await (await clientOf(service)).send(new ListUserPoolsCommand({ MaxResults: 5 }));
      expect(UserPools).toMatchObject([{ Id: service.seeded.pools['shop']?.id, Name: 'shop' }]);
    }
  });

  test('says where its keys are, and never what they are', async () => {
    const service = await started();
    const said = announcement(service);
    const { millpond } = await profilesOf(service);
    expect(said).toContain(`  Keys      ${service.credentials}\n`);
    expect(said.match(/^ {2}(unset|export) AWS_(?!ENDPOINT|REGION|DEFAULT).*$/gm)).toEqual([
      '  unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN',
      `  export AWS_SHARED_CREDENTIALS_FILE=${service.credentials}`,
      '  export AWS_PROFILE=millpond',
    ]);
    expect(JSON.parse(said.slice(said.indexOf('Ready ') + 'Ready '.length))).toMatchObject({
      credentials: service.credentials,
    });
    expect(said).not.toContain(millpond?.accessKeyId);
    expect(said).not.toContain(millpond?.secretAccessKey);
  });
});

describe('Principals', () => {
  test('have a key each, and may do what their policies say', async () => {
    const service = await started({ principals: [reader, { name: 'a.b@c', policy: allow('*') }] });
    expect(Object.keys(await profilesOf(service))).toEqual(['millpond', 'reader', 'a.b@c']);
    expect(await lists(service, 'reader')).toBe(nothing);
    const create = (await clientOf(service, 'reader')).send(new CreateUserPoolCommand({ PoolName: 'x' }));
    expect(await refused(create)).toMatch(
      /^AccessDeniedException: User: arn:aws:iam::000000000000:user\/reader is not/,
    );
  });

  test('come from a file, in YAML or JSON', async () => {
    const folder = await aFolder();
    const yaml =
      "- name: reader\n  policy:\n    Version: 2012-10-17\n    Statement:\n      Effect: Allow\n      Action: cognito-idp:List*\n      Resource: '*'\n      Condition: { StringEquals: { aws:PrincipalTag/team: red } }\n  tags: { team: red }\n";
    await writeFile(join(folder, 'p.yaml'), yaml);
    await writeFile(join(folder, 'p.json'), JSON.stringify([reader]));
    for (const file of ['p.yaml', 'p.json']) {
      expect(await lists(await started({ principals: join(folder, file) }), 'reader')).toBe(nothing);
    }
  });

  test('have their policies brought up to date at each start', async () => {
    const data = await aFolder();
    const first = await started({ data, principals: [reader] });
    const file = await fileOf(first);
    await first.close();
    const second = await started({ data, principals: [{ ...reader, policy: allow('cognito-idp:Describe*') }] });
    expect(await lists(second, 'reader')).toMatch(/^AccessDeniedException/);
    expect(await fileOf(second)).toBe(file);
  });

  test('may be kept to requests under TLS', async () => {
    const Condition = { Bool: { 'aws:SecureTransport': 'true' } };
    const policy = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*', Condition } };
    const service = await started({ https: true, principals: [{ name: 'careful', policy }] });
    expect(await lists(service, 'careful')).toMatch(/^AccessDeniedException/);
    const { careful: credentials } = await profilesOf(service);
    const requestHandler = { httpsAgent: new Agent({ ca: await readFile(service.caFile ?? '') }) };
    const endpoint = service.httpsEndpoint ?? '';
    const client = sdkClientOf(endpoint, 'us-east-1', { ...(credentials && { credentials }), requestHandler });
    expect(await refused(client.send(new ListUserPoolsCommand({ MaxResults: 1 })))).toBe(nothing);
    client.destroy();
  });

  test('who are no longer named have keys that are good for nothing, until they are again', async () => {
    const data = await aFolder();
    await (await started({ data, principals: [reader] })).close();
    const second = await started({ data, principals: [{ ...reader, name: 'writer' }] });
    expect(await lists(second, 'reader')).toBe(unknown);
    expect(await lists(second, 'writer')).toBe(nothing);
    await second.close();
    const third = await started({ data });
    expect([await lists(third, 'reader'), await lists(third, 'writer')]).toEqual([unknown, unknown]);
    await third.close();
    expect(await lists(await started({ data, principals: [reader] }), 'reader')).toBe(nothing);
  });

  test('may take the administrator’s rights away', async () => {
    const service = await started({ principals: [{ name: 'millpond', policy: allow('cognito-idp:Describe*') }] });
    expect(Object.keys(await profilesOf(service))).toEqual(['millpond']);
    expect(await lists(service)).toMatch(/^AccessDeniedException/);
  });

  test.each([
    ['is no list', { name: 'a' }, 'the file must be a list of principals.'],
    ['has something else in it', ['a'], '[0] must have the members name, policy, tags.'],
    ['has a member that there is not', [{ ...reader, polic: 1 }], '[0] cannot have polic, only name, policy, tags.'],
    ['lacks a name', [{ policy: reader.policy }], expect.stringMatching(/^\[0\]\.name must be 1 to 64 letters/)],
    ['has a name that is none', [{ ...reader, name: 'a]\n[b' }], expect.stringMatching(/^\[0\]\.name must be/)],
    ['has one twice', [reader, reader], 'there is more than one principal reader.'],
    ['names what is built in', [{ ...reader, name: 'account' }], '[0].name cannot be account, which is built in.'],
    ['lacks a policy', [{ name: 'a' }], '[0].policy must be a policy as IAM has them.'],
    [
      'has a policy that is none',
      [reader, { name: 'a', policy: { Statement: [{ Effect: 'Maybe' }] } }],
      '[1].policy: Statement[0].Effect must be Allow or Deny.',
    ],
    ['has tags that are none', [{ ...reader, tags: { a: 1 } }], expect.stringMatching(/^\[0\]\.tags must have/)],
  ])('are refused when the file %s', async (_, content, sentence) => {
    const file = join(await aFolder(), 'p.json');
    await writeFile(file, JSON.stringify(content));
    const error = await started({ principals: file }).catch((caught) => caught);
    expect(error).toMatchObject({ exitCode: 2 });
    expect(error.message.replace(`${file}: `, '')).toEqual(sentence);
  });

  test('are refused when their file is not there, and where signatures are not checked', async () => {
    await expect(started({ principals: 'none.yaml' })).rejects.toMatchObject({
      message: `The principals file ${resolve('none.yaml')} cannot be read (ENOENT).`,
      exitCode: 2,
    });
    await expect(started({ signatures: 'open', principals: [] })).rejects.toMatchObject({
      message: '--principals says who may sign, so it needs --signatures strict.',
    });
  });
});

/** Signed for the gateway, as `millpond` signs. */
async function manage(service: Millpond, action: string, input: object = {}, profile = 'millpond') {
  const { [profile]: key } = await profilesOf(service);
  const url = `${service.endpoint}/_iam/${action}`;
  const body = JSON.stringify(input);
  const signing = { keyId: String(key?.accessKeyId), secret: String(key?.secretAccessKey), region: 'eu-west-1' };
  const unsigned = { endpoint: url, headers: { 'content-type': 'application/json' }, body };
  const headers = await signRequest(unsigned, { ...signing, service: 'execute-api', at: service.clock.now() });
  const answer = await fetch(url, { method: 'POST', headers, body });
  // Tests look at members of many answers.
  return {
    status: answer.status,
    json: (await answer.json()) as Readonly<Record<string, Readonly<Record<string, string>>>>,
  };
}

describe('The management of access', () => {
  test('is there for the administrator: a principal, its key, and credentials', async () => {
    const service = await started({ principals: [reader] });
    const made = await manage(service, 'CreatePrincipal', { Name: 'ci', Policies: ['MillpondReadOnlyAccess'] });
    expect(made.status).toBe(200);
    const { json } = await manage(service, 'CreateAccessKey', { Principal: 'ci' });
    const credentials = {
      accessKeyId: String(json['AccessKey']?.['AccessKeyId']),
      secretAccessKey: String(json['AccessKey']?.['SecretAccessKey']),
    };
    const client = sdkClientOf(service.endpoint, 'eu-west-1', { credentials });
    expect(await refused(client.send(new ListUserPoolsCommand({ MaxResults: 1 })))).toBe(nothing);
    expect(await refused(client.send(new CreateUserPoolCommand({ PoolName: 'x' })))).toContain('AccessDenied');
    client.destroy();
    expect((await manage(service, 'ListPrincipals', {}, 'reader')).status).toBe(403);
    const session = await manage(service, 'credentials', {}, 'reader');
    expect(session).toMatchObject({ status: 200, json: { Version: 1 } });
  });

  test('shows the outbox to whoever may see it', async () => {
    const seed = [{ pools: [{ name: 'shop', users: [{ username: 'ada', attributes: { email: 'ada@x.test' } }] }] }];
    const service = await started({ seed });
    const pool = service.seeded.pools['shop']?.id ?? '';
    await apiCallerOf(service)('AdminCreateUser', {
      UserPoolId: pool,
      Username: 'bob',
      UserAttributes: [{ Name: 'email', Value: 'bob@x.test' }],
      DesiredDeliveryMediums: ['EMAIL'],
    });
    const { json } = await manage(service, 'ListMessages', { PoolId: pool, Username: 'bob' });
    expect(json['Messages']).toMatchObject([
      {
        PoolId: pool,
        Username: 'bob',
        Channel: 'EMAIL',
        Kind: 'AdminCreateUser',
        To: 'bob@x.test',
        Code: expect.any(String),
      },
    ]);
    expect((await manage(service, 'ListMessages', { Username: 'eve' })).json['Messages']).toEqual([]);
  });

  test('leaves what was made through it alone at the next start, and follows the file', async () => {
    const data = await aFolder();
    const first = await started({ data, principals: [reader] });
    await manage(first, 'CreatePrincipal', { Name: 'ci', Policies: ['MillpondReadOnlyAccess'] });
    await manage(first, 'DisablePrincipal', { Name: 'reader' });
    await first.close();
    const second = await started({ data });
    const statuses = async (service: Millpond) => {
      const { json } = await manage(service, 'ListPrincipals');
      const all = json['Principals'] as unknown as readonly { Name: string; Status: string }[];
      return Object.fromEntries(all.map(({ Name, Status }) => [Name, Status]));
    };
    expect(await statuses(second)).toEqual({ account: 'Active', ci: 'Active', millpond: 'Active', reader: 'Disabled' });
    await second.close();
    const third = await started({ data, principals: [reader] });
    expect(await statuses(third)).toMatchObject({ ci: 'Active', reader: 'Active' });
    expect(await lists(third, 'reader')).toBe(nothing);
    await third.close();
    await expect(started({ data, principals: [{ ...reader, name: 'ci' }] })).rejects.toMatchObject({
      message: 'There is a principal ci that was made with millpond: name the one in the file anew.',
      exitCode: 1,
    });
  });

  test('gives the administrator another key where its keys are disabled or gone', async () => {
    const data = await aFolder();
    const first = await started({ data });
    const { millpond: before } = await profilesOf(first);
    await manage(first, 'CreateAccessKey', { Principal: 'millpond' });
    const { json } = await manage(first, 'ListAccessKeys', { Principal: 'millpond' });
    const keys = json['AccessKeys'] as unknown as readonly { AccessKeyId: string }[];
    const [own, other] = keys.toSorted((one) => (one.AccessKeyId === before?.accessKeyId ? 1 : -1)).toReversed();
    await manage(first, 'DisableAccessKey', { AccessKeyId: other?.AccessKeyId });
    await manage(first, 'DisableAccessKey', { AccessKeyId: own?.AccessKeyId });
    await first.close();
    const second = await started({ data });
    const { millpond: after } = await profilesOf(second);
    expect(after?.accessKeyId).not.toBe(before?.accessKeyId);
    expect(await lists(second)).toBe(nothing);
  });

  test('is closed to who does not sign, and absent where signatures are not checked', async () => {
    const service = await started();
    const ask = async ({ endpoint }: Millpond, action: string) => {
      const answer = await fetch(`${endpoint}/_iam/${action}`, { method: 'POST', body: '{}' });
      return [answer.status, ((await answer.json()) as { __type?: string }).__type];
    };
    expect(await ask(service, 'credentials')).toEqual([403, 'MissingAuthenticationTokenException']);
    expect(await ask(service, 'ListPolicies')).toEqual([403, 'MissingAuthenticationTokenException']);
    expect(await ask(service, 'Nothing')).toEqual([404, 'UnknownOperationException']);
    const open = await started({ signatures: 'open' });
    expect(await ask(open, 'credentials')).toEqual([404, undefined]);
  });

  test('asks no STS where nobody said whose callers are let in', async () => {
    const service = await started();
    const Sts = { Method: 'POST', Url: 'https://sts.amazonaws.com/', Headers: {}, Body: '' };
    expect((await manage(service, 'credentials', { Sts })).json['message']).toBe(
      'There is no member "Sts" in this request',
    );
    const bridged = await started({ iamBridge: ['111122223333'] });
    const body = JSON.stringify({ Sts });
    const answer = await fetch(`${bridged.endpoint}/_iam/credentials`, { method: 'POST', body });
    expect([answer.status, await answer.json()]).toEqual([
      403,
      {
        __type: 'AccessDeniedException',
        message: 'The request to STS proves nobody here: it does not ask for GetCallerIdentity alone',
      },
    ]);
  });

  test('is bridged for accounts that are such, where signatures are checked', async () => {
    await expect(started({ iamBridge: ['1234'] })).rejects.toMatchObject({
      message: '--iam-bridge must be twelve digits, the id of an account.',
      exitCode: 2,
    });
    await expect(started({ signatures: 'open', iamBridge: ['111122223333'] })).rejects.toMatchObject({
      message: '--iam-bridge lets callers of IAM have credentials, so it needs --signatures strict.',
    });
    expect(fromSaid(readOptions(['--iam-bridge', '1,2', '--iam-bridge', '3'], {})).iamBridge).toEqual(['1', '2', '3']);
    expect(fromSaid(readOptions([], { MILLPOND_IAM_BRIDGE: '1, 2' })).iamBridge).toEqual(['1', '2']);
  });
});

function apiCallerOf(service: Millpond) {
  return async (operation: string, input: object) => {
    const { millpond } = await profilesOf(service);
    const signing = { keyId: String(millpond?.accessKeyId), secret: String(millpond?.secretAccessKey) };
    const sign: Sign = (request, region) => signRequest(request, { ...signing, region, at: service.clock.now() });
    return apiCaller(service.endpoint, service.region, undefined, sign)(operation, input);
  };
}

describe('The hosts of a service', () => {
  const hostsOf = (options: MillpondOptions) => ownHosts(settle({ signatures: 'strict', ...options }));

  test('are this machine, the address it listens on, and the name that the issuer gives', () => {
    expect([...hostsOf({})]).toEqual(expect.arrayContaining(['localhost', '127.0.0.1', '[::1]']));
    expect(hostsOf({ host: '192.0.2.7' }).has('192.0.2.7')).toBe(true);
    expect(hostsOf({ issuer: 'https://ID.Example.com:8443/x' }).has('id.example.com')).toBe(true);
    expect(hostsOf({}).has('id.example.com')).toBe(false);
  });

  test('are all addresses of the machine where it listens on all of them', () => {
    const all = Object.values(networkInterfaces()).flatMap((each = []) => each.map(({ address }) => address));
    const names = hostsOf({ host: '0.0.0.0' });
    for (const address of all.filter((each) => !each.includes(':'))) expect(names.has(address)).toBe(true);
  });

  test('may be more than loopback, and answer there', async () => {
    const service = await started({ host: '0.0.0.0' });
    // What stands for all addresses is none that a client could ask for.
    expect(service.endpoint).toMatch(/^http:\/\/localhost:\d+$/);
    expect(await lists(service)).toBe(nothing);
    const { port } = new URL(service.endpoint);
    const [credentials] = Object.values(await profilesOf(service));
    if (!credentials) throw new Error('There is no key');
    const client = sdkClientOf(`http://127.0.0.1:${port}`, 'us-east-1', { credentials });
    expect(await refused(client.send(new ListUserPoolsCommand({ MaxResults: 1 })))).toBe(nothing);
  });
});
