/** Tells whether a user still has the password and the app that a session rests on, without showing anything of them. */
import type { ChallengeSession, Marks } from '../core/model/challenge-session.ts';
import type { SignInSet } from '../core/model/sign-in-set.ts';
import type { SoftwareToken } from '../core/model/software-token.ts';
import type { User } from '../core/model/user.ts';
import type { Proof } from './sign-in.ts';

/** Sealing is randomised, so every secret that was ever set has its own sealed form. */
const markOf = (sealed: Uint8Array | undefined): string =>
  Buffer.from(sealed ?? [])
    .toString('base64url')
    .slice(0, 44);

export const passwordMark = ({ password }: Pick<User, 'password'>): string => markOf(password?.sealed);

/** A pending secret has the mark that it will have when it is proven. */
export const appMark = (token: Pick<SoftwareToken, 'secret'> | undefined): string => markOf(token?.secret);

/**
 * What has been proven with a secret rests on that secret. The marks of an earlier step go before: since then the user may
 * have been read once more, and have others by now.
 */
export const marksOf = ({ user, softwareToken, proven, ...earlier }: Omit<Proof, 'memberships'>): Marks => ({
  password: earlier.password ?? (proven.includes('password') ? passwordMark(user) : undefined),
  app: earlier.app ?? (proven.includes('app code') ? appMark(softwareToken) : undefined),
});

/** Whether no other password, and no other app, has come since in place of one that the session rests on. */
export const keepsSecrets = (
  { password, app }: Pick<ChallengeSession, keyof Marks>,
  { user, softwareToken }: Pick<SignInSet, 'user' | 'softwareToken'>,
): boolean =>
  (password === undefined || password === passwordMark(user)) && (app === undefined || app === appMark(softwareToken));
