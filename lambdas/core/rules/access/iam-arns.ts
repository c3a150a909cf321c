/** Reads the ARNs of callers whom IAM knows, and the patterns that principals stand for them by. */
import type { Pattern } from '../../model/policy.ts';
import type { Principal } from '../../model/principal.ts';
import { matchesArn, segmentsOf } from '../policies/arns.ts';
import { parsePattern } from '../policies/patterns.ts';

/** By segment; `undefined` where it is no pattern of ARNs. */
export function findArnPattern(text: string): readonly Pattern[] | undefined {
  const pattern = text.startsWith('arn:') ? parsePattern(text, { wildcards: true, variables: false }) : undefined;
  return pattern && segmentsOf(pattern);
}

/**
 * Whether the principal stands for the caller. Whoever has assumed a role is known by the session's ARN and by that of
 * the role, which is how people write it in policies.
 */
export function standsFor({ arn: text }: Principal, caller: string): boolean {
  const pattern = text === undefined ? undefined : findArnPattern(text);
  if (pattern === undefined) return false;
  return [caller, roleArnOf(caller)].some((arn) => arn !== undefined && matchesArn(pattern, arn, noValue) === true);
}

const noValue = (): undefined => undefined;

const sessionForm = /^arn:([\w-]+):sts::(\d{12}):assumed-role\/([^/]+)\/[^/]+$/;

/** Of the session of a role. The path of the role is not known; names are unique without it. */
function roleArnOf(caller: string): string | undefined {
  const [, partition, account, role] = sessionForm.exec(caller) ?? [];
  return role === undefined ? undefined : `arn:${partition}:iam::${account}:role/${role}`;
}

/** What `aws:PrincipalArn` stands for: of the session of a role, the role, as with IAM. */
export const principalArnOf = (caller: string): string => roleArnOf(caller) ?? caller;

/** What `aws:username` stands for: users of IAM have a name, behind a path; roles have none. */
export const findUserName = (caller: string): string | undefined =>
  /^arn:[\w-]+:iam::\d{12}:user\/(?:.*\/)?([^/]+)$/.exec(caller)?.[1];
