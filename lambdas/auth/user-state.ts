/** Refuses users who have proven their password but may not sign in with it. */
import {
  incorrectPassword,
  passwordResetRequired,
  temporaryPasswordExpired,
  userDisabled,
  userNotConfirmed,
} from '../core/contract/errors.ts';
import type { SignInSet } from '../core/model/sign-in-set.ts';
import type { User } from '../core/model/user.ts';
import type { Ports } from '../core/ports/index.ts';
import type { Subject } from './subjects.ts';

/** What of a subject a proof is made of. */
export type Usable = Pick<SignInSet, 'user' | 'memberships' | 'softwareToken'>;

/** The user, once nothing stands against signing in with the password that was just proven. */
export function requireUsable({ clock }: Pick<Ports, 'clock'>, subject: Subject): Usable {
  // An unknown user's guess is never right; this line keeps that true whatever the comparison says.
  if (!subject.user) throw incorrectPassword();
  const { user, memberships, softwareToken } = subject;
  if (!user.enabled) throw userDisabled();
  requireUsableStatus(user, clock.now());
  return { user, memberships, softwareToken };
}

function requireUsableStatus(user: User, now: number): void {
  switch (user.status) {
    case 'CONFIRMED':
      return;
    case 'FORCE_CHANGE_PASSWORD':
      if (now > (user.password?.expiresAt ?? Number.POSITIVE_INFINITY)) throw temporaryPasswordExpired();
      return;
    case 'UNCONFIRMED':
      throw userNotConfirmed();
    case 'RESET_REQUIRED':
      throw passwordResetRequired();
    case 'EXTERNAL_PROVIDER':
    case 'ARCHIVED':
    case 'COMPROMISED':
    case 'UNKNOWN':
      throw incorrectPassword();
    default:
      user.status satisfies never;
  }
}
