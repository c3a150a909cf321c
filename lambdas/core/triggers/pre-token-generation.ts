/** Asks the pool's function what the tokens of an issue shall say. */
import { triggerAnswerUnrecognizable } from '../contract/errors.ts';
import { isObject } from '../contract/is-object.ts';
import type { Client } from '../model/client.ts';
import type { Group } from '../model/group.ts';
import type { ClaimOverrides, GroupOverride, ScopeOverrides, TokenOverrides } from '../model/token-overrides.ts';
import type { User } from '../model/user.ts';
import type { Ports } from '../ports/index.ts';
import { groupClaims } from '../rules/groups-in-tokens.ts';
import { triedInVain } from '../rules/token-overrides.ts';
import { memberOf, textIn, textsIn, textsOf } from './answer-members.ts';
import { attributesForTriggers, type ClientMetadata, type EventParties, metadataMember } from './event.ts';
import { invoke, type TriggerAnswer, type TriggerPorts } from './invoke.ts';
import { functionAt } from './trigger-points.ts';

/** How the tokens come to be issued. */
export type TokenSource =
  | 'Authentication'
  | 'NewPasswordChallenge'
  | 'AuthenticateDevice'
  | 'RefreshTokens'
  | 'ClientCredentials';

export interface TokenIssue extends Omit<EventParties, 'userName'> {
  readonly client: Client;
  /** Absent: the client is issued a token in its own name. */
  readonly user?: User | undefined;
  readonly groups?: readonly Group[] | undefined;
  /** Those that the access token would have. */
  readonly scopes: readonly string[];
  readonly source: TokenSource;
  readonly clientMetadata?: ClientMetadata | undefined;
}

/** Absent where the pool has no function, and where it leaves the tokens as they are. */
export async function overrideTokens(
  ports: TriggerPorts & Pick<Ports, 'notices'>,
  issue: TokenIssue,
): Promise<TokenOverrides | undefined> {
  const version = functionAt(issue.pool, 'PreTokenGeneration')?.version;
  // Earlier versions of the trigger know users alone.
  if (version === undefined || (!issue.user && version !== 'V3_0')) return undefined;
  const { pool, client, user } = issue;
  const member = version === 'V1_0' ? 'claimsOverrideDetails' : 'claimsAndScopeOverrideDetails';
  const answer = await invoke(
    ports,
    'PreTokenGeneration',
    { pool, client, userName: user?.username ?? client.id },
    {
      source: `TokenGeneration_${issue.source}`,
      request: requestOf(issue, version !== 'V1_0'),
      response: { [member]: null },
    },
  );
  const details = answer && detailsIn(answer, member);
  if (!details) return undefined;
  const overrides = version === 'V1_0' ? overridesOfFirst(details) : overridesOf(details);
  const ignored = triedInVain(overrides, client.id);
  if (ignored.length > 0) ports.notices.add(`PreTokenGeneration changes reserved claims: ${ignored.join(', ')}`);
  return overrides;
}

function requestOf(
  { pool, user, groups = [], scopes, clientMetadata }: TokenIssue,
  knowsScopes: boolean,
): TriggerAnswer {
  const { 'cognito:groups': names = [], 'cognito:roles': roles = [], ...claims } = groupClaims(groups);
  return {
    userAttributes: user ? attributesForTriggers(pool, user) : {},
    groupConfiguration: {
      groupsToOverride: names,
      iamRolesToOverride: roles,
      preferredRole: claims['cognito:preferred_role'] ?? null,
    },
    ...(knowsScopes && { scopes }),
    ...metadataMember(clientMetadata),
  };
}

/** Functions in languages with one kind of map and list answer an empty list for nothing. */
function detailsIn(answer: TriggerAnswer, name: string): TriggerAnswer | undefined {
  const value = memberOf(answer, name);
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return undefined;
  if (!isObject(value)) throw triggerAnswerUnrecognizable();
  return value;
}

/** The first version speaks of the ID token, and of the groups in both. */
function overridesOfFirst(details: TriggerAnswer): TokenOverrides {
  const suppress = textsOf(details, 'claimsToSuppress');
  const add = detailsIn(details, 'claimsToAddOrOverride') ? textsIn(details, 'claimsToAddOrOverride') : {};
  return {
    groups: groupsIn(details),
    id: { add, suppress },
    access: {
      add: {},
      suppress: suppress.filter((name) => name === 'cognito:groups'),
      addScopes: [],
      suppressScopes: [],
    },
  };
}

const overridesOf = (details: TriggerAnswer): TokenOverrides => {
  const [id = {}, access = {}] = [detailsIn(details, 'idTokenGeneration'), detailsIn(details, 'accessTokenGeneration')];
  return { groups: groupsIn(details), id: claimsIn(id), access: { ...claimsIn(access), ...scopesIn(access) } };
};

const claimsIn = (token: TriggerAnswer): ClaimOverrides => ({
  add: valuesIn(detailsIn(token, 'claimsToAddOrOverride') ?? {}),
  suppress: textsOf(token, 'claimsToSuppress'),
});

const scopesIn = (token: TriggerAnswer): ScopeOverrides => ({
  addScopes: textsOf(token, 'scopesToAdd'),
  suppressScopes: textsOf(token, 'scopesToSuppress'),
});

/** A value of null counts as absent. */
function valuesIn(claims: TriggerAnswer): TriggerAnswer {
  if (!isWithin(deepest, claims)) throw triggerAnswerUnrecognizable();
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== null && value !== undefined));
}

/** Levels of lists and objects: JSON is read however deep it is, but neither written nor checked by every library. */
const deepest = 64;

const isWithin = (levels: number, value: unknown): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levels > 0 && Object.values(value).every((member) => isWithin(levels - 1, member)));

/** There, and null or empty, it takes all groups away. */
function groupsIn(details: TriggerAnswer): GroupOverride | undefined {
  if (!Object.hasOwn(details, 'groupOverrideDetails') || details['groupOverrideDetails'] === undefined)
    return undefined;
  const given = detailsIn(details, 'groupOverrideDetails') ?? {};
  return {
    names: textsOf(given, 'groupsToOverride'),
    roles: textsOf(given, 'iamRolesToOverride'),
    preferredRole: textIn(given, 'preferredRole'),
  };
}
