/** What a resource server may be called, what its scopes are called in tokens, and how answers show it. */
import { type limitExceeded, resourceServerReserved, scopeNameRepeated } from '../core/contract/errors.ts';
import type { Branded } from '../core/contract/shape.ts';
import type { ResourceServer, ResourceServerScope } from '../core/model/resource-server.ts';
import type { Ports } from '../core/ports/index.ts';
import { quotaOf } from '../core/rules/quotas.ts';

/** The service's own scopes begin with it. */
const reserved = 'aws.cognito';

export function requireFreeIdentifier(identifier: string): void {
  if (identifier === reserved) throw resourceServerReserved(identifier);
}

/** Two scopes of one name would be one scope with two descriptions. */
export function requireDistinctScopes(scopes: readonly ResourceServerScope[]): void {
  const names = scopes.map(({ ScopeName }) => ScopeName);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw scopeNameRepeated(repeated);
}

export function requireRoom(
  ports: Pick<Ports, 'settings'>,
  scopes: readonly ResourceServerScope[],
  refusal: typeof limitExceeded,
): void {
  const most = quotaOf(ports, 'scopesPerResourceServer');
  if (scopes.length > most) throw refusal('scopes of a resource server', most);
}

/** `ResourceServerType`; one without scopes says nothing of them. */
export const describeResourceServer = ({ poolId, identifier, name, scopes }: ResourceServer) => ({
  UserPoolId: poolId as Branded<'PoolId'>,
  Identifier: identifier,
  Name: name,
  ...(scopes.length > 0 && { Scopes: scopes }),
});
