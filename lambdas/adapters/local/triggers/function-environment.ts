/** The environment of a function: what Lambda sets, and this machine in place of AWS; nothing of the service's own. */
import type { FunctionFacts } from './function-messages.ts';
import type { ModuleFunction } from './trigger-map.ts';

/** Where functions find the service. */
export interface Surroundings {
  readonly endpoint: string;
  /** The file with the keys of principals; absent where signatures are not checked. */
  readonly credentials?: string | undefined;
  /** Where programs are found. */
  readonly path: string | undefined;
}

type Variables = Readonly<Record<string, string>>;

export function functionEnvironment(
  { endpoint, credentials, path }: Surroundings,
  region: string,
  facts: FunctionFacts,
  { environment = {} }: Pick<ModuleFunction, 'environment'>,
): Variables {
  return {
    ...(path !== undefined && { PATH: path }),
    LANG: 'en_US.UTF-8',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_LAMBDA_FUNCTION_NAME: facts.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: facts.functionVersion,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: facts.memoryLimitInMB,
    AWS_LAMBDA_LOG_GROUP_NAME: facts.logGroupName,
    AWS_LAMBDA_LOG_STREAM_NAME: facts.logStreamName,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: endpoint,
    AWS_ENDPOINT_URL_KMS: endpoint,
    ...keys(credentials, environment),
    ...environment,
  };
}

/** Where signatures are not checked any will do; a profile or keys of the map's own are not overruled. */
function keys(credentials: string | undefined, given: Variables): Variables {
  if (credentials !== undefined) return { AWS_SHARED_CREDENTIALS_FILE: credentials };
  if (given['AWS_PROFILE'] !== undefined) return {};
  return { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
}
