/** What is built in: two policies, and a principal for the callers of the account. */
import { describe, expect, test } from 'vitest';
import { builtInPolicies } from '../../../../lambdas/core/rules/access/built-in.ts';
import { standsFor } from '../../../../lambdas/core/rules/access/iam-arns.ts';
import { listPolicies, listPrincipals } from '../../../../lambdas/core/rules/access/registry.ts';
import { decide } from '../../../../lambdas/core/rules/policies/decide.ts';
import { parsePolicy } from '../../../../lambdas/core/rules/policies/parse-policy.ts';
import { allOperations } from '../../../support/operations.ts';

const decisionOf = (name: string, action: string): string => {
  const document = builtInPolicies.find((policy) => policy.name === name)?.document ?? {};
  return decide([parsePolicy(document)], { action, resource: '*', find: () => undefined });
};

const nobody = {
  principals: { find: async () => undefined, list: async () => [] },
  policies: { find: async () => undefined, list: async () => [] },
  settings: { account: '111122223333' },
};

describe('MillpondReadOnlyAccess', () => {
  test.each(allOperations.map(({ name, operation }) => [name, operation.caller.access]))(
    '%s has the level %s',
    (name, access) => {
      const isReading = access === 'List' || access === 'Read';
      expect(decisionOf('MillpondReadOnlyAccess', `cognito-idp:${name}`)).toBe(isReading ? 'allowed' : 'not allowed');
    },
  );

  test('allows nothing of the management of access', () => {
    for (const action of ['ListMessages', 'ListAccessKeys', 'CreatePolicy']) {
      expect(decisionOf('MillpondReadOnlyAccess', `millpond:${action}`)).toBe('not allowed');
    }
  });
});

test('MillpondFullAccess allows every operation and every management of access, and nothing else', () => {
  for (const { name } of allOperations) expect(decisionOf('MillpondFullAccess', `cognito-idp:${name}`)).toBe('allowed');
  expect(decisionOf('MillpondFullAccess', 'millpond:CreatePolicy')).toBe('allowed');
  expect(decisionOf('MillpondFullAccess', 's3:GetObject')).toBe('not allowed');
});

test('Both are there before anybody has made anything, and so is the principal of the account', async () => {
  expect((await listPolicies(nobody)).map(({ name, status }) => `${name} ${status}`)).toEqual([
    'MillpondFullAccess active',
    'MillpondReadOnlyAccess active',
  ]);
  expect(await listPrincipals(nobody)).toMatchObject([
    { name: 'account', status: 'active', policies: ['MillpondFullAccess'], arn: 'arn:*:*::111122223333:*' },
  ]);
});

describe('The principal of the account', () => {
  test.each([
    ['arn:aws:iam::111122223333:root', true],
    ['arn:aws:iam::111122223333:user/team/ada', true],
    ['arn:aws:sts::111122223333:assumed-role/Developer/ada', true],
    ['arn:aws-cn:sts::111122223333:federated-user/ada', true],
    ['arn:aws:iam::444455556666:user/111122223333', false],
    ['arn:aws:iam::444455556666:user/a::111122223333:x', false],
    ['arn:aws:s3:::111122223333', false],
    ['111122223333', false],
    ['', false],
  ])('stands for %s: %s', async (arn, outcome) => {
    const [principal] = await listPrincipals(nobody);
    expect(principal && standsFor(principal, arn)).toBe(outcome);
  });
});
