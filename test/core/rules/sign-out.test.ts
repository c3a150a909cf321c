import { describe, expect, test } from 'vitest';
import { signedOut } from '../../../lambdas/core/rules/sign-out.ts';
import { aUser } from '../../support/model.ts';

describe('A sign-out', () => {
  test('ends what began until now', () => {
    expect(signedOut(aUser(), 1000)).toEqual({ tokensValidAfter: 1000 });
    expect(signedOut(aUser({ tokensValidAfter: 1000 }), 5000)).toEqual({ tokensValidAfter: 5000 });
  });

  test('moves on past a session that began just after the last one, whatever the clock says', () => {
    expect(signedOut(aUser({ tokensValidAfter: 1000 }), 1000)).toEqual({ tokensValidAfter: 1001 });
    expect(signedOut(aUser({ tokensValidAfter: 9000 }), 1000)).toEqual({ tokensValidAfter: 9001 });
  });
});
