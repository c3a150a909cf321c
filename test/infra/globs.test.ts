/** The rules of a domain name: which room a target reaches by them, for every operation of the API. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rooms } from '../../lambdas/index.ts';
import { globRules, matches } from '../../lib/rules/globs.ts';
import { type Rule, rules } from '../../lib/rules/rules-stack.ts';
import { resourcesOf, routings, stackOf, synthesised } from './synthesised.ts';

const roomsByOperation = new Map(
  Object.entries(rooms).flatMap(([room, table]) => Object.keys(table).map((name) => [name, room] as const)),
);

interface Asked {
  readonly basePath?: string;
  readonly target?: string;
}

/** As API Gateway decides: the first rule, by priority, all of whose conditions hold. */
const reached = (asked: Asked): string | undefined =>
  all.find(({ conditions }) => conditions.every((condition) => holds(condition, asked)))?.to;

function holds(condition: Rule['conditions'][number], { basePath = '', target }: Asked): boolean {
  if ('matchBasePaths' in condition) return JSON.stringify(condition.matchBasePaths).includes(`"${basePath}"`);
  const { anyOf = [] } = condition.matchHeaders as { anyOf?: readonly { valueGlob: string }[] };
  return target !== undefined && anyOf.some(({ valueGlob }) => matches(valueGlob, target));
}

/** Finding them takes a moment, so once. */
const all = rules();

const targetOf = (name: string): string => `AWSCognitoIdentityProviderService.${name}`;

describe('The rules', () => {
  test('lead each of the 140 operations to its room', () => {
    expect(roomsByOperation.size).toBe(140);
    for (const [name, room] of roomsByOperation) {
      expect([name, reached({ target: targetOf(name) })]).toEqual([name, room]);
    }
  });

  test('lead callers of IAM to credentials by their path, whatever target they name', () => {
    expect(reached({ basePath: '_iam' })).toBe('credentials');
    expect(reached({ basePath: '_iam', target: targetOf('SignUp') })).toBe('credentials');
  });

  test('lead what is no call, a preflight among it, to the web', () => {
    expect(reached({})).toBe('web');
    expect(reached({ basePath: 'oauth2' })).toBe('web');
    expect(reached({ target: 'DynamoDB_20120810.GetItem' })).toBe('web');
  });

  test('lead operations that nobody knows to some room, which refuses them', () => {
    expect(Object.keys(rooms)).toContain(reached({ target: targetOf('Nothing') }));
  });

  test('are fewer than the 50 that a domain name may have', () => {
    expect(all.length).toBeLessThanOrEqual(45);
  });

  test('have one glob each, of the form and length that API Gateway takes', () => {
    for (const { glob } of globRules(roomsByOperation)) {
      expect(glob).toMatch(/^\*?[a-zA-Z0-9?!#$%&'.^_`|~-]+\*?$/);
      expect(glob.length).toBeLessThan(128);
    }
  });

  test('are the same at every run, in whatever order the operations stand', () => {
    const backwards = new Map([...roomsByOperation].toReversed());
    expect(globRules(backwards).map(({ glob }) => glob)).toEqual(globRules(roomsByOperation).map(({ glob }) => glob));
  });

  test('are found for any division of operations into rooms', () => {
    const some = [...roomsByOperation.keys()].filter((_, at) => at % 4 === 0);
    const division = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: some.length, maxLength: some.length });
    fc.assert(
      fc.property(division, (places) => {
        const divided = new Map(some.map((name, at) => [name, `room${places[at]}`]));
        const found = globRules(divided);
        for (const [name, room] of divided) {
          expect(found.find(({ glob }) => matches(glob, targetOf(name)))?.room).toBe(room);
        }
      }),
      { numRuns: 10 },
    );
  });

  // To synthesise them takes a while, more so beside other tests.
  test('stand in the template in this order, each for one stage', { timeout: 120_000 }, () => {
    const made = resourcesOf(stackOf(synthesised(routings.rules), 'Edge'), 'AWS::ApiGatewayV2::RoutingRule');
    const conditions = made.map(({ Properties }) => JSON.stringify(Properties.Conditions).toLowerCase());
    expect(conditions).toEqual(all.map((rule) => JSON.stringify(rule.conditions).toLowerCase()));
    expect(made.map(({ Properties }) => Properties.Priority)).toEqual(made.map((_, at) => (at + 1) * 100));
    for (const { Properties } of made) {
      expect(Properties.Actions).toEqual([
        { InvokeApi: { ApiId: expect.anything(), Stage: 'live', StripBasePath: false } },
      ]);
    }
  });
});

describe('A glob', () => {
  test.each([
    ['*Group', 'CreateGroup', true],
    ['*Group', 'ListGroups', false],
    ['Admin*', 'AdminGetUser', true],
    ['Admin*', 'GetAdmin', false],
    ['*Pool*', 'DescribeUserPoolClient', true],
    ['*pool*', 'DescribeUserPoolClient', false],
    ['SignUp', 'SignUp', true],
    ['SignUp', 'SignUps', false],
  ])('%s against %s: %s', (glob, value, expected) => {
    expect(matches(glob, value)).toBe(expected);
  });
});
