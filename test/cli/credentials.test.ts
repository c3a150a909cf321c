/** `millpond credentials` against a listener that checks who signed: what it prints, and what it never does. */
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { requireProof } from '../../lambdas/adapters/local/iam-route-proof.ts';
import { cliPlace } from './cli-place.ts';
import { program } from './cli-process.ts';
import { type Answer, ada, adaVariables, json } from './iam-listener.ts';

const { aPerson, iamListener } = cliPlace();

const made = {
  Version: 1,
  AccessKeyId: 'ASIAIOSFODNN7EXAMPLE',
  SecretAccessKey: 'anothersecretanothersecretanothersecret0',
  SessionToken: 'sealed',
  Expiration: '2026-01-01T00:00:00Z',
};

const profiles = {
  '.aws/config': '[profile base]\nregion = eu-west-1\n\n[profile nowhere]\n',
  '.aws/credentials': ['base', 'nowhere']
    .map((name) => `[${name}]\naws_access_key_id = ${ada.id}\naws_secret_access_key = ${ada.secret}\n`)
    .join('\n'),
};

describe.concurrent('millpond credentials', () => {
  test('prints what a credential_process prints, and nothing else', async ({ expect }) => {
    const { endpoint, recorded } = await iamListener({ ...made, Note: 'more' });
    const { run } = await aPerson({ ...adaVariables, AWS_REGION: 'eu-west-1' });
    expect(await run(['credentials', '--endpoint', endpoint])).toEqual({
      status: 0,
      printed: `${JSON.stringify(made)}\n`,
      complaints: '',
    });
    expect(recorded).toEqual([
      { path: '/_iam/credentials', body: {}, region: 'eu-west-1', token: undefined, type: 'application/json' },
    ]);
  });

  test('signs with the token of somebody whose credentials have one', async ({ expect }) => {
    const { endpoint, recorded } = await iamListener(made);
    const { run } = await aPerson({ ...adaVariables, AWS_SESSION_TOKEN: 'token', AWS_DEFAULT_REGION: 'eu-west-1' });
    expect(await run(['credentials', '--endpoint', endpoint])).toMatchObject({ status: 0, complaints: '' });
    expect(recorded).toMatchObject([{ token: 'token', region: 'eu-west-1' }]);
  });

  test('takes the endpoint from a stack, with a slash or from the environment', async ({ expect }) => {
    const { endpoint, recorded } = await iamListener(made);
    const { run } = await aPerson({ ...adaVariables, AWS_REGION: 'eu-west-1' });
    for (const given of ['/_iam/credentials', '/', '/stage/_iam/credentials/']) {
      expect(await run(['credentials', `--endpoint=${endpoint}${given}`])).toMatchObject({ status: 0, complaints: '' });
    }
    const environment = { MILLPOND_ENDPOINT: endpoint };
    expect(await run(['credentials'], { environment })).toMatchObject({ status: 0, complaints: '' });
    expect(recorded.map(({ path }) => path)).toEqual([
      '/_iam/credentials',
      '/_iam/credentials',
      '/stage/_iam/credentials',
      '/_iam/credentials',
    ]);
  });

  test('asks for a life and for less than is allowed', async ({ expect }) => {
    const { endpoint, recorded } = await iamListener(made);
    const Policy = {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: 'cognito-idp:List*', Resource: '*' },
    };
    const person = await aPerson({ ...adaVariables, AWS_REGION: 'eu-west-1' }, { 'less.json': JSON.stringify(Policy) });
    const asked = ['credentials', '--endpoint', endpoint, '--duration', '900'];
    expect(await person.run([...asked, '--policy', 'less.json'])).toMatchObject({ status: 0, complaints: '' });
    expect(await person.run([...asked, '--policy', '-'], { input: JSON.stringify(Policy) })).toMatchObject({
      status: 0,
    });
    expect(recorded.map(({ body }) => body)).toEqual(Array(2).fill({ DurationSeconds: 900, Policy }));
  });

  test('takes the region of the profile, unless it is told another one', async ({ expect }) => {
    const { endpoint, recorded } = await iamListener(made);
    const { run } = await aPerson({}, profiles);
    const asked = ['credentials', '--endpoint', endpoint, '--profile', 'base'];
    await run(asked);
    await run(asked, { environment: { AWS_REGION: 'eu-west-2' } });
    await run([...asked, '--region', 'eu-west-3'], { environment: { AWS_REGION: 'eu-west-2' } });
    expect(recorded.map(({ region }) => region)).toEqual(['eu-west-1', 'eu-west-2', 'eu-west-3']);
  });

  test('signs as the profile that is named, whoever the environment is', async ({ expect }) => {
    const { endpoint, recorded } = await iamListener(made);
    const { run } = await aPerson({ AWS_ACCESS_KEY_ID: 'other', AWS_SECRET_ACCESS_KEY: 'other' }, profiles);
    expect(await run(['credentials', '--endpoint', endpoint, '--profile', 'base'])).toMatchObject({
      status: 0,
      complaints: '',
    });
    expect(recorded).toHaveLength(1);
  });

  test('keeps the endpoint of the profile that it works for from the clients on its way', async ({ expect }) => {
    const { endpoint } = await iamListener(made);
    const pools = await iamListener({}, true);
    const sts = await iamListener((_, response) => json(response, 418, {}), true);
    const config = `[profile pools]\nendpoint_url = ${pools.endpoint}\n[profile role]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = base\nregion = eu-west-1\nservices = here\n[services here]\nsts =\n  endpoint_url = ${sts.endpoint}\n`;
    const { run } = await aPerson({ AWS_PROFILE: 'pools' }, { ...profiles, '.aws/config': config });
    const ended = await run(['credentials', '--endpoint', endpoint, '--profile', 'role']);
    expect(ended).toMatchObject({ status: 1, complaints: expect.stringMatching(/^The AWS profile role gives no/) });
    expect(pools.recorded).toEqual([]);
  });

  test('does not sign with what it makes, without end', async ({ expect }) => {
    const { endpoint, recorded } = await iamListener(made);
    const again = `${process.execPath} ${program} credentials --endpoint ${endpoint}`;
    const config = `[profile pools]\nregion = eu-west-1\ncredential_process = ${again}\n`;
    const stranger = await aPerson({ AWS_PROFILE: 'pools' }, { '.aws/config': config });
    const aside = 'AWS_PROFILE is left aside: pools gets its credentials from this command.\n';
    expect(await stranger.run(['credentials', '--endpoint', endpoint])).toEqual({
      status: 1,
      printed: '',
      complaints: `${aside}No AWS credentials were found: name a profile with --profile, or set them as for the AWS CLI.\n`,
    });
    expect(await stranger.run(['policy', 'list', '--endpoint', endpoint, '--profile', 'pools'])).toEqual({
      status: 1,
      printed: '',
      complaints:
        'The AWS profile to sign with is made by `millpond credentials` itself: name another one with --profile.\n',
    });
    expect(recorded).toEqual([]);

    const known = {
      '.aws/config': config,
      '.aws/credentials': profiles['.aws/credentials'].replace('[base]', '[default]'),
    };
    const person = await aPerson({ AWS_PROFILE: 'pools' }, known);
    expect(await person.run(['credentials', '--endpoint', endpoint])).toEqual({
      status: 0,
      printed: `${JSON.stringify(made)}\n`,
      complaints: aside,
    });
    expect(recorded).toMatchObject([{ path: '/_iam/credentials', region: 'eu-west-1' }]);
  });
});

