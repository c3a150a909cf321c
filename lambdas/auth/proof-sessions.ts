/** Seals how far a sign-in has come, for the next challenge to somebody who has proven something. */
import type { ChallengeSession, Progress } from '../core/model/challenge-session.ts';
import type { Client } from '../core/model/client.ts';
import { type SessionState, sealChallengeSession } from '../core/rules/challenge-sessions.ts';
import { marksOf } from './proof-marks.ts';
import type { Proof, SignInPorts } from './sign-in.ts';

type NextStep = Pick<SessionState, 'id' | 'expects' | 'about'>;

/** What a session carries on. */
export function progressOf(proof: Omit<Proof, 'memberships'>): Progress {
  const { kind, proven, deviceKey, levels } = proof;
  return { kind, proven, deviceKey, levels, ...marksOf(proof) };
}

/** The same, of a session that was carried on before. */
export const progressIn = ({ kind, proven, deviceKey, levels, password, app }: ChallengeSession): Progress => ({
  kind,
  proven,
  deviceKey,
  levels,
  password,
  app,
});

export const sealProof = (
  ports: Pick<SignInPorts, 'sealer' | 'clock' | 'random'>,
  client: Client,
  proof: Omit<Proof, 'memberships'>,
  next: NextStep,
): Promise<string> =>
  sealChallengeSession(ports, client, {
    username: proof.user.username,
    sub: proof.user.sub,
    ...progressOf(proof),
    ...next,
  });
