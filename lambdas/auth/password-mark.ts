/** Tells whether a user still has the password that a session rests on, without showing anything of it. */
import type { User } from '../core/model/user.ts';

/** Sealing is randomised, so every password that was ever set has its own sealed form. */
export const passwordMark = (user: Pick<User, 'password'>): string =>
  Buffer.from(user.password?.sealed ?? [])
    .toString('base64url')
    .slice(0, 44);
