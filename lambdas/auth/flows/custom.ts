/** CUSTOM_AUTH: challenges that the pool's own functions pose, after the password where the client begins with SRP. */
import { hidesUsers } from '../../core/rules/client-settings.ts';
import { requirePublicValue } from '../../core/rules/srp.ts';
import { requireFunction } from '../../core/triggers/custom-auth.ts';
import { arriving } from '../arrivals.ts';
import { passed, playRound } from '../custom-rounds.ts';
import { namedDeviceKey, requireParameter } from '../parameters.ts';
import { nameOfNobody } from '../session-subjects.ts';
import type { Outcome, Parameters, SignIn, SignInPorts } from '../sign-in.ts';
import type { Subject } from '../subjects.ts';
import { requireUsable } from '../user-state.ts';

export async function withCustomChallenges(ports: SignInPorts, signIn: SignIn): Promise<Outcome> {
  const { pool, client, parameters } = signIn;
  requireFunction(pool, 'DefineAuthChallenge');
  const clientPublic = publicValue(parameters);
  const subject = ofSession(await arriving(ports, signIn));
  // Elsewhere, that somebody may not sign in is told when the functions have found the answers right.
  if (!hidesUsers(client)) requireUsable(ports, subject);
  return playRound(ports, signIn, {
    subject,
    progress: { kind: 'custom', proven: [], deviceKey: namedDeviceKey(parameters) },
    steps: clientPublic ? [passed('SRP_A')] : [],
    clientPublic,
  });
}

const ofSession = (subject: Subject): Subject =>
  subject.user ? subject : { ...subject, username: nameOfNobody(subject.username) };

/** The documentation has both spellings of the key. */
function publicValue(parameters: Parameters): Uint8Array | undefined {
  const first = parameters['CHALLENGE_NAME'] ?? parameters['ChallengeName'];
  return first === 'SRP_A' ? requirePublicValue(requireParameter(parameters, 'SRP_A')) : undefined;
}
