/** `npm run smoke -- --endpoint URL`: the life of a pool on a deployment, told by unmodified clients. It removes what it makes. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { AuthenticationDetails, CognitoUser, CognitoUserPool } from 'amazon-cognito-identity-js';
import { type Addressee, type SignInPlace, type Surroundings, tellStory } from './story.ts';

const usage = `npm run smoke -- --endpoint URL [--credentials-endpoint URL] [--region REGION] [--profile NAME]

  --endpoint              the Endpoint that the stack puts out
  --credentials-endpoint  its CredentialsEndpoint: your IAM identity gets credentials there, and codes are read there. Without
                          it, requests are signed with the credentials of the AWS tools as they are.
  --region                that of the deployment (AWS_REGION)
  --profile               of the AWS tools, for either (AWS_PROFILE)
`;

const { values } = parseArgs({
  options: {
    endpoint: { type: 'string' },
    'credentials-endpoint': { type: 'string' },
    region: { type: 'string', default: process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'] ?? '' },
    profile: { type: 'string' },
  },
});

const cli = fileURLToPath(new URL('../../bin/millpond.ts', import.meta.url));

/** The command line of this project, as operators use it. Its complaints go to the terminal. */
async function millpond(...words: readonly string[]): Promise<string> {
  const { profile, region } = values;
  const options = ['--region', region, ...(profile === undefined ? [] : ['--profile', profile])];
  const running = promisify(execFile)(process.execPath, [cli, ...words, ...options]);
  running.child.stderr?.pipe(process.stderr);
  return (await running).stdout;
}

function credentialsOf(bridge: string | undefined): Surroundings['credentials'] {
  const { profile } = values;
  if (bridge === undefined) return fromNodeProviderChain(profile === undefined ? {} : { profile });
  return async () => {
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = JSON.parse(
      await millpond('credentials', '--endpoint', bridge),
    );
    const expiration = new Date(Expiration);
    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken, expiration };
  };
}

/** Of the outbox, where the deployment keeps one. */
const codeReader =
  (bridge: string): NonNullable<Surroundings['readCode']> =>
  async ({ poolId, username }: Addressee) => {
    const listed = await millpond('messages', '--endpoint', bridge, '--pool', poolId, '--username', username, '--json');
    // Newest first.
    const { Messages }: { readonly Messages: readonly { readonly Code?: string }[] } = JSON.parse(listed);
    return Messages.find(({ Code }) => Code !== undefined)?.Code;
  };

/** As pages in browsers do. */
const byIdentityJs =
  (url: string) =>
  ({ poolId, clientId, username, password }: SignInPlace): Promise<string> =>
    new Promise((resolve, reject) => {
      const Pool = new CognitoUserPool({ UserPoolId: poolId, ClientId: clientId, endpoint: url });
      new CognitoUser({ Username: username, Pool }).authenticateUser(
        new AuthenticationDetails({ Username: username, Password: password }),
        {
          onSuccess: () => resolve('signed in by amazon-cognito-identity-js'),
          onFailure: reject,
          newPasswordRequired: () => reject(new Error('A new password was asked for')),
        },
      );
    });

/** As operators do, where it is installed. */
const byAwsCli =
  (url: string, credentials: Surroundings['credentials']) =>
  async ({ clientId, username, password }: SignInPlace): Promise<string> => {
    const { accessKeyId, secretAccessKey, sessionToken = '' } = await resolved(credentials);
    const keys = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
    const env = { ...process.env, ...keys, ...(sessionToken && { AWS_SESSION_TOKEN: sessionToken }) };
    const words = ['--endpoint-url', url, '--region', region, '--output', 'json'];
    const parameters = `USERNAME=${username},PASSWORD=${password}`;
    const command = ['cognito-idp', 'initiate-auth', '--client-id', clientId, '--auth-flow', 'USER_PASSWORD_AUTH'];
    try {
      await promisify(execFile)('aws', [...words, 'cognito-idp', 'list-user-pools', '--max-results', '1'], { env });
      await promisify(execFile)('aws', [...words, ...command, '--auth-parameters', parameters], { env });
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'found no AWS CLI to try';
      throw error;
    }
    return 'listed pools and signed in by the AWS CLI';
  };

const resolved = async (credentials: Surroundings['credentials']) =>
  typeof credentials === 'function' ? credentials() : credentials;

const { endpoint, region, 'credentials-endpoint': bridge } = values;
if (endpoint === undefined || region === '') {
  process.stderr.write(usage);
  process.exitCode = 2;
} else {
  try {
    const url = endpoint.replace(/\/$/, '');
    const credentials = credentialsOf(bridge);
    await tellStory({
      endpoint: url,
      region,
      credentials,
      others: [byIdentityJs(url), byAwsCli(url, credentials)],
      readCode: bridge === undefined ? undefined : codeReader(bridge),
      report: (step) => process.stdout.write(`${step}\n`),
    });
    process.stdout.write('All of it went as it should.\n');
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  }
}