describe.concurrent('millpond credentials --sts', () => {
  test('hands over a request to STS that names the service, in place of a signature', async ({ expect }) => {
    const { endpoint, recorded } = await iamListener(made, true);
    const { run } = await aPerson({ ...adaVariables, AWS_SESSION_TOKEN: 'token', AWS_REGION: 'eu-west-1' });
    const ended = await run(['credentials', '--sts', '--endpoint', endpoint, '--duration', '900']);
    expect(ended).toEqual({ status: 0, printed: `${JSON.stringify(made)}\n`, complaints: '' });
    const scope = `${ada.id}/\\d{8}/eu-west-1/sts/aws4_request`;
    const signed = 'content-type;host;x-amz-date;x-amz-security-token;x-millpond-server-id';
    expect(recorded).toMatchObject([
      {
        region: undefined,
        body: {
          DurationSeconds: 900,
          Sts: {
            Method: 'POST',
            Url: 'https://sts.eu-west-1.amazonaws.com/',
            Body: 'Action=GetCallerIdentity&Version=2011-06-15',
            Headers: {
              'x-millpond-server-id': endpoint,
              'x-amz-security-token': 'token',
              'x-amz-date': expect.stringMatching(/^\d{8}T\d{6}Z$/),
              authorization: expect.stringMatching(new RegExp(`Credential=${scope}, SignedHeaders=${signed}, `)),
            },
          },
        },
      },
    ]);
  });

  test('hands over what one machine takes for a proof', async ({ expect }) => {
    const { endpoint, recorded } = await iamListener(made, true);
    const { run } = await aPerson({ ...adaVariables, AWS_REGION: 'eu-west-1' });
    await run(['credentials', '--sts', '--endpoint', `${endpoint}/_iam/credentials`]);
    const [{ Sts = undefined } = {}] = recorded.map(({ body }) => body as { readonly Sts?: unknown });
    const now = Date.now();
    expect(requireProof(Sts, { serverIds: [endpoint], now })).toMatchObject({
      url: 'https://sts.eu-west-1.amazonaws.com/',
    });
    expect(() => requireProof(Sts, { serverIds: ['http://localhost'], now })).toThrow('another server');
  });

  test('asks the STS of the partition', async ({ expect }) => {
    const { endpoint, recorded } = await iamListener(made, true);
    const { run } = await aPerson({ ...adaVariables, AWS_REGION: 'cn-north-1' });
    await run(['credentials', '--sts', '--endpoint', endpoint]);
    expect(recorded).toMatchObject([{ body: { Sts: { Url: 'https://sts.cn-north-1.amazonaws.com.cn/' } } }]);
  });
});

