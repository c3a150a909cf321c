/** Keeps the session that a finished sign-in begins, in pools that track sessions. */
import type { Session } from '../core/model/session.ts';
import type { User } from '../core/model/user.ts';
import type { SignIn, SignInPorts } from './sign-in.ts';

export async function trackSession(
  _ports: SignInPorts,
  _signIn: SignIn,
  _user: User,
  _session: Session,
): Promise<void> {}
