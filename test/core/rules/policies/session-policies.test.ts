/** The policy of a session narrows what the principals may do, whatever both of them say. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PolicyDocument } from '../../../../lambdas/core/model/policy.ts';
import { requireAllowed } from '../../../../lambdas/core/rules/policies/require-allowed.ts';
import { refusalFrom } from '../../../support/refusals.ts';
import { policy } from '../../../support/strict-service.ts';

const ports = { pools: { read: async () => undefined }, clock: { now: () => 0 } };
const access = { resource: '*', sourceIp: '192.0.2.7', input: {} };

const outcomeOf = (
  policies: readonly PolicyDocument[],
  boundaries: readonly PolicyDocument[] | undefined,
  action: string,
): Promise<string> => {
  const identity = {
    arn: 'arn:aws:sts::111122223333:assumed-role/Developer/ada',
    account: '111122223333',
    region: 'eu-west-1',
    keyId: 'ASIAAAAAAAAAAAAAAAAA',
    principals: [{ name: 'account', createdAt: 0 }],
    tags: {},
    policies,
    ...(boundaries && { session: { expiresAt: 1, boundaries } }),
  };
  return refusalFrom(requireAllowed(ports, identity, { ...access, action }));
};

const action = fc.constantFrom(
  '*',
  'cognito-idp:*',
  'cognito-idp:List*',
  'cognito-idp:ListUsers',
  'millpond:*',
  's3:Get*',
);
const statement = fc.record({
  Effect: fc.constantFrom('Allow', 'Deny'),
  Action: fc.array(action, { minLength: 1, maxLength: 3 }),
  Resource: fc.constantFrom('*', 'arn:aws:cognito-idp:*:*:userpool/*'),
});
const document = fc.array(statement, { minLength: 1, maxLength: 3 }).map((all) => policy(...all));
const documents = fc.array(document, { maxLength: 3 });
const asked = fc.constantFrom('cognito-idp:ListUsers', 'cognito-idp:DeleteUser', 'millpond:CreatePolicy');

const isAllowed = async (...parts: Parameters<typeof outcomeOf>): Promise<boolean> =>
  (await outcomeOf(...parts)) === 'nothing is refused';

test('What is allowed in a session is allowed by the principals and by each of its policies', async () => {
  await fc.assert(
    fc.asyncProperty(documents, documents, asked, async (own, boundaries, wanted) => {
      const alone = await Promise.all(
        [own, ...boundaries.map((each) => [each])].map((all) => isAllowed(all, undefined, wanted)),
      );
      expect(await isAllowed(own, boundaries, wanted)).toBe(!alone.includes(false));
    }),
    { numRuns: 500 },
  );
});

test('One policy more never allows more', async () => {
  await fc.assert(
    fc.asyncProperty(documents, documents, document, asked, async (own, boundaries, more, wanted) => {
      const before = await isAllowed(own, boundaries, wanted);
      const after = await isAllowed(own, [...boundaries, more], wanted);
      expect(before || !after).toBe(true);
    }),
    { numRuns: 500 },
  );
});