interface Failure {
  readonly what: string;
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly answer?: object | Answer;
  readonly status?: number;
  /** `<endpoint>` stands for the listener's. */
  readonly says: string;
}

const failures: readonly Failure[] = [
  {
    what: 'an endpoint that nobody listens on',
    args: ['--endpoint', 'http://127.0.0.1:2'],
    says: 'http://127.0.0.1:2/_iam/credentials cannot be reached (ECONNREFUSED).',
  },
  {
    what: 'an endpoint that does not answer',
    args: ['--timeout', '1'],
    answer: () => undefined,
    says: '<endpoint>/_iam/credentials did not answer within 1 seconds.',
  },
  {
    what: 'an answer that ends in the middle',
    answer: (_, response) =>
      void response.writeHead(200, { 'content-length': '10' }).write('{', () => response.destroy()),
    says: '<endpoint>/_iam/credentials cannot be reached (UND_ERR_SOCKET).',
  },
  {
    what: 'a signature that is refused',
    environment: { AWS_SECRET_ACCESS_KEY: 'wrongsecret' },
    says: 'HTTP 403: The request signature we calculated does not match. (IAM has to allow execute-api:Invoke on this route to whoever signs)',
  },
  {
    what: 'a refusal of the gateway',
    answer: (_, response) =>
      json(
        response,
        403,
        { Message: 'User: ada is not authorized' },
        { 'x-amzn-errortype': 'AccessDeniedException:http://x' },
      ),
    says: 'AccessDeniedException: User: ada is not authorized (IAM has to allow execute-api:Invoke on this route to whoever signs)',
  },
  {
    what: 'a refusal of the service',
    answer: (_, response) => json(response, 400, { __type: 'x#ValidationException', message: 'Too\n\u001b[31mlong' }),
    says: 'ValidationException: Too [31mlong',
  },
  {
    what: 'a place that knows no such route',
    answer: (_, response) => json(response, 404, { message: 'Not Found' }),
    says: 'HTTP 404: Not Found (is it the endpoint of Millpond?)',
  },
  {
    what: 'a redirection, which is not followed',
    answer: (_, response) => void response.writeHead(307, { location: '/elsewhere' }).end(),
    says: 'HTTP 307: no reason was given (is it the endpoint of Millpond?)',
  },
  {
    what: 'a gateway without the service behind it',
    answer: (_, response) => void response.writeHead(502).end('<html>bad gateway</html>'),
    says: 'HTTP 502: no reason was given',
  },
  {
    what: 'an answer that is a page',
    answer: (_, response) => void response.writeHead(200).end('<html>welcome</html>'),
    says: '<endpoint>/_iam/credentials answered with something else than JSON. Is it the endpoint of Millpond?',
  },
  {
    what: 'an answer with half of the credentials',
    answer: { Version: 1, AccessKeyId: made.AccessKeyId, SecretAccessKey: made.SecretAccessKey },
    says: 'The answer has no credentials in it. Is it the endpoint of Millpond?',
  },
  {
    what: 'a region that nothing tells',
    environment: { AWS_REGION: '' },
    says: 'The region to sign for is not known: say it with --region, or set AWS_REGION.',
  },
  {
    what: 'a region that would be another host',
    args: ['--sts', '--region', 'evil.example/'],
    says: 'The region to sign for is not written as regions are.',
  },
  {
    what: 'credentials that nothing tells',
    environment: { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' },
    says: 'No AWS credentials were found: name a profile with --profile, or set them as for the AWS CLI.',
  },
  {
    what: 'a profile that is none, although the environment has credentials',
    args: ['--profile', 'nobody'],
    environment: { AWS_REGION: '' },
    says: 'There is no AWS profile nobody with credentials.',
  },
  {
    what: 'a token that fits in no header',
    environment: { AWS_SESSION_TOKEN: 'sec\u0001ret' },
    says: 'The AWS credentials to sign with have characters in them that credentials do not have.',
  },
  {
    what: 'an endpoint that is none',
    args: ['--endpoint', 'here'],
    status: 2,
    says: 'The endpoint must be a URL such as https://abc123.execute-api.eu-west-1.amazonaws.com.',
  },
  {
    what: 'an endpoint with a password',
    args: ['--endpoint', 'https://ada:secret@localhost'],
    status: 2,
    says: 'The endpoint must be a URL without user, query and fragment.',
  },
  {
    what: 'a life that is no number',
    args: ['--duration', '1h'],
    status: 2,
    says: '--duration must be a number of seconds.',
  },
  {
    what: 'a policy that is not there',
    args: ['--policy', 'none.json'],
    status: 2,
    says: 'The policy none.json cannot be read (ENOENT).',
  },
  {
    what: 'an option that is none',
    args: ['--durations', '1'],
    status: 2,
    says: "Unknown option '--durations'. millpond credentials --help lists the options.",
  },
  { what: 'an option without its value', args: ['--region', ''], status: 2, says: '--region needs a value.' },
  { what: 'a stray word', args: ['now'], status: 2, says: 'millpond credentials does not take now.' },
];

describe.concurrent('In one sentence, and with nothing secret, millpond credentials tells of', () => {
  test.each(failures)('$what', async ({ args = [], environment = {}, answer = made, status = 1, says }) => {
    const { endpoint } = await iamListener(answer);
    const { run } = await aPerson({ ...adaVariables, AWS_REGION: 'eu-west-1', ...environment });
    const ended = await run(['credentials', '--endpoint', endpoint, ...args]);
    expect(ended).toEqual({ status, printed: '', complaints: `${says.replace('<endpoint>', endpoint)}\n` });
  });

  test('an endpoint that does not show whom it belongs to', async () => {
    const { run } = await aPerson({ ...adaVariables, AWS_REGION: 'eu-west-1' });
    const { status, printed, complaints } = await run(['credentials', '--endpoint', 'http://millpond.invalid:3']);
    expect({ status, printed }).toEqual({ status: 1, printed: '' });
    expect(complaints).toMatch(
      /^The endpoint is not https: whoever .*\nhttp:\/\/millpond\.invalid:3\/_iam\/credentials cannot be reached \(\w+\)\.\n$/,
    );
  });

  test('a credential_process that fails, without what it said', async () => {
    const { endpoint } = await iamListener(made);
    const person = await aPerson(
      {},
      { '.aws/config': '[profile base]\nregion = eu-west-1\ncredential_process = ./ask topsecret\n' },
    );
    await writeFile(join(person.home, 'ask'), '#!/bin/sh\necho topsecret >&2\nexit 1\n');
    await chmod(join(person.home, 'ask'), 0o700);
    expect(await person.run(['credentials', '--endpoint', endpoint, '--profile', 'base'])).toEqual({
      status: 1,
      printed: '',
      complaints: 'The AWS profile base gives no credentials: its credential_process failed.\n',
    });
  });
});
