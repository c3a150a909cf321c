/** Refuses what the policies of an identity do not allow. */
import { deniedInSession, explicitlyDenied, notAllowed, notAllowedInSession } from '../../contract/errors.ts';
import type { PolicyDocument, PolicyRules } from '../../model/policy.ts';
import type { Clock } from '../../ports/clock.ts';
import type { PoolStore } from '../../ports/pool-store.ts';
import type { Access, Identity } from '../../ports/signature-check.ts';
import { type Decision, decide, type Question } from './decide.ts';
import { parsePolicy } from './parse-policy.ts';
import { findRequestTags, type Tags, valuesOf } from './request-values.ts';

export interface PolicyPorts {
  readonly pools: Pick<PoolStore, 'read'>;
  readonly clock: Clock;
}

/** A policy of a session narrows what the others allow, and never adds to it: each of them has to allow as well. */
export async function requireAllowed(ports: PolicyPorts, identity: Identity, access: Access): Promise<void> {
  const own = identity.policies.map(readOnce);
  const boundaries = (identity.session?.boundaries ?? []).map(readOnce);
  const question = await questionOf(ports, identity, access, [...own, ...boundaries]);
  const decision = decide(rulesOf(own), question);
  const inSession = boundaries.map(({ rules }) => decide([rules], question));
  throwUnlessAllowed(decision, inSession, [identity.arn, access.action, access.resource]);
}

function throwUnlessAllowed(
  decision: Decision,
  inSession: readonly Decision[],
  said: readonly [arn: string, action: string, resource: string],
): void {
  if (decision === 'explicitly denied') throw explicitlyDenied(...said);
  if (inSession.includes('explicitly denied')) throw deniedInSession(...said);
  if (decision !== 'allowed') throw notAllowed(...said);
  if (inSession.some((each) => each !== 'allowed')) throw notAllowedInSession(...said);
}

async function questionOf(
  ports: PolicyPorts,
  identity: Identity,
  access: Access,
  read: readonly ReadPolicy[],
): Promise<Question> {
  const { action, resource } = access;
  const resourceTags = read.some(({ asksTags }) => asksTags) ? await tagsOf(ports, access) : {};
  return { action, resource, find: valuesOf({ identity, access, resourceTags, now: ports.clock.now() }) };
}

interface ReadPolicy {
  readonly rules: PolicyRules;
  /** Whether the tags of a pool may matter, for which it has to be read. */
  readonly asksTags: boolean;
}

const rulesOf = (read: readonly ReadPolicy[]): readonly PolicyRules[] => read.map(({ rules }) => rules);

const known = new WeakMap<PolicyDocument, ReadPolicy>();

/** The same documents come with every request of a principal. */
function readOnce(document: PolicyDocument): ReadPolicy {
  const found = known.get(document);
  if (found) return found;
  const asksTags = JSON.stringify(document).toLowerCase().includes('aws:resourcetag/');
  const read = { rules: parsePolicy(document), asksTags };
  known.set(document, read);
  return read;
}

/** As they are now: whoever has lost a tag loses what rested on it. A pool that is not there has none. */
async function tagsOf({ pools }: PolicyPorts, { poolId, makesResource, input }: Access): Promise<Tags> {
  if (makesResource) return findRequestTags(input) ?? {};
  return (poolId === undefined ? undefined : await pools.read(poolId))?.tags ?? {};
}
