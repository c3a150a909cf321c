/** MFA_SETUP: somebody without a second factor, in a pool that asks for one, gets one before they are signed in. */
import { invalidSession, nothingToSetUp, softwareTokenNotVerified } from '../../core/contract/errors.ts';
import type { MfaFactor } from '../../core/model/pool.ts';
import { deviceKeyAfter } from '../devices.ts';
import { requireNewAddress } from '../email-set-up.ts';
import { stillProves } from '../factor-demand.ts';
import { progressIn, sealProof } from '../proof-sessions.ts';
import { sessionUser } from '../session-subjects.ts';
import type { Answer, ChallengeAnswer, Outcome, Proof, SignIn, SignInPorts } from '../sign-in.ts';
import { poseCode } from './second-factor-codes.ts';

export async function poseSetUp(
  ports: SignInPorts,
  { client }: SignIn,
  proof: Proof,
  factors: readonly MfaFactor[],
): Promise<Answer> {
  if (factors.length === 0) throw nothingToSetUp();
  return {
    ChallengeName: 'MFA_SETUP',
    Session: await sealProof(ports, client, proof, { expects: ['MFA_SETUP'] }),
    ChallengeParameters: { MFAS_CAN_SETUP: JSON.stringify(factors), USER_ID_FOR_SRP: proof.user.username },
  };
}

/** With an app that has proven itself in between, or with an address for codes that has yet to. */
export async function answerSetUp(ports: SignInPorts, given: ChallengeAnswer): Promise<Outcome> {
  const { session, user, memberships, softwareToken } = await sessionUser(ports, given);
  const deviceKey = deviceKeyAfter(given.parameters, session);
  const proof = { ...progressIn(session), user, memberships, softwareToken, deviceKey };
  const address = given.parameters['EMAIL'];
  if (address) {
    requireNewAddress(given, proof, address);
    return { pose: () => poseCode(ports, given, proof, 'EMAIL_OTP', address) };
  }
  if (!session.proven.includes('app code') || !softwareToken?.secret) throw softwareTokenNotVerified();
  if (!stillProves(given.pool, user, softwareToken, 'SOFTWARE_TOKEN_MFA')) throw invalidSession();
  return { proof };
}
