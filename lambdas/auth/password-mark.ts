/** Tells whether a user still has the password that a session rests on, without showing anything of it. */
import type { ChallengeSession } from '../core/model/challenge-session.ts';
import type { User } from '../core/model/user.ts';

/** Sealing is randomised, so every password that was ever set has its own sealed form. */
export const passwordMark = (user: Pick<User, 'password'>): string =>
  Buffer.from(user.password?.sealed ?? [])
    .toString('base64url')
    .slice(0, 44);

/** Whether no other password has come since the one that the session rests on, if it rests on one. */
export const keepsPassword = (
  { password }: Pick<ChallengeSession, 'password'>,
  user: Pick<User, 'password'>,
): boolean => password === undefined || password === passwordMark(user);
