/** Holds every call of the functions against their roles: what no role allows is refused, and remembered. */
import { mayBeAssumedBy, resourcePolicies, statementsOfRole } from './grants.ts';
import { matchesGlob } from './iam-patterns.ts';
import { type Access, actionsOf, coversAction, decide, type Statement } from './iam-policy.ts';
import type { Cloud } from './template.ts';

/** A function, as the services that it calls see it. */
export interface Caller {
  /** The key that it signs with. */
  readonly accessKeyId: string;
  /** Its `ROOM`. */
  readonly room: string;
  readonly roleArn: string;
}

export interface Refused {
  readonly room: string;
  readonly action: string;
  readonly resource: string;
  readonly reason: string;
  /** Partitions that it was about. */
  readonly keys: readonly string[] | undefined;
}

/** A call that has been looked at; whoever listens may end its caller. */
export interface Seen extends Pick<Access, 'action' | 'resource'> {
  readonly room: string;
}

export interface Guard {
  /** What a service that is called asks: may this key do all of this? */
  permits(accessKeyId: string, accesses: readonly Access[]): boolean;
  readonly refusals: readonly Refused[];
  /** Those so far, which a test has asked for: they are no fault of the roles. */
  takeRefusals(): readonly Refused[];
  /** `room action` for each action that a role allows and nobody has used. */
  unusedGrants(): readonly string[];
  /** Hears of every call that is allowed, before it is done. */
  onCall: ((seen: Seen) => void) | undefined;
}

export function guardOf(cloud: Cloud, callers: readonly Caller[]): Guard {
  const policies = resourcePolicies(cloud);
  const rights = new Map(callers.map((caller) => [caller.accessKeyId, rightsOf(cloud, caller)]));
  const refusals: Refused[] = [];

  function permitsOne(caller: Rights, access: Access): boolean {
    const reason = refusalOf(caller, access, policies.get(access.resource));
    const { action, resource } = access;
    if (reason === undefined) guard.onCall?.({ room: caller.room, action, resource });
    else refusals.push({ room: caller.room, action, resource, reason, keys: access.context['dynamodb:LeadingKeys'] });
    return reason === undefined;
  }

  const guard: Guard = {
    permits(accessKeyId, accesses) {
      const caller = rights.get(accessKeyId);
      if (caller === undefined) throw new Error(`No function signs with ${accessKeyId}`);
      return accesses.map((access) => permitsOne(caller, access)).every((one) => one);
    },
    refusals,
    takeRefusals: () => refusals.splice(0),
    unusedGrants: () => [...rights.values()].flatMap(unusedOf).toSorted(),
    onCall: undefined,
  };
  return guard;
}

interface Rights extends Caller {
  readonly statements: readonly Statement[];
  /** Actions, as the statements write them. */
  readonly used: Set<string>;
}

function rightsOf(cloud: Cloud, caller: Caller): Rights {
  if (!mayBeAssumedBy(cloud, caller.roleArn, 'lambda.amazonaws.com')) {
    throw new Error(`Lambda may not be the role of ${caller.room}`);
  }
  return { ...caller, statements: statementsOfRole(cloud, caller.roleArn), used: new Set() };
}

/** Allowed by the role unless the resource denies it; a resource with a policy of trust must leave it to roles, too. */
function refusalOf(caller: Rights, access: Access, policy: readonly Statement[] | undefined): string | undefined {
  const own = decide(caller.statements, access);
  if (own.outcome !== 'allowed') return `${own.outcome} by the role`;
  const onResource = (policy ?? []).map((statement) => ({ ...statement, Resource: '*' }));
  const about = onResource.filter(({ Principal }) => isAbout(Principal, caller.roleArn));
  const theirs = decide(about, access);
  if (theirs.outcome === 'denied') return 'denied by the resource';
  // Keys alone are closed to their own account unless their policy opens them, as that of a key of no template does.
  if (access.action.startsWith('kms:') && policy && theirs.outcome !== 'allowed') return 'not allowed by the key';
  for (const statement of own.by) {
    for (const one of actionsOf(statement)) if (coversAction(one, access.action)) caller.used.add(one);
  }
  return undefined;
}

/** The role, everybody, or the account, which leaves it to the policies of its roles. */
function isAbout(principal: unknown, roleArn: string): boolean {
  if (principal === '*') return true;
  // Otherwise by kind, of which only AWS can be a role.
  const named = [(principal as { readonly AWS?: string | readonly string[] } | undefined)?.AWS ?? []].flat();
  const account = roleArn.split(':')[4];
  return named.some((one) => matchesGlob(one, roleArn) || one === account || one === `arn:aws:iam::${account}:root`);
}

const unusedOf = ({ room, statements, used }: Rights): readonly string[] => {
  const allowed = new Set(statements.filter(({ Effect }) => Effect === 'Allow').flatMap(actionsOf));
  return [...allowed].filter((action) => !used.has(action)).map((action) => `${room} ${action}`);
};
