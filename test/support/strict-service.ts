/** The service with its signatures checked, and clients with keys of their own. */
import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { type AccessStores, accessStores } from '../../lambdas/adapters/dynamodb/access-stores.ts';
import type { Table } from '../../lambdas/adapters/dynamodb/table.ts';
import type { StillClock } from '../../lambdas/adapters/local/still-clock.ts';
import { type SignatureCheckOptions, signatureCheck } from '../../lambdas/adapters/sigv4/signature-check.ts';
import { systemRandom } from '../../lambdas/adapters/system/system-random.ts';
import type { AccessKey } from '../../lambdas/core/model/access-key.ts';
import type { PolicyDocument } from '../../lambdas/core/model/policy.ts';
import type { Principal } from '../../lambdas/core/model/principal.ts';
import type { ServicePorts } from '../../lambdas/core/pipeline/exchange.ts';
import { newAccessKey } from '../../lambdas/core/rules/access-keys.ts';
import { type Builders, builders } from './builders.ts';
import { sdkClient } from './sdk-client.ts';
import { type ServiceOptions, startService } from './start-service.ts';
import { testTable } from './table.ts';
import type { RawRequest, Wire } from './wire.ts';

export interface StrictService extends Builders {
  readonly clock: StillClock;
  readonly access: AccessStores;
  readonly keys: AccessStores['accessKeys'];
  /** With the check of signatures. */
  readonly ports: ServicePorts;
  readonly send: Wire;
  /** Of somebody new, who may do everything where nothing else is said. */
  aKey(principal?: Partial<Pick<Principal, 'name' | 'tags'>> & { readonly policy?: unknown }): Promise<AccessKey>;
  clientOf(key: SigningKey, region?: string): CognitoIdentityProviderClient;
  /** The very request that a client of the SDK signs and sends for this work. */
  signed(
    key: SigningKey,
    work: (client: CognitoIdentityProviderClient) => Promise<unknown>,
  ): Promise<Required<RawRequest>>;
}

/** With a token, of a session. */
export type SigningKey = Pick<AccessKey, 'id' | 'secret'> & { readonly token?: string | undefined };

const everything = policy({ Effect: 'Allow', Action: 'cognito-idp:*', Resource: '*' });

export function policy(...statements: readonly object[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements };
}

export interface StrictOptions extends Partial<SignatureCheckOptions> {
  /** Of policies, principals and keys; by default the one that all tests share. */
  readonly table?: Table;
}

let principals = 0;

export const aPrincipal = (members: Partial<Principal> = {}): Principal => ({
  name: 'ada',
  policies: [],
  inline: [],
  tags: {},
  status: 'active',
  createdAt: 1000,
  origin: 'api',
  version: 0,
  ...members,
});

export async function startStrictService(
  { table = testTable(), ...options }: StrictOptions = {},
  service: ServiceOptions = {},
): Promise<StrictService> {
  const { ports, clock } = await startService({ settings: service.settings ?? {} });
  const access = accessStores({ table, sealer: ports.sealer });
  const { accessKeys: keys } = access;
  const settings = { ...ports.settings, account: '111122223333' };
  const hosts = new Set(['localhost']);
  const check = { ...ports, ...access, clock, settings, hosts, acceptAnyRegion: true, ...options };
  const checked = { ...ports, settings, signatures: signatureCheck(check) };
  const { send } = await startService({ ...service, ports: checked });

  const clientThrough = (wire: Wire, { id, secret, token }: SigningKey, region = 'us-east-1') =>
    sdkClient(wire, region, {
      credentials: { accessKeyId: id, secretAccessKey: secret, ...(token !== undefined && { sessionToken: token }) },
      systemClockOffset: clock.now() - Date.now(),
    });

  async function aKey({
    name: given,
    tags = {},
    policy: document = everything,
  }: Parameters<StrictService['aKey']>[0] = {}) {
    principals += 1;
    // All tests share one table.
    const name = given ?? `${process.pid}-${principals}-${Buffer.from(systemRandom.bytes(4)).toString('hex')}`;
    const principal = aPrincipal({ name, tags, inline: [document as PolicyDocument] });
    const key = newAccessKey(systemRandom, name, clock.now());
    if ((await access.principals.add(principal, key)) !== 'added') throw new Error(`There is a principal ${name}`);
    return key;
  }

  return {
    ...builders(clientThrough(send, await aKey())),
    clock,
    access,
    keys,
    ports: checked,
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
