/** What there is before anybody has said who may do what: two policies, and the callers of the account. */
import type { Policy, PolicyDocument } from '../../model/policy.ts';
import type { Principal } from '../../model/principal.ts';
import type { Settings } from '../../ports/settings.ts';
import { deploymentOf } from '../deployment.ts';
import { readingOperations } from './reading-operations.ts';

const allowing = (...Action: readonly string[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
});

export const fullAccess = allowing('cognito-idp:*', 'millpond:*');

const documents: Readonly<Record<string, PolicyDocument>> = {
  MillpondFullAccess: fullAccess,
  MillpondReadOnlyAccess: allowing(...readingOperations.map((name) => `cognito-idp:${name}`)),
};

export const isBuiltInPolicy = (name: string): boolean => Object.hasOwn(documents, name);

/** Nobody has changed them yet. */
export const builtInPolicies: readonly Policy[] = Object.entries(documents).map(([name, document]) => ({
  name,
  document,
  status: 'active',
  createdAt: 0,
}));

/** The document is always that of this software, whatever a row of an earlier one says. */
export const asBuiltIn = (policy: Policy): Policy => {
  const document = isBuiltInPolicy(policy.name) ? documents[policy.name] : undefined;
  return document ? { ...policy, document } : policy;
};

const accountName = 'account';

export const isBuiltInPrincipal = (name: string): boolean => name === accountName;

/** Whom IAM lets in from the same account. */
export const accountPrincipal = (settings: Pick<Settings, 'account'>): Principal => ({
  name: accountName,
  arn: arnOf(settings),
  policies: ['MillpondFullAccess'],
  inline: [],
  tags: {},
  status: 'active',
  createdAt: 0,
  origin: 'built-in',
  version: 0,
});

/** Whom it stands for is not for anybody to change. */
export const asAccountPrincipal = (settings: Pick<Settings, 'account'>, principal: Principal): Principal => ({
  ...principal,
  arn: arnOf(settings),
  origin: 'built-in',
});

const arnOf = (settings: Pick<Settings, 'account'>): string => `arn:*:*::${deploymentOf(settings).account}:*`;
