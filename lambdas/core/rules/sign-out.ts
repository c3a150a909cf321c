/** Ends all sessions of a user. */
import type { User } from '../model/user.ts';

/** The members of a user whose tokens shall be worth nothing from `now` on; the moment never moves back. */
export const signedOut = (user: User, now: number): Required<Pick<User, 'tokensValidAfter'>> => ({
  tokensValidAfter: Math.max(now, user.tokensValidAfter ?? 0),
});
