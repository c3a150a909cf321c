/** The official SDK client, whose requests go to the pipeline inside this process: no socket. */
import {
  CognitoIdentityProviderClient,
  type CognitoIdentityProviderClientConfig,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Wire } from './wire.ts';

/** As in the SDK's own types: what a request handler is given. */
interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Where signatures are checked: the key to sign with, and by how much the service's clock is ahead. */
export type Signing = Pick<CognitoIdentityProviderClientConfig, 'credentials' | 'systemClockOffset'>;

/** And what trusts its certificate. */
export type Connecting = Signing & Pick<CognitoIdentityProviderClientConfig, 'requestHandler'>;

export function sdkClient(wire: Wire, region = 'us-east-1', signing: Signing = {}): CognitoIdentityProviderClient {
  const requestHandler = {
    async handle({ method, path, headers, body }: SdkRequest) {
      const answer = await wire({ method, target: path, headers, body: bytesOf(body) });
      return { response: { statusCode: answer.status, headers: answer.headers, body: Buffer.from(answer.body) } };
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
  };
  return new CognitoIdentityProviderClient({
    ...clientSettings(region),
    ...signing,
    endpoint: 'http://localhost',
    requestHandler: requestHandler as NonNullable<CognitoIdentityProviderClientConfig['requestHandler']>,
  });
}

/** To a served endpoint. */
export const sdkClientOf = (
  endpoint: string,
  region = 'us-east-1',
  settings: Connecting = {},
): CognitoIdentityProviderClient =>
  new CognitoIdentityProviderClient({ ...clientSettings(region), ...settings, endpoint });

/** A retry would hide a fault. */
const clientSettings = (region: string) => ({
  region,
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not-checked' },
  maxAttempts: 1,
});

function bytesOf(body: unknown): string | Uint8Array {
  if (typeof body === 'string' || body instanceof Uint8Array) return body;
  if (body === undefined) return '';
  throw new TypeError('The SDK sent a body that is neither text nor bytes');
}
