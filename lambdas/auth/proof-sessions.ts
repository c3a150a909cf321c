/** Seals how far a sign-in has come, for the next challenge to somebody who has proven something. */
import type { ChallengeSession } from '../core/model/challenge-session.ts';
import type { Client } from '../core/model/client.ts';
import { type SessionState, sealChallengeSession } from '../core/rules/challenge-sessions.ts';
import { passwordMark } from './password-mark.ts';
import type { Proof, SignInPorts } from './sign-in.ts';

export type NextStep = Pick<SessionState, 'id' | 'expects' | 'about' | 'password'>;

export const sealProof = (
  ports: Pick<SignInPorts, 'sealer' | 'clock' | 'random'>,
  client: Client,
  { user, kind, proven, deviceKey }: Omit<Proof, 'memberships' | 'softwareToken'>,
  next: NextStep,
): Promise<string> =>
  sealChallengeSession(ports, client, {
    username: user.username,
    sub: user.sub,
    kind,
    proven,
    deviceKey,
    ...(proven.includes('password') && { password: passwordMark(user) }),
    ...next,
  });

/**
 * Setting up a second factor goes on in another session, for as long as people like: it rests on the password that the one
 * before rested on, whichever the user has by now.
 */
export const setUpFrom = ({ password }: Pick<ChallengeSession, 'password'>): NextStep => ({
  expects: ['MFA_SETUP'],
  password,
});
