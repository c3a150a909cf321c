/** SELECT_MFA_TYPE: somebody with several second factors, of which none comes first, says which it shall be. */
import { mfaMethodNotFound } from '../../core/contract/errors.ts';
import type { MfaFactor } from '../../core/model/pool.ts';
import { deviceKeyAfter } from '../devices.ts';
import { poseFactor } from '../factor-challenges.ts';
import { demandOf } from '../factor-demand.ts';
import { requireParameter } from '../parameters.ts';
import { sealProof } from '../proof-sessions.ts';
import { sessionUser } from '../session-subjects.ts';
import type { Answer, ChallengeAnswer, Outcome, Proof, SignIn, SignInPorts } from '../sign-in.ts';

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
  const factor = choosable(demandOf(given.pool, user, softwareToken)).find((each) => each === chosenIn(given));
  if (!factor) throw mfaMethodNotFound();
  const { kind, proven } = session;
  const deviceKey = deviceKeyAfter(given.parameters, session);
  const proof = { user, memberships, softwareToken, kind, proven, deviceKey };
  return { pose: () => poseFactor(ports, given, proof, factor) };
}

/** The documentation says EMAIL_MFA, and clients send EMAIL_OTP. */
function chosenIn({ parameters }: ChallengeAnswer): string {
  const answer = requireParameter(parameters, 'ANSWER');
  return answer === 'EMAIL_MFA' ? 'EMAIL_OTP' : answer;
}

function choosable(demand: ReturnType<typeof demandOf>): readonly MfaFactor[] {
  if (demand.kind === 'factor') return [demand.factor];
  return demand.kind === 'choice' ? demand.factors : [];
}
