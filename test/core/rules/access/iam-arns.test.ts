/** Which callers of IAM a principal stands for, and what they are called. */
import { describe, expect, test } from 'vitest';
import {
  findArnPattern,
  findUserName,
  principalArnOf,
  standsFor,
} from '../../../../lambdas/core/rules/access/iam-arns.ts';
import { aPrincipal } from '../../../support/strict-service.ts';

const session = 'arn:aws:sts::111122223333:assumed-role/Developer/ada@example.com';
const user = 'arn:aws:iam::111122223333:user/team/ada';

describe('A pattern', () => {
  test.each([
    [session, session, true],
    ['arn:aws:sts::111122223333:assumed-role/Developer/*', session, true],
    ['arn:aws:sts::111122223333:assumed-role/Dev*', session, true],
    ['arn:aws:iam::111122223333:role/Developer', session, true],
    ['arn:aws:iam::111122223333:role/Develope?', session, true],
    ['arn:aws:iam::111122223333:role/Developer/ada', session, false],
    ['arn:aws:iam::111122223333:role/*', user, false],
    ['arn:aws:iam::111122223333:user/*', user, true],
    ['arn:aws:iam::111122223333:user/ada', user, false],
    ['arn:aws:iam::111122223333:user/team/ad', user, false],
    ['arn:aws:iam::*:user/team/ada', user, true],
    ['arn:aws:*:user/team/ada', user, false],
    ['arn:aws:iam::11112222*:user/team/ada', user, true],
    ['arn:aws:iam::444455556666:user/team/ada', user, false],
    ['ARN:aws:iam::111122223333:user/team/ada', user, false],
    ['*', user, false],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: no policy variable means anything here
    ['arn:aws:iam::111122223333:user/team/${aws:username}', user, false],
  ])('%s stands for %s: %s', (arn, caller, outcome) => {
    expect(standsFor(aPrincipal({ arn }), caller)).toBe(outcome);
  });

  test('of somebody with keys stands for nobody', () => {
    expect(standsFor(aPrincipal(), user)).toBe(false);
  });

  test.each(['', '*', 'arn:', 'arn:aws:iam', 'role/x', 'a:b:c:d:e:f'])('is none: "%s"', (text) => {
    expect(findArnPattern(text)).toBeUndefined();
  });
});

test('The session of a role is known by the role in conditions, as with IAM', () => {
  expect(principalArnOf(session)).toBe('arn:aws:iam::111122223333:role/Developer');
  expect(principalArnOf(user)).toBe(user);
});

test('A user of IAM has a name, a role has none', () => {
  expect(findUserName(user)).toBe('ada');
  expect(findUserName('arn:aws:iam::111122223333:user/bob')).toBe('bob');
  expect(findUserName(session)).toBeUndefined();
  expect(findUserName('arn:aws:iam::111122223333:root')).toBeUndefined();
});
