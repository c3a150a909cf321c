/** SELECT_MFA_TYPE: somebody with several second factors, of which none comes first, says which it shall be. */
import { mfaMethodNotFound } from '../../core/contract/errors.ts';
import type { MfaFactor, Pool } from '../../core/model/pool.ts';
import { deviceKeyAfter } from '../devices.ts';
import { poseFactor } from '../factor-challenges.ts';
import { demandOf } from '../factor-demand.ts';
import { requireParameter } from '../parameters.ts';
import { progressIn, sealProof } from '../proof-sessions.ts';
import { sessionUser } from '../session-subjects.ts';
import type { Answer, ChallengeAnswer, Outcome, Proof, SignIn, SignInPorts } from '../sign-in.ts';
import { wayUp } from '../ways-up.ts';

export const poseFactorChoice = async (
  ports: SignInPorts,
  { client }: SignIn,
  proof: Proof,
  factors: readonly MfaFactor[],
): Promise<Answer> => ({
  ChallengeName: 'SELECT_MFA_TYPE',
  Session: await sealProof(ports, client, proof, { expects: ['SELECT_MFA_TYPE'] }),
  ChallengeParameters: { MFAS_CAN_CHOOSE: JSON.stringify(factors), USER_ID_FOR_SRP: proof.user.username },
});

/** The choice is among what the user has by now. */
export async function answerFactorChoice(ports: SignInPorts, given: ChallengeAnswer): Promise<Outcome> {
  const { session, user, memberships, softwareToken } = await sessionUser(ports, given);
  const deviceKey = deviceKeyAfter(given.parameters, session);
  const proof = { ...progressIn(session), user, memberships, softwareToken, deviceKey };
  const factor = choosable(ports, given.pool, proof).find((each) => each === chosenIn(given));
  if (!factor) throw mfaMethodNotFound();
  return { pose: () => poseFactor(ports, given, proof, factor) };
}

/** The documentation says EMAIL_MFA, and clients send EMAIL_OTP. */
function chosenIn({ parameters }: ChallengeAnswer): string {
  const answer = requireParameter(parameters, 'ANSWER');
  return answer === 'EMAIL_MFA' ? 'EMAIL_OTP' : answer;
}

function choosable(ports: SignInPorts, pool: Pool, proof: Proof): readonly MfaFactor[] {
  const way = wayUp(ports, pool, proof);
  if (way.kind === 'second factor') return way.factors;
  const demand = demandOf(pool, proof.user, proof.softwareToken);
  if (demand.kind === 'factor') return [demand.factor];
  return demand.kind === 'choice' ? demand.factors : [];
}
