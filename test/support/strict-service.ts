/** The service with its signatures checked, and clients with keys of their own. */
import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { accessKeyStore } from '../../lambdas/adapters/dynamodb/access-key-store.ts';
import type { StillClock } from '../../lambdas/adapters/local/still-clock.ts';
import { type SignatureCheckOptions, signatureCheck } from '../../lambdas/adapters/sigv4/signature-check.ts';
import { systemRandom } from '../../lambdas/adapters/system/system-random.ts';
import type { AccessKey } from '../../lambdas/core/model/access-key.ts';
import type { PolicyDocument } from '../../lambdas/core/model/policy.ts';
import type { AccessKeyStore } from '../../lambdas/core/ports/access-key-store.ts';
import { newAccessKey } from '../../lambdas/core/rules/access-keys.ts';
import { type Builders, builders } from './builders.ts';
import { sdkClient } from './sdk-client.ts';
import { type ServiceOptions, startService } from './start-service.ts';
import { testTable } from './table.ts';
import type { RawRequest, Wire } from './wire.ts';

export interface StrictService extends Builders {
  readonly clock: StillClock;
  readonly keys: AccessKeyStore;
  readonly send: Wire;
  /** Of somebody new, who may do everything where nothing else is said. */
  aKey(principal?: Partial<Pick<AccessKey, 'principal' | 'tags'>> & { readonly policy?: unknown }): Promise<AccessKey>;
  clientOf(key: Pick<AccessKey, 'id' | 'secret'>, region?: string): CognitoIdentityProviderClient;
  /** The very request that a client of the SDK signs and sends for this work. */
  signed(
    key: Pick<AccessKey, 'id' | 'secret'>,
    work: (client: CognitoIdentityProviderClient) => Promise<unknown>,
  ): Promise<Required<RawRequest>>;
}

const everything = policy({ Effect: 'Allow', Action: 'cognito-idp:*', Resource: '*' });

export function policy(...statements: readonly object[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements };
}

let principals = 0;

export async function startStrictService(
  options: Partial<SignatureCheckOptions> = {},
  service: ServiceOptions = {},
): Promise<StrictService> {
  const { ports, clock } = await startService();
  const keys = accessKeyStore({ table: testTable(), sealer: ports.sealer });
  const settings = { issuerBase: 'http://localhost', account: '111122223333' };
  const hosts = new Set(['localhost']);
  const check = { keys, pools: ports.pools, clock, settings, hosts, acceptAnyRegion: true, ...options };
  const { send } = await startService({ ...service, ports: { ...ports, settings, signatures: signatureCheck(check) } });

  const clientThrough = (wire: Wire, { id, secret }: Pick<AccessKey, 'id' | 'secret'>, region = 'us-east-1') =>
    sdkClient(wire, region, {
      credentials: { accessKeyId: id, secretAccessKey: secret },
      systemClockOffset: clock.now() - Date.now(),
    });

  async function aKey({
    principal,
    tags = {},
    policy: document = everything,
  }: Parameters<StrictService['aKey']>[0] = {}) {
    principals += 1;
    // All tests share one table.
    const name = principal ?? `${process.pid}-${principals}-${Buffer.from(systemRandom.bytes(4)).toString('hex')}`;
    const policies = [document as PolicyDocument];
    const key = newAccessKey(systemRandom, { principal: name, policies, tags }, clock.now());
    if ((await keys.add(key)) !== 'added') throw new Error(`There is a principal ${name} already`);
    return key;
  }

  return {
    ...builders(clientThrough(send, await aKey())),
    clock,
    keys,
    send,
    aKey,
    clientOf: (key, region) => clientThrough(send, key, region),
    async signed(key, work) {
      const seen: RawRequest[] = [];
      const keeping: Wire = async (request) => {
        seen.push(request);
        return { status: 200, headers: {}, body: '{}', json: {} };
      };
      await work(clientThrough(keeping, key));
      const [request] = seen;
      if (!request) throw new Error('The client sent nothing');
      // The SDK's own kind of bytes warns whoever takes it for text.
      const body = typeof request.body === 'object' ? Uint8Array.from(request.body) : Buffer.from(request.body ?? '');
      return { method: 'POST', target: '/', headers: {}, ...request, body };
    },
  };
}
