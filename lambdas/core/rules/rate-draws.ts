/** What one request counts towards: the rate of its category, and rates of the pool or the user that it is about. */
import type { RateCategory } from '../model/request-rate.ts';
import { rateCategories } from './request-rates.ts';

/** One more of what is counted. */
export interface Draw {
  /** What is counted. */
  readonly of: string;
  /** How many of it there may be in a second. */
  readonly rate: number;
  /** What the request counts towards instead once there are as many. */
  readonly excess?: Draw;
}

type Input = Readonly<Record<string, unknown>>;

/** As far as they are known. */
export interface Subject {
  /** Id or ARN of a pool. */
  readonly pool: string | undefined;
  /** A name of a user, as the caller has it. */
  readonly user: string | undefined;
}

/** How many times any one of the operations on what a pool has may be called, on one pool. */
const onOnePool = 5;
const poolCategories: ReadonlySet<RateCategory> = new Set([
  'UserPoolResourceRead',
  'UserPoolResourceUpdate',
  'UserPoolClientRead',
  'UserPoolClientUpdate',
]);

/** For each user, reads and writes apart. Signing in reads. */
const onOneUser = 10;
const userAccess: Readonly<Partial<Record<RateCategory, 'reads' | 'writes'>>> = {
  UserAuthentication: 'reads',
  UserCreation: 'writes',
  UserAccountRecovery: 'writes',
  UserRead: 'reads',
  UserUpdate: 'writes',
  UserResourceRead: 'reads',
  UserResourceUpdate: 'writes',
};

const answers = ['RespondToAuthChallenge', 'AdminRespondToAuthChallenge'];
/** A sign-in may ask for several answers. */
const answersToSignIns = 3;

/** What is not in the table is an operation that nobody has put there. */
export function requireCategory(operation: string, input: Input): RateCategory {
  // Whoever chooses a new password answers a challenge, and the guide counts it among the changes of passwords.
  if (answers.includes(operation) && input['ChallengeName'] === 'NEW_PASSWORD_REQUIRED') return 'UserAccountRecovery';
  const category = rateCategories.get(operation);
  if (category === undefined) throw new Error(`${operation} has no request rate`);
  return category;
}

/** The narrow ones come first: a flood on one pool or user does not use up what all others have. */
export function drawsOf(operation: string, category: RateCategory, rate: number, subject: Subject): readonly Draw[] {
  return [
    ...drawsOnUser(category, subject),
    ...(subject.pool !== undefined && poolCategories.has(category)
      ? [{ of: `pool#${operation}#${subject.pool}`, rate: onOnePool }]
      : []),
    drawOnCategory(operation, category, rate),
  ];
}

/** No user has a longer name. */
const longestName = 128;

/** Letter case aside, which not every pool tells apart. */
export function drawsOnUser(category: RateCategory, { pool, user }: Subject): readonly Draw[] {
  const access = userAccess[category];
  if (access === undefined || pool === undefined || user === undefined || user.length > longestName) return [];
  return [{ of: `${access}#${pool}#${user.toLowerCase()}`, rate: onOneUser }];
}

function drawOnCategory(operation: string, category: RateCategory, rate: number): Draw {
  const draw = { of: category, rate };
  const isAnswer = category === 'UserAuthentication' && answers.includes(operation);
  return isAnswer ? { of: 'challenges', rate: answersToSignIns * rate, excess: draw } : draw;
}

/** The user whom a request names, in the operation's own words. */
export function userNamedIn(input: Input): string | undefined {
  const parameters = [input['AuthParameters'], input['ChallengeResponses']].map(nameAmong);
  return [input['Username'], ...parameters].find((name) => typeof name === 'string');
}

function nameAmong(parameters: unknown): unknown {
  return typeof parameters === 'object' && parameters !== null && 'USERNAME' in parameters
    ? parameters.USERNAME
    : undefined;
}
