/** Decides what the policies of a template allow, independently of the evaluator of the service itself. */
import { type Conditions, type Context, holds } from './iam-conditions.ts';
import { matchesArn, matchesGlob } from './iam-patterns.ts';

export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly NotAction?: unknown;
  readonly Resource?: string | readonly string[];
  readonly NotResource?: unknown;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Condition?: Conditions;
  readonly Sid?: string;
}

/** One thing that somebody wants to do. */
export interface Access {
  /** As in a policy: `dynamodb:GetItem`. */
  readonly action: string;
  /** An ARN, or `*` where a service knows none. */
  readonly resource: string;
  readonly context: Context;
}

export interface Decision {
  readonly outcome: 'allowed' | 'denied' | 'not allowed';
  /** What allowed it. */
  readonly by: readonly Statement[];
}

export function decide(statements: readonly Statement[], access: Access): Decision {
  const applying = statements.filter((statement) => applies(statement, access));
  if (applying.some(({ Effect }) => Effect === 'Deny')) return { outcome: 'denied', by: [] };
  const by = applying.filter(({ Effect }) => Effect === 'Allow');
  return { outcome: by.length > 0 ? 'allowed' : 'not allowed', by };
}

function applies(statement: Statement, { action, resource, context }: Access): boolean {
  if (
    statement.NotAction !== undefined ||
    statement.NotResource !== undefined ||
    statement.NotPrincipal !== undefined
  ) {
    throw new Error(`A policy names what it is not about: ${JSON.stringify(statement)}`);
  }
  return (
    actionsOf(statement).some((one) => coversAction(one, action)) &&
    [statement.Resource ?? []].flat().some((one) => matchesArn(one, resource)) &&
    holds(statement.Condition ?? {}, context)
  );
}

export const actionsOf = ({ Action = [] }: Statement): readonly string[] => [Action].flat();

export const coversAction = (pattern: string, action: string): boolean =>
  matchesGlob(pattern, action, { ignoreCase: true });
