/** Decides by policies whether an action is allowed: it has to be, and nothing may deny it. */
import type { PolicyRules, Statement } from '../../model/policy.ts';
import { matchesArn } from './arns.ts';
import { holds } from './conditions.ts';
import { type FindValues, matches, resolve } from './patterns.ts';

export type Decision = 'allowed' | 'not allowed' | 'explicitly denied';

/** What is asked for. */
export interface Question {
  /** `<service>:<operation>` */
  readonly action: string;
  /** An ARN, or `*` where nothing is named. */
  readonly resource: string;
  /** What the request says under a condition key. */
  readonly find: FindValues;
}

export function decide(policies: readonly PolicyRules[], question: Question): Decision {
  const applying = policies.flatMap(({ statements }) => statements).filter((statement) => applies(statement, question));
  if (applying.some(({ effect }) => effect === 'Deny')) return 'explicitly denied';
  return applying.length > 0 ? 'allowed' : 'not allowed';
}

const applies = (statement: Statement, question: Question): boolean =>
  namesAction(statement, question) &&
  namesResource(statement, question) &&
  statement.conditions.every((condition) => holds(condition, question.find, statement.effect));

/** Patterns of actions are in lower case, as their case does not matter. */
function namesAction({ actions }: Statement, { action }: Question): boolean {
  const isNamed = actions.patterns.some((pattern) => matches(resolve(pattern, noValue) ?? [], action.toLowerCase()));
  return isNamed !== actions.isExcept;
}

const noValue = (): undefined => undefined;

/** Where a variable has no value, an exception denies and does not allow. */
function namesResource({ resources, effect }: Statement, { resource, find }: Question): boolean {
  const outcomes = resources.patterns.map((segments) => matchesArn(segments, resource, find));
  const isNamed = outcomes.includes(true);
  if (!resources.isExcept) return isNamed;
  return !isNamed && (effect === 'Deny' || !outcomes.includes(undefined));
}
