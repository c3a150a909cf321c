/** Changes the claims of tokens as a function of the pool has said, as far as a function may. */
import { tokensHaveTooMuch, tokensTooLarge, triggerAnswerUnrecognizable } from '../contract/errors.ts';
import type { ClaimOverrides, GroupOverride, TokenOverrides } from '../model/token-overrides.ts';

export type Claims = Readonly<Record<string, unknown>>;

/** What both tokens say of themselves and of whom they are for: no function changes it. */
const reserved: ReadonlySet<string> = new Set([
  'acr',
  'amr',
  'at_hash',
  'aud',
  'auth_time',
  'azp',
  'exp',
  'iat',
  'identities',
  'iss',
  'jti',
  'nbf',
  'nonce',
  'origin_jti',
  'sub',
  'token_use',
]);

const reservedInAccess: ReadonlySet<string> = new Set([
  'client_id',
  'device_key',
  'event_id',
  'scope',
  'username',
  'version',
]);

/** `cognito:` is the service's own; developers' attributes are in no token. */
const isReserved = (name: string): boolean => reserved.has(name) || /^(cognito|dev):/.test(name);

/** What a function has tried to change in vain, by the names that are the service's own. */
export function triedInVain({ id, access }: TokenOverrides, clientId: string): readonly string[] {
  const ofId = [...Object.keys(id.add), ...id.suppress.filter(stays)].filter(isReserved);
  const ofAccess = [
    ...Object.keys(access.add).filter((name) => !(name === 'aud' && access.add['aud'] === clientId)),
    ...access.suppress.filter(stays),
  ].filter((name) => isReserved(name) || reservedInAccess.has(name));
  return [...new Set([...ofId, ...ofAccess].map(plainName))].sort();
}

/** Groups are given by other means and taken by this one; what no token has anyway may be taken as well. */
const stays = (name: string): boolean => name !== 'cognito:groups' && !name.startsWith('dev:');

/** Behind the colon, functions may say whatever they like. */
const plainName = (name: string): string => name.replace(/:.*/s, ':*');

/** Texts and flags to every reader, so that they may not become lists or objects. */
const plain: ReadonlySet<string> = new Set(['phone_number_verified', 'email_verified', 'updated_at', 'address']);

export function changedIdToken(claims: Claims, { groups, id }: TokenOverrides): Claims {
  if (Object.entries(id.add).some(([name, value]) => plain.has(name) && typeof value === 'object')) {
    throw triggerAnswerUnrecognizable();
  }
  return bounded(changed(withGroups(claims, groups, true), id, isReserved));
}

export function changedAccessToken(claims: Claims, { groups, access }: TokenOverrides, clientId: string): Claims {
  const namesItself = access.add['aud'] === clientId;
  const isFixed = (name: string) =>
    reservedInAccess.has(name) || (isReserved(name) && !(namesItself && name === 'aud'));
  return bounded(withScopes(changed(withGroups(claims, groups, false), access, isFixed), access));
}

/** What is suppressed goes, even if it was added; of the groups, their roles go as well. */
function changed(claims: Claims, { add, suppress }: ClaimOverrides, isFixed: (name: string) => boolean): Claims {
  const added = Object.entries(add).filter(([name]) => !isFixed(name));
  const gone = new Set(suppress.filter((name) => !isFixed(name)));
  if (suppress.includes('cognito:groups')) for (const name of groupClaims) gone.add(name);
  return Object.fromEntries([...Object.entries(claims), ...added].filter(([name]) => !gone.has(name)));
}

const groupClaims = ['cognito:groups', 'cognito:roles', 'cognito:preferred_role'];

function withGroups(claims: Claims, groups: GroupOverride | undefined, hasRoles: boolean): Claims {
  if (!groups) return claims;
  const others = Object.entries(claims).filter(([name]) => !groupClaims.includes(name));
  const { names, roles, preferredRole } = groups;
  return {
    ...Object.fromEntries(others),
    ...(names.length > 0 && { 'cognito:groups': names }),
    ...(hasRoles && roles.length > 0 && { 'cognito:roles': roles }),
    ...(hasRoles && preferredRole !== undefined && { 'cognito:preferred_role': preferredRole }),
  };
}

/** A token without any scope has an empty claim: whoever reads it need not tell a missing one apart. */
function withScopes(claims: Claims, { addScopes, suppressScopes }: TokenOverrides['access']): Claims {
  if (addScopes.some((scope) => /\s/.test(scope) || scope === '')) throw triggerAnswerUnrecognizable();
  const scopes = new Set([...scopesOf(claims), ...addScopes]).difference(new Set(suppressScopes));
  return { ...claims, scope: [...scopes].join(' ') };
}

const scopesOf = (claims: Claims): readonly string[] =>
  String(claims['scope'] ?? '')
    .split(' ')
    .filter(Boolean);

/** Claims and scopes of all tokens of one issue. */
const most = 5000;

/** Of tokens that a function has changed: what they had before counts as well. */
export function requireFew(tokens: readonly Claims[]): void {
  const count = tokens.reduce((sum, claims) => sum + Object.keys(claims).length + scopesOf(claims).length, 0);
  if (count > most) throw tokensHaveTooMuch(most);
}

/** In bytes, as JSON: so that the token is still one that this API takes as a parameter. */
const longest = 90_000;

function bounded(claims: Claims): Claims {
  if (Buffer.byteLength(JSON.stringify(claims)) > longest) throw tokensTooLarge(longest);
  return claims;
}
