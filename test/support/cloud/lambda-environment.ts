/** The functions of the templates, each with the environment that Lambda would give it. */
import { join } from 'node:path';
import type { Assembly } from './assembly.ts';
import type { FunctionSettings } from './function.ts';
import { arnOf } from './grants.ts';
import type { Caller } from './guard.ts';
import type { Cloud, Resource } from './template.ts';

/** `AWS_ENDPOINT_URL_<SERVICE>`, by service. */
export type Endpoints = Readonly<Record<'DYNAMODB' | 'KMS' | 'SQS' | 'SESV2' | 'SNS' | 'LAMBDA', string>>;

export interface Surroundings {
  readonly assembly: Assembly;
  readonly cloud: Cloud;
  readonly endpoints: Endpoints;
  readonly clock: SharedArrayBuffer;
  readonly onFault: (fault: Error) => void;
}

export interface Deployed {
  readonly isTraced: boolean;
  readonly settings: FunctionSettings;
  readonly caller: Caller;
}

export const deployedFunctions = (around: Surroundings): readonly Deployed[] =>
  around.cloud.ofType('AWS::Lambda::Function').map((resource, index) => deploy(resource, index, around));

interface Code {
  readonly S3Key: string;
}

interface Logging {
  readonly LogGroup?: string;
}

function deploy(
  resource: Resource,
  index: number,
  { assembly, cloud, endpoints, clock, onFault }: Surroundings,
): Deployed {
  const { properties, identity, logicalId } = resource;
  if (properties['Runtime'] !== 'nodejs24.x') throw new Error(`${logicalId} runs on ${properties['Runtime']}`);
  // As CloudFormation has them.
  const folder = assembly.assetFolders.get((properties['Code'] as Code).S3Key);
  const logGroup = (properties['LoggingConfig'] as Logging | undefined)?.LogGroup;
  if (folder === undefined || logGroup === undefined) throw new Error(`${logicalId} lacks its code or its log group`);
  const variables = (properties['Environment'] as { readonly Variables: Readonly<Record<string, string>> }).Variables;
  const [file = '', exportName = ''] = String(properties['Handler']).split('.');
  const memoryMegabytes = Number(properties['MemorySize'] ?? 128);
  const room = String(variables['ROOM']);
  const caller = {
    accessKeyId: `ASIAFUNCTION${String(index).padStart(8, '0')}`,
    room,
    roleArn: String(properties['Role']),
  };
  requireOwn(variables, logicalId);
  const tracing = properties['TracingConfig'] as { readonly Mode?: string } | undefined;
  return {
    caller,
    isTraced: tracing?.Mode === 'Active',
    settings: {
      room,
      name: identity.ref,
      arn: arnOf(resource),
      logGroup,
      file: join(folder, `${file}.mjs`),
      exportName,
      memoryMegabytes,
      timeoutMs: Number(properties['Timeout'] ?? 3) * 1000,
      clock,
      onFault,
      environment: {
        ...ofLambda(
          { name: identity.ref, memoryMegabytes, logGroup, handler: String(properties['Handler']), folder },
          cloud,
        ),
        ...ofCaller(caller),
        ...Object.fromEntries(Object.entries(endpoints).map(([service, url]) => [`AWS_ENDPOINT_URL_${service}`, url])),
        ...variables,
        OWN_HOSTS: withoutPorts(variables['OWN_HOSTS'] ?? ''),
      },
    },
  };
}

/** Lambda refuses to be told what it says itself. */
function requireOwn(variables: Readonly<Record<string, string>>, logicalId: string): void {
  const reserved = Object.keys(variables).filter((name) =>
    /^(AWS_(?!ENDPOINT_URL|NODEJS)|_HANDLER$|LAMBDA_|TZ$)/.test(name),
  );
  if (reserved.length > 0) throw new Error(`${logicalId} sets ${reserved.join(', ')}`);
  for (const [name, value] of Object.entries(variables)) {
    if (typeof value !== 'string') throw new Error(`${logicalId}: ${name} is not a text`);
  }
}

/** Only here do hosts have ports: the real ones listen where https always does. */
const withoutPorts = (hosts: string): string => hosts.replace(/:\d+/g, '');

interface Described {
  readonly name: string;
  readonly memoryMegabytes: number;
  readonly logGroup: string;
  readonly handler: string;
  readonly folder: string;
}

const ofLambda = ({ name, memoryMegabytes, logGroup, handler, folder }: Described, { place }: Cloud) => ({
  AWS_REGION: place.region,
  AWS_DEFAULT_REGION: place.region,
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMegabytes),
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_FORMAT: 'JSON',
  AWS_LAMBDA_LOG_GROUP_NAME: logGroup,
  AWS_LAMBDA_LOG_STREAM_NAME: '2026/01/01/[$LATEST]0123456789abcdef',
  LAMBDA_TASK_ROOT: folder,
  LAMBDA_RUNTIME_DIR: '/var/runtime',
  _HANDLER: handler,
  _X_AMZN_TRACE_ID: 'Root=1-67891233-abcdef012345678912345678;Sampled=0',
  LANG: 'en_US.UTF-8',
  PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
  TZ: ':UTC',
});

const ofCaller = ({ accessKeyId }: Caller) => ({
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: `secret of ${accessKeyId}`,
  AWS_SESSION_TOKEN: `token of ${accessKeyId}`,
});
