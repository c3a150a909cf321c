/** What tokens say about a user's groups. */
import type { Group } from '../model/group.ts';

export interface GroupClaims {
  readonly 'cognito:groups'?: readonly string[];
  readonly 'cognito:roles'?: readonly string[];
  readonly 'cognito:preferred_role'?: string;
}

/** For ID tokens; without groups no claim at all. Access tokens carry the first claim alone. */
export function groupClaims(groups: readonly Group[]): GroupClaims {
  if (groups.length === 0) return {};
  const ranked = byPrecedence(groups);
  const roles = [...new Set(ranked.flatMap(({ roleArn }) => roleArn ?? []))];
  const preferred = preferredRole(groups);
  return {
    'cognito:groups': ranked.map(({ name }) => name),
    ...(roles.length > 0 && { 'cognito:roles': roles }),
    ...(preferred !== undefined && { 'cognito:preferred_role': preferred }),
  };
}

/** Lowest number first, groups without one last, then by name. */
export const byPrecedence = (groups: readonly Group[]): Group[] =>
  groups.toSorted((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));

/** The role of the group that ranks first among those with a role; none when the first are equal and disagree. */
export function preferredRole(groups: readonly Group[]): string | undefined {
  const [first, ...rest] = byPrecedence(groups).filter(({ roleArn }) => roleArn !== undefined);
  const agrees = rest.every((group) => group.precedence !== first?.precedence || group.roleArn === first?.roleArn);
  return agrees ? first?.roleArn : undefined;
}

const rank = ({ precedence }: Group): number => precedence ?? Number.MAX_SAFE_INTEGER;
