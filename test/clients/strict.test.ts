/** boto3 and the AWS CLI with keys that are checked: the right one, a wrong one, and one that may not. */
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { exportedVariables } from './exported-variables.ts';
import { type Ended, findPrograms, type Program, sayAbsent } from './outside-programs.ts';
import { runningService } from './running-service.ts';

const reader = {
  name: 'reader',
  policy: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'cognito-idp:List*', Resource: '*' } },
};

const running = runningService({ signatures: 'strict', principals: [reader], seed: [{ pools: [{ name: 'shop' }] }] });

const pythons = await findPrograms(
  ['python3', '/usr/bin/python3'],
  ['-c', 'import boto3; print(f"boto3/{boto3.__version__}")'],
);
const clis = await findPrograms(['aws', '/usr/bin/aws'], ['--version']);

sayAbsent(pythons, 'boto3 is not tried, because no `python3` has it: install it with `apt-get install python3-boto3`');
sayAbsent(clis, 'The AWS CLI is not tried, because there is no `aws`: install it with `apt-get install awscli`');

/** Lists pools, then makes one; prints what came of each. */
const script = `
import boto3, json, sys
client = boto3.client('cognito-idp', endpoint_url=sys.argv[1])
def outcome(call, **parameters):
    try:
        return str(call(**parameters)['ResponseMetadata']['HTTPStatusCode'])
    except client.exceptions.ClientError as error:
        return error.response['Error']['Code'] + ': ' + error.response['Error']['Message']
print(json.dumps([outcome(client.list_user_pools, MaxResults=5), outcome(client.create_user_pool, PoolName='people')]))
`;

type Try = (profile: string, variables?: Iterable<readonly [string, string]>) => Promise<readonly string[]>;

const withBoto3 =
  (python: Program): Try =>
  async (profile, variables = []) => {
    const { endpoint, millpond } = await running();
    const environment = [...exportedVariables(millpond), ['AWS_PROFILE', profile] as const, ...variables];
    const { status, output, complaints } = await python.run(['-c', script, endpoint], environment);
    if (status !== 0) throw new Error(complaints);
    return JSON.parse(output);
  };

const withCli =
  (cli: Program): Try =>
  async (profile, variables = []) => {
    const { endpoint, millpond } = await running();
    const environment = [...exportedVariables(millpond), ['AWS_PROFILE', profile] as const, ...variables];
    const run = (...args: readonly string[]) =>
      cli.run(['cognito-idp', ...args, '--endpoint-url', endpoint], environment);
    const ended = [
      await run('list-user-pools', '--max-results', '5'),
      await run('create-user-pool', '--pool-name', 'people'),
    ];
    return ended.map(outcomeOf);
  };

function outcomeOf({ status, complaints }: Ended): string {
  if (status === 0) return '200';
  const [, code, message] = /\((\w+)\) when calling the \w+ operation: (.*)/.exec(complaints) ?? [];
  return `${code}: ${message}`;
}

const programs = [
  ...pythons.map((python) => ({ name: python.version, attempt: withBoto3(python) })),
  ...clis.map((cli) => ({ name: `The AWS CLI, ${cli.version},`, attempt: withCli(cli) })),
];

describe.concurrent.each(programs)('$name', { timeout: 60_000 }, ({ attempt }) => {
  test('signs with the key of the administrator', async () => {
    expect(await attempt('millpond')).toEqual(['200', '200']);
  });

  test('is told what a policy does not allow', async () => {
    expect(await attempt('reader')).toEqual([
      '200',
      expect.stringMatching(
        /^AccessDeniedException: User: \S+user\/reader is not authorized to perform: cognito-idp:Cr/,
      ),
    ]);
  });

  test('is refused with another secret, and with a key that is none', async () => {
    const { millpond } = await running();
    const [id = ''] = /AKIA\w+/.exec(await readFile(millpond.credentials ?? '', 'utf8')) ?? [];
    const keys = (accessKeyId: string) => [
      ['AWS_ACCESS_KEY_ID', accessKeyId] as const,
      ['AWS_SECRET_ACCESS_KEY', 'another'] as const,
    ];
    const wrong = expect.stringMatching(
      /^InvalidSignatureException: The request signature we calculated does not match/,
    );
    expect(await attempt('millpond', keys(id))).toEqual([wrong, wrong]);
    const unknown = 'UnrecognizedClientException: The security token included in the request is invalid.';
    expect(await attempt('millpond', keys('AKIAAAAAAAAAAAAAAAAA'))).toEqual([unknown, unknown]);
  });
});
