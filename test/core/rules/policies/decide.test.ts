/** What policies allow and deny: actions, resources, conditions, and which of several counts. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this
import { describe, expect, test } from 'vitest';
import type { Access, Identity } from '../../../../lambdas/core/ports/signature-check.ts';
import { decide } from '../../../../lambdas/core/rules/policies/decide.ts';
import { parsePolicy } from '../../../../lambdas/core/rules/policies/parse-policy.ts';
import { valuesOf } from '../../../../lambdas/core/rules/policies/request-values.ts';

const poolArn = 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_AbCdEf';

interface Asked {
  readonly action?: string;
  readonly resource?: string;
  readonly sourceIp?: string;
  readonly isSecure?: boolean;
  readonly input?: Access['input'];
  readonly principalTags?: Readonly<Record<string, string>>;
  readonly resourceTags?: Readonly<Record<string, string>>;
  readonly now?: number;
}

const decided = (statements: readonly object[], asked: Asked = {}, Version = '2012-10-17'): string => {
  const { action = 'ListUsers', resource = poolArn, sourceIp = '192.0.2.7', input = {} } = asked;
  const access: Access = { action: `cognito-idp:${action}`, resource, sourceIp, input, isSecure: asked.isSecure };
  const identity: Identity = {
    arn: 'arn:aws:iam::111122223333:user/ada',
    account: '111122223333',
    region: 'eu-west-1',
    keyId: 'AKIAAAAAAAAAAAAAAAAA',
    principals: [{ name: 'ada', createdAt: 0 }],
    name: 'ada',
    tags: asked.principalTags ?? {},
    policies: [],
  };
  const { resourceTags = {}, now = Date.UTC(2026, 8, 1) } = asked;
  const find = valuesOf({ identity, access, resourceTags, now });
  return decide([parsePolicy({ Version, Statement: statements })], { action: access.action, resource, find });
};

const allow = (members: object = {}) => ({ Effect: 'Allow', Action: '*', Resource: '*', ...members });
const deny = (members: object = {}) => ({ ...allow(members), Effect: 'Deny' });
const without = <T extends object, K extends keyof T>(statement: T, ...names: readonly K[]) =>
  Object.fromEntries(Object.entries(statement).filter(([name]) => !names.includes(name as K)));

const isAllowed = (statement: object, asked?: Asked): boolean => decided([statement], asked) === 'allowed';

describe('Statements', () => {
  test.each([
    ['none that applies', [allow({ Action: 'cognito-idp:DeleteUserPool' })], 'not allowed'],
    ['one that allows', [allow()], 'allowed'],
    ['one that denies', [deny()], 'explicitly denied'],
    ['one of each, the denying one first', [deny(), allow()], 'explicitly denied'],
    ['one of each, the denying one last', [allow(), deny()], 'explicitly denied'],
    ['one that allows and one that denies another', [allow(), deny({ Action: 'cognito-idp:SignUp' })], 'allowed'],
  ])('%s decide so', (_, statements, outcome) => {
    expect(decided(statements)).toBe(outcome);
  });

  test('count across policies', () => {
    const policies = [allow(), deny({ Action: 'cognito-idp:DeleteUserPool' })].map((Statement) =>
      parsePolicy({ Version: '2012-10-17', Statement }),
    );
    const find = () => undefined;
    expect(decide(policies, { action: 'cognito-idp:DeleteUserPool', resource: poolArn, find })).toBe(
      'explicitly denied',
    );
    expect(decide(policies, { action: 'cognito-idp:ListUsers', resource: poolArn, find })).toBe('allowed');
    expect(decide([], { action: 'cognito-idp:ListUsers', resource: poolArn, find })).toBe('not allowed');
  });
});

describe('Actions', () => {
  test.each([
    ['cognito-idp:ListUsers', true],
    ['COGNITO-IDP:listusers', true],
    ['cognito-idp:*', true],
    ['*', true],
    ['cognito-idp:List*', true],
    ['cognito-idp:ListUser?', true],
    ['cognito-idp:*sers', true],
    ['cognito-idp:L*t*s', true],
    ['cognito-idp:List', false],
    ['cognito-idp:ListUsersInGroup', false],
    ['cognito-idp:ListUsers?', false],
    ['cognito-identity:*', false],
    ['s3:*', false],
  ])('%s: %s', (Action, outcome) => {
    expect(isAllowed(allow({ Action }))).toBe(outcome);
    expect(isAllowed(allow({ Action: ['s3:GetObject', Action] }))).toBe(outcome);
    expect(isAllowed(without(allow({ NotAction: Action }), 'Action'))).toBe(!outcome);
  });

  test('that are excepted in a denial leave those alone', () => {
    const others = without(deny({ NotAction: ['cognito-idp:List*', 'cognito-idp:Describe*'] }), 'Action');
    expect(decided([allow(), others])).toBe('allowed');
    expect(decided([allow(), others], { action: 'DeleteUserPool' })).toBe('explicitly denied');
  });
});

describe('Resources', () => {
  test.each([
    [poolArn, true],
    ['*', true],
    ['arn:aws:cognito-idp:eu-west-1:111122223333:userpool/*', true],
    ['arn:aws:cognito-idp:*:*:userpool/*', true],
    ['arn:*:*:*:*:*', true],
    ['arn:aws:cognito-idp:eu-west-?:111122223333:userpool/eu-west-1_??????', true],
    ['arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Abcdef', false],
    ['arn:aws:cognito-idp:us-east-1:111122223333:userpool/*', false],
    ['arn:aws:cognito-idp:eu-west-1:444455556666:userpool/*', false],
    ['arn:aws-cn:cognito-idp:eu-west-1:111122223333:userpool/*', false],
    ['arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_AbCdE', false],
    // Were a wildcard to reach beyond its segment, these would.
    ['arn:aws:*:userpool/eu-west-1_AbCdEf:::', false],
    ['arn:aws:cognito-idp:eu*333:::userpool/eu-west-1_AbCdEf', false],
  ])('%s: %s', (Resource, outcome) => {
    expect(isAllowed(allow({ Resource }))).toBe(outcome);
    expect(isAllowed(allow({ Resource: ['arn:aws:s3:::bucket', Resource] }))).toBe(outcome);
    expect(isAllowed(without(allow({ NotResource: Resource }), 'Resource'))).toBe(!outcome);
  });

  test('that name pools are not what operations without one are on', () => {
    const everyPool = allow({ Resource: 'arn:aws:cognito-idp:*:*:*' });
    expect(isAllowed(everyPool, { action: 'ListUserPools', resource: '*' })).toBe(false);
    expect(isAllowed(allow(), { action: 'ListUserPools', resource: '*' })).toBe(true);
  });

  test('with a variable follow who asks', () => {
    const own = allow({ Resource: 'arn:aws:cognito-idp:*:*:userpool/${aws:PrincipalTag/pool}' });
    expect(isAllowed(own, { principalTags: { pool: 'eu-west-1_AbCdEf' } })).toBe(true);
    expect(isAllowed(own, { principalTags: { pool: 'eu-west-1_Other' } })).toBe(false);
    // What a variable stands for has no wildcards, and does not part segments.
    expect(isAllowed(own, { principalTags: { pool: '*' } })).toBe(false);
    expect(isAllowed(own)).toBe(false);
    const region = allow({ Resource: 'arn:aws:cognito-idp:${aws:PrincipalTag/in}:userpool/*' });
    expect(() => isAllowed(region, { principalTags: { in: 'eu-west-1:111122223333' } })).toThrow('ARNs of six parts');
  });

  test('with a variable that has no value never open a door', () => {
    const others = { NotResource: 'arn:aws:cognito-idp:*:*:userpool/${aws:PrincipalTag/pool}' };
    expect(decided([without(allow(others), 'Resource')])).toBe('not allowed');
    expect(decided([allow(), without(deny(others), 'Resource')])).toBe('explicitly denied');
  });

  test('with a variable have its fallback where there is no value', () => {
    const own = allow({ Resource: "arn:aws:cognito-idp:*:*:userpool/${aws:PrincipalTag/pool, 'eu-west-1_AbCdEf'}" });
    expect(isAllowed(own)).toBe(true);
    expect(isAllowed(own, { principalTags: { pool: 'eu-west-1_Other' } })).toBe(false);
  });

  test('of the older version have no variables', () => {
    const own = [allow({ Resource: 'arn:aws:cognito-idp:*:*:userpool/${aws:username}' })];
    const asked = { resource: 'arn:aws:cognito-idp:a:b:userpool/ada' };
    expect(decided(own, asked)).toBe('allowed');
    expect(decided(own, asked, '2008-10-17')).toBe('not allowed');
    expect(decided(own, { resource: 'arn:aws:cognito-idp:a:b:userpool/${aws:username}' }, '2008-10-17')).toBe(
      'allowed',
    );
  });
});

/** Operator, key, value, what is asked, and whether it holds. */
type Row = readonly [operator: string, key: string, value: unknown, asked: Asked, outcome: boolean];

