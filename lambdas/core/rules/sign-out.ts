/** Ends all sessions of a user. */
import type { User } from '../model/user.ts';

/**
 * The members of a user whose tokens shall be worth nothing from `now` on. A session may have begun just after the
 * last sign-out, even where this instance's clock has not come that far: the moment always moves on, past that session.
 */
export const signedOut = (user: User, now: number): Required<Pick<User, 'tokensValidAfter'>> => ({
  tokensValidAfter: Math.max(now, (user.tokensValidAfter ?? 0) + 1),
});
