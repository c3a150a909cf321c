/** Refuses what the policies of a principal do not allow. */
import { explicitlyDenied, notAllowed } from '../../contract/errors.ts';
import type { Policy, PolicyDocument } from '../../model/policy.ts';
import type { Pool } from '../../model/pool.ts';
import type { Clock } from '../../ports/clock.ts';
import type { PoolStore } from '../../ports/pool-store.ts';
import type { Access, Principal } from '../../ports/signature-check.ts';
import { decide } from './decide.ts';
import { parsePolicy } from './parse-policy.ts';
import { valuesOf } from './request-values.ts';

export interface PolicyPorts {
  readonly pools: Pick<PoolStore, 'find'>;
  readonly clock: Clock;
}

export async function requireAllowed(ports: PolicyPorts, principal: Principal, access: Access): Promise<void> {
  const read = principal.policies.map(readOnce);
  const resourceTags = read.some(({ asksTags }) => asksTags) ? await tagsOf(ports, access.resource) : {};
  const find = valuesOf({ principal, access, resourceTags, now: ports.clock.now() });
  const { action, resource } = access;
  const decision = decide(
    read.map(({ policy }) => policy),
    { action, resource, find },
  );
  if (decision === 'explicitly denied') throw explicitlyDenied(principal.arn, action, resource);
  if (decision !== 'allowed') throw notAllowed(principal.arn, action, resource);
}

interface ReadPolicy {
  readonly policy: Policy;
  /** Whether the tags of a pool may matter, for which it has to be read. */
  readonly asksTags: boolean;
}

const known = new WeakMap<PolicyDocument, ReadPolicy>();

/** The same documents come with every request of a principal. */
function readOnce(document: PolicyDocument): ReadPolicy {
  const found = known.get(document);
  if (found) return found;
  const asksTags = JSON.stringify(document).toLowerCase().includes('aws:resourcetag/');
  const read = { policy: parsePolicy(document), asksTags };
  known.set(document, read);
  return read;
}

/** A pool that is not there has none. */
async function tagsOf({ pools }: PolicyPorts, resource: string): Promise<Pool['tags']> {
  const [, poolId] = /:userpool\/([^/:]+)$/.exec(resource) ?? [];
  return (poolId === undefined ? undefined : await pools.find(poolId))?.tags ?? {};
}