const team = (name: string): Asked => ({ resourceTags: { team: name } });
const at = (time: string): Asked => ({ now: Date.parse(time) });
const from = (sourceIp: string): Asked => ({ sourceIp });
const tagging = (...TagKeys: readonly string[]): Asked => ({ input: { TagKeys } });

const rows: readonly Row[] = [
  ['StringEquals', 'aws:ResourceTag/team', 'red', team('red'), true],
  ['StringEquals', 'aws:ResourceTag/team', 'red', team('Red'), false],
  ['StringEquals', 'aws:ResourceTag/team', ['blue', 'red'], team('red'), true],
  ['StringEquals', 'aws:ResourceTag/team', '*', team('red'), false],
  ['StringEquals', 'aws:ResourceTag/team', '*', team('*'), true],
  ['StringEquals', 'aws:ResourceTag/team', 'red', {}, false],
  ['StringEquals', 'AWS:resourcetag/TEAM', 'red', team('red'), true],
  ['StringEquals', 'aws:ResourceTag/Team', 'red', { resourceTags: { team: 'blue', Team: 'red' } }, false],
  ['StringEquals', 'aws:ResourceTag/Team', 'red', { resourceTags: { team: 'red', Team: 'red' } }, true],
  ['StringEquals', 'aws:ResourceTag/team', ['red', 'blue'], { resourceTags: { team: 'blue', Team: 'red' } }, true],
  ['StringNotEquals', 'aws:ResourceTag/team', 'red', { resourceTags: { team: 'blue', Team: 'red' } }, false],
  ['ForAnyValue:StringEquals', 'aws:RequestTag/team', 'red', { input: { Tags: { team: 'red', Team: 'blue' } } }, false],
  ['StringEquals', 'aws:username', "${aws:ResourceTag/who, 'ada'}", {}, true],
  ['StringEquals', 'aws:username', "${aws:ResourceTag/who, 'ada'}", { resourceTags: { who: 'x', Who: 'y' } }, false],
  ['StringEquals', 'aws:ResourceTag/cost/center', '7', { resourceTags: { 'cost/center': '7' } }, true],
  ['StringEquals', 'aws:ResourceTag/n', 7, { resourceTags: { n: '7' } }, true],
  ['StringEqualsIfExists', 'aws:ResourceTag/team', 'red', {}, true],
  ['StringEqualsIfExists', 'aws:ResourceTag/team', 'red', team('blue'), false],
  ['StringNotEquals', 'aws:ResourceTag/team', 'red', team('blue'), true],
  ['StringNotEquals', 'aws:ResourceTag/team', ['red', 'blue'], team('blue'), false],
  ['StringNotEquals', 'aws:ResourceTag/team', 'red', {}, true],
  ['StringEqualsIgnoreCase', 'aws:ResourceTag/team', 'RED', team('red'), true],
  ['StringNotEqualsIgnoreCase', 'aws:ResourceTag/team', 'RED', team('red'), false],
  ['StringLike', 'aws:ResourceTag/team', 'r*', team('red'), true],
  ['StringLike', 'aws:ResourceTag/team', 'r?', team('red'), false],
  ['StringLike', 'aws:ResourceTag/team', '${*}', team('*'), true],
  ['StringLike', 'aws:ResourceTag/team', '${*}', team('red'), false],
  ['StringLike', 'aws:ResourceTag/team', '${$}{x${?}}', team('${x?}'), true],
  ['StringNotLike', 'aws:ResourceTag/team', 'r*', team('red'), false],
  ['StringNotLike', 'aws:ResourceTag/team', 'r*', {}, true],
  ['StringEquals', 'aws:username', 'ada', {}, true],
  ['StringEquals', 'aws:PrincipalTag/role', 'ops', { principalTags: { role: 'ops' } }, true],
  [
    'StringEquals',
    'aws:ResourceTag/team',
    '${aws:PrincipalTag/team}',
    { ...team('red'), principalTags: { team: 'red' } },
    true,
  ],
  [
    'StringEquals',
    'aws:ResourceTag/team',
    '${aws:PrincipalTag/team}',
    { ...team('red'), principalTags: { team: 'b' } },
    false,
  ],
  ['StringEquals', 'aws:ResourceTag/team', '${aws:PrincipalTag/team}', team('red'), false],
  ['StringNotEquals', 'aws:ResourceTag/team', '${aws:PrincipalTag/team}', team('red'), false],
  [
    'StringLike',
    'aws:ResourceTag/team',
    '${aws:PrincipalTag/team}',
    { ...team('red'), principalTags: { team: '*' } },
    false,
  ],
  ['StringEquals', 'aws:RequestTag/team', 'red', { input: { UserPoolTags: { team: 'red' } } }, true],
  ['StringEquals', 'aws:RequestTag/team', 'red', { input: { Tags: { team: 'red' } } }, true],
  ['StringEquals', 'aws:RequestTag/team', 'red', { input: { UserPoolTags: { team: 'blue' } } }, false],
  ['StringEquals', 'aws:RequestTag/team', 'red', {}, false],
  ['StringEquals', 'aws:RequestTag/constructor', 'x', { input: { UserPoolTags: {} } }, false],
  ['Null', 'aws:RequestTag/team', 'true', {}, true],
  ['Null', 'aws:RequestTag/team', true, { input: { Tags: { team: '' } } }, false],
  ['Null', 'aws:RequestTag/team', 'false', { input: { Tags: { team: '' } } }, true],
  ['Null', 'aws:TagKeys', 'true', {}, true],
  ['ForAllValues:StringEquals', 'aws:TagKeys', ['team', 'cost'], tagging('team'), true],
  ['ForAllValues:StringEquals', 'aws:TagKeys', ['team', 'cost'], tagging('team', 'cost'), true],
  ['ForAllValues:StringEquals', 'aws:TagKeys', ['team', 'cost'], tagging('team', 'name'), false],
  ['ForAllValues:StringEquals', 'aws:TagKeys', ['team'], { input: { UserPoolTags: { team: 'a', x: 'b' } } }, false],
  ['ForAllValues:StringEquals', 'aws:TagKeys', ['team'], {}, true],
  ['ForAnyValue:StringEquals', 'aws:TagKeys', ['team'], tagging('team', 'name'), true],
  ['ForAnyValue:StringEquals', 'aws:TagKeys', ['team'], tagging('name'), false],
  ['ForAnyValue:StringEquals', 'aws:TagKeys', ['team'], {}, false],
  ['ForAnyValue:StringEqualsIfExists', 'aws:TagKeys', ['team'], {}, true],
  ['ForAllValues:StringNotEquals', 'aws:TagKeys', ['secret'], tagging('team', 'cost'), true],
  ['ForAllValues:StringNotEquals', 'aws:TagKeys', ['secret'], tagging('team', 'secret'), false],
  ['ForAnyValue:StringNotEquals', 'aws:TagKeys', ['secret'], tagging('secret'), false],
  ['ForAnyValue:StringNotEquals', 'aws:TagKeys', ['secret'], tagging('secret', 'team'), true],
  ['ForAllValues:StringNotEquals', 'aws:TagKeys', ['secret'], tagging('Secret'), false],
  ['ForAllValues:StringNotLike', 'aws:TagKeys', ['sec*'], tagging('SECRET'), false],
  ['ForAllValues:StringEquals', 'aws:TagKeys', ['team'], tagging('Team'), false],
  ['ForAllValues:StringEquals', 'aws:TagKeys', ['Team', 'team'], tagging('Team'), true],
  ['ForAllValues:StringLike', 'aws:TagKeys', ['team-?'], tagging('team-A'), true],
  ['StringEquals', 'aws:TagKeys', 'team', tagging('team', 'name'), true],
  ['StringNotEquals', 'aws:TagKeys', 'team', tagging('team', 'name'), false],
  ['IpAddress', 'aws:SourceIp', '192.0.2.0/24', {}, true],
  ['IpAddress', 'aws:SourceIp', '192.0.2.7', {}, true],
  ['IpAddress', 'aws:SourceIp', ['10.0.0.0/8', '203.0.113.0/24'], {}, false],
  ['IpAddress', 'aws:SourceIp', '2001:db8::/32', from('2001:db8:ffff::1'), true],
  ['IpAddress', 'aws:SourceIp', '192.0.2.0/24', from('2001:db8::1'), false],
  ['NotIpAddress', 'aws:SourceIp', '192.0.2.0/24', {}, false],
  ['NotIpAddress', 'aws:SourceIp', '192.0.2.0/24', from(''), true],
  ['DateLessThan', 'aws:CurrentTime', '2026-09-02T00:00:00Z', {}, true],
  ['DateLessThan', 'aws:CurrentTime', '2026-09-01T00:00:00Z', {}, false],
  ['DateLessThanEquals', 'aws:CurrentTime', '2026-09-01T02:00:00+02:00', {}, true],
  ['DateGreaterThan', 'aws:CurrentTime', '2026-08-31', {}, true],
  ['DateGreaterThanEquals', 'aws:CurrentTime', '1788220800', at('2026-09-01T00:00:00Z'), true],
  ['DateGreaterThanEquals', 'aws:CurrentTime', 1788220801, at('2026-09-01T00:00:00Z'), false],
  ['DateEquals', 'aws:CurrentTime', '2026-09-01', {}, true],
  ['DateNotEquals', 'aws:CurrentTime', '2026-09-01', {}, false],
  ['NumericEquals', 'aws:PrincipalTag/level', '5', { principalTags: { level: '5.0' } }, true],
  ['NumericNotEquals', 'aws:PrincipalTag/level', 5, { principalTags: { level: '5.0' } }, false],
  ['NumericLessThan', 'aws:PrincipalTag/level', 10, { principalTags: { level: '9' } }, true],
  ['NumericLessThanEquals', 'aws:PrincipalTag/level', 9, { principalTags: { level: '9' } }, true],
  ['NumericGreaterThan', 'aws:PrincipalTag/level', 9, { principalTags: { level: '9' } }, false],
  ['NumericGreaterThanEquals', 'aws:PrincipalTag/level', -1.5, { principalTags: { level: '-1.5' } }, true],
  ['NumericEquals', 'aws:PrincipalTag/level', 5, { principalTags: { level: 'five' } }, false],
  ['Bool', 'aws:SecureTransport', 'true', { isSecure: true }, true],
  ['Bool', 'aws:SecureTransport', true, { isSecure: false }, false],
  ['Bool', 'aws:SecureTransport', 'false', { isSecure: false }, true],
  ['Bool', 'aws:SecureTransport', 'false', {}, false],
  ['BoolIfExists', 'aws:SecureTransport', 'true', {}, true],
  ['ArnEquals', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:user/*', {}, true],
  ['ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:user/${aws:username}', {}, true],
  ['ArnLike', 'aws:PrincipalArn', 'arn:aws:*:user/ada:::', {}, false],
  ['ArnLike', 'aws:ResourceTag/owner', 'arn:aws:iam::*:user/ada', { resourceTags: { owner: 'ada' } }, false],
  ['ArnNotEquals', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:user/bob', {}, true],
  ['ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:*', {}, false],
];

describe('The condition', () => {
  test.each(rows)('%s of %s with %j, asked %j: %s', (operator, key, value, asked, outcome) => {
    expect(isAllowed(allow({ Condition: { [operator]: { [key]: value } } }), asked)).toBe(outcome);
  });

  test('holds when all of its operators and keys do', () => {
    const Condition = {
      StringEquals: { 'aws:ResourceTag/team': 'red', 'aws:username': 'ada' },
      IpAddress: { 'aws:SourceIp': '192.0.2.0/24' },
    };
    expect(isAllowed(allow({ Condition }), team('red'))).toBe(true);
    expect(isAllowed(allow({ Condition }), { ...team('red'), sourceIp: '10.0.0.1' })).toBe(false);
    expect(isAllowed(allow({ Condition }), team('blue'))).toBe(false);
  });

  test('denies where a variable in a negation has no value', () => {
    const Condition = { StringNotEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } };
    expect(decided([allow(), deny({ Condition })], team('red'))).toBe('explicitly denied');
    expect(decided([allow(), deny({ Condition })], { ...team('red'), principalTags: { team: 'red' } })).toBe('allowed');
  });

  test('denies for any of the tags whose keys differ in case alone, and for a key in any case', () => {
    const denied = (Condition: object, asked: Asked) => decided([allow(), deny({ Condition })], asked);
    const prod = { StringEquals: { 'aws:ResourceTag/stage': 'prod' } };
    expect(denied(prod, { resourceTags: { stage: 'prod', Stage: 'test' } })).toBe('explicitly denied');
    expect(denied(prod, { resourceTags: { STAGE: 'prod', stage: 'test' } })).toBe('explicitly denied');
    expect(denied(prod, { resourceTags: { STAGE: 'x', stage: 'test' } })).toBe('allowed');
    const other = { StringNotEquals: { 'aws:ResourceTag/team': 'red' } };
    expect(denied(other, { resourceTags: { team: 'red', Team: 'blue' } })).toBe('explicitly denied');
    expect(denied(other, team('red'))).toBe('allowed');
    const owner = { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'owner' } };
    for (const key of ['owner', 'Owner', 'OWNER']) expect(denied(owner, tagging(key))).toBe('explicitly denied');
    expect(denied(owner, tagging('owners'))).toBe('allowed');
    const strange = { 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': ['team', 'cost'] } };
    expect(denied(strange, tagging('team', 'Cost'))).toBe('explicitly denied');
    expect(denied(strange, tagging('team', 'cost'))).toBe('allowed');
  });

  test('takes no list for a variable', () => {
    const Condition = { StringEquals: { 'aws:ResourceTag/team': '${aws:TagKeys}' } };
    expect(isAllowed(allow({ Condition }), { ...team('a'), ...tagging('a') })).toBe(true);
    expect(isAllowed(allow({ Condition }), { ...team('a'), ...tagging('a', 'b') })).toBe(false);
  });
});
