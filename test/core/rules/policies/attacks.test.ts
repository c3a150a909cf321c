/** Policies against callers who choose names, tags and resources to fit them. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Identity } from '../../../../lambdas/core/ports/signature-check.ts';
import { matchesArn, segmentsOf } from '../../../../lambdas/core/rules/policies/arns.ts';
import { decide } from '../../../../lambdas/core/rules/policies/decide.ts';
import { MalformedPolicy } from '../../../../lambdas/core/rules/policies/malformed-policy.ts';
import { parsePolicy } from '../../../../lambdas/core/rules/policies/parse-policy.ts';
import { parsePattern } from '../../../../lambdas/core/rules/policies/patterns.ts';
import { valuesOf } from '../../../../lambdas/core/rules/policies/request-values.ts';

const own = 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Own';
const other = 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Other';

interface Asked {
  readonly name?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly input?: Readonly<Record<string, unknown>>;
  readonly resourceTags?: Readonly<Record<string, string>>;
  readonly resource?: string;
}

function decided(statement: object, { name, tags = {}, input = {}, resourceTags = {}, resource = other }: Asked) {
  const identity: Identity = {
    arn: `arn:aws:iam::111122223333:user/${name}`,
    account: '111122223333',
    region: 'eu-west-1',
    keyId: 'AKIAAAAAAAAAAAAAAAAA',
    principals: [],
    name,
    tags,
    policies: [],
  };
  const access = { action: 'cognito-idp:TagResource', resource, sourceIp: '192.0.2.7', input };
  const find = valuesOf({ identity, access, resourceTags, now: 0 });
  const document = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*', ...statement } };
  return decide([parsePolicy(document)], { action: access.action, resource, find });
}

describe('What a variable stands for', () => {
  const Resource = 'arn:aws:cognito-idp:*:*:userpool/eu-west-1_${aws:username}';
  const byTag = 'arn:aws:cognito-idp:*:${aws:PrincipalTag/account}:userpool/*';

  test.each(['*', '?????', 'O*', '${*}', '${aws:username}', '%2a', 'Own', 'x/eu-west-1_Other', 'Other:x', 'other', ''])(
    'opens no other pool: a name %j',
    (name) => {
      expect(decided({ Resource }, { name })).toBe('not allowed');
    },
  );

  test.each(['*', '111122223333:userpool/x', '11112222333?', '111122223333:*', ''])(
    'fits no more than its own segment: a tag %j',
    (account) => {
      expect(decided({ Resource: byTag }, { tags: { account } })).toBe('not allowed');
    },
  );

  test('is text, whatever text it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (name, asked) => {
        const resource = `arn:aws:cognito-idp:eu-west-1:1:userpool/eu-west-1_${asked}`;
        expect(decided({ Resource }, { name, resource })).toBe(name === asked ? 'allowed' : 'not allowed');
      }),
    );
  });

  test('cannot be chosen by the names that all objects have', () => {
    for (const key of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      for (const kind of ['PrincipalTag', 'ResourceTag', 'RequestTag']) {
        const Condition = { Null: { [`aws:${kind}/${key}`]: 'false' } };
        expect(decided({ Condition }, { name: 'ada', input: { Tags: {} } })).toBe('not allowed');
        expect(decided({ Resource: `arn:aws:x:::\${aws:${kind}/${key}}` }, { name: 'ada' })).toBe('not allowed');
      }
    }
  });
});

describe('A wildcard', () => {
  test.each([
    ['arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Own*', other],
    ['arn:aws:cognito-idp:eu-west-1:111122223333:userpool/*_Own', `${other}:userpool/eu-west-1_own`],
    ['arn:aws:cognito-idp:*:userpool/eu-west-1_Own:*:*', own],
    ['arn:aws:cognito-idp:eu-west-*:111122223333:userpool/eu-west-1_Own', own.replace('eu-west-1:', ':eu-west-1:')],
    ['arn:aws:cognito-idp:eu-west-1:1111*:userpool/*', own.replace('111122223333', '999911112222')],
    ['arn:aws:cognito-idp:eu-west-1:?:userpool/*', own],
    ['arn:aws:cognito-idp:eu-west-1:111122223333:userpool/*', own.replace('arn:aws:', 'arn:aws-cn:')],
    ['arn:aws*:cognito-idp:eu-west-1::userpool/*', own],
    ['arn:*:*:*:*:userpool/eu-west-1_Own', '*'],
    ['arn:aws:cognito-idp:eu-west-1:111122223333:userpool/?', '*'],
  ])('in %s does not reach %s', (Resource, resource) => {
    expect(decided({ Resource }, { resource })).toBe('not allowed');
    // Nor does an exception let it in by mistake of the pattern's reach.
    expect(decided({ Resource: undefined, NotResource: Resource, Effect: 'Deny' }, { resource })).toBe(
      'explicitly denied',
    );
  });

  test('stays in its segment, wherever it stands', () => {
    const part = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 4 });
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ':'), maxLength: 4 });
    const six = { minLength: 5, maxLength: 5 };
    fc.assert(
      fc.property(fc.array(part, six), fc.array(text, six), (pattern, asked) => {
        const segments = segmentsOf(parsePattern(`arn:${pattern.join(':')}`, plain) ?? []);
        const arn = `arn:${asked.join(':')}`;
        // The same, by a regular expression for each segment.
        const actual = arn.split(':');
        const last = actual.slice(5).join(':');
        const forms = ['arn', ...pattern].map(
          (each) => new RegExp(`^${each.replace(/\*/g, '.*').replace(/\?/g, '.')}$`),
        );
        const fits = forms.every((form, place) => form.test(place === 5 ? last : (actual[place] ?? '')));
        expect(segments && matchesArn(segments, arn, () => undefined)).toBe(fits);
      }),
      { numRuns: 2000 },
    );
  });

  const plain = { wildcards: true, variables: false };

  test('among ten thousand costs the product of lengths, and not their power', () => {
    const pattern = parsePattern(`arn:a:b:c:d:${'*a'.repeat(10_000)}b`, plain) ?? [];
    expect(matchesArn(segmentsOf(pattern) ?? [], `arn:a:b:c:d:${'a'.repeat(2048)}`, () => undefined)).toBe(false);
  });
});

describe('A document', () => {
  const statement = { Effect: 'Allow', Action: '*', Resource: '*' };

  test.each([
    ['a megabyte', { Statement: { ...statement, Sid: 'x'.repeat(1_000_000) } }],
    ['a hundred thousand statements', { Statement: Array.from({ length: 100_000 }, () => statement) }],
    [
      'a member of all objects',
      JSON.parse('{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","__proto__":1}}'),
    ],
    [
      'an operator of all objects',
      { Statement: { ...statement, Condition: { constructor: { 'aws:username': 'x' } } } },
    ],
    ['a key of all objects', { Statement: { ...statement, Condition: { StringEquals: { toString: 'x' } } } }],
    ['an effect that is a list', { Statement: { ...statement, Effect: ['Allow'] } }],
    ['an effect in other letters', { Statement: { ...statement, Effect: 'deny' } }],
    ['both an action and an exception', { Statement: { ...statement, NotAction: 'x:y' } }],
    ['whom it is for', { Statement: { ...statement, Principal: '*' } }],
    ['a list that is nested', { Statement: [[statement]] }],
    ['a text with a length', { Statement: { length: 1, 0: statement } }],
    [
      'a variable that is not closed',
      { Version: '2012-10-17', Statement: { ...statement, Resource: 'arn:a:b:c:d:${x' } },
    ],
    [
      'variables in each other',
      { Version: '2012-10-17', Statement: { ...statement, Resource: 'arn:a:b:c:d:${${aws:username}}' } },
    ],
    [
      'thousands of beginnings',
      { Version: '2012-10-17', Statement: { ...statement, Resource: `arn:a:b:c:d:${'${'.repeat(9000)}` } },
    ],
  ])('with %s is refused', (_, document) => {
    expect(() => parsePolicy(document)).toThrow(MalformedPolicy);
  });
});

describe('A tag in the request', () => {
  const Condition = { StringEquals: { 'aws:RequestTag/stage': 'dev' } };

  test('is that of the operation, by whatever other name somebody sends one', () => {
    expect(decided({ Condition }, { input: { Tags: { stage: 'prod' } } })).toBe('not allowed');
    expect(decided({ Condition }, { input: { UserPoolTags: { stage: 'prod' } } })).toBe('not allowed');
    expect(decided({ Condition }, { input: { tags: { stage: 'dev' }, RequestTags: { stage: 'dev' } } })).toBe(
      'not allowed',
    );
  });

  test('does not speak for the pool, nor for the principal', () => {
    const Tags = { stage: 'dev', team: 'red' };
    for (const kind of ['ResourceTag', 'PrincipalTag']) {
      const asked = { StringEquals: { [`aws:${kind}/team`]: 'red' } };
      expect(decided({ Condition: asked }, { input: { Tags } })).toBe('not allowed');
    }
  });
});
