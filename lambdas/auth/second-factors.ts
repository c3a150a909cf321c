/** Poses the second factor that a sign-in by password has to prove, if any. */
import { poseSetUp } from './challenges/mfa-setup.ts';
import { poseFactorChoice } from './challenges/select-mfa-type.ts';
import { poseFactor } from './factor-challenges.ts';
import { type Demand, demandOf } from './factor-demand.ts';
import type { Answer, Proof, SignIn, SignInPorts } from './sign-in.ts';

export const poseSecondFactor = (ports: SignInPorts, signIn: SignIn, proof: Proof): Promise<Answer | undefined> =>
  poseDemand(ports, signIn, proof, demandOf(signIn.pool, proof.user, proof.softwareToken));

export async function poseDemand(
  ports: SignInPorts,
  signIn: SignIn,
  proof: Proof,
  demand: Demand,
): Promise<Answer | undefined> {
  switch (demand.kind) {
    case 'none':
      return undefined;
    case 'factor':
      return poseFactor(ports, signIn, proof, demand.factor);
    case 'choice':
      return poseFactorChoice(ports, signIn, proof, demand.factors);
    case 'set-up':
      return poseSetUp(ports, signIn, proof, demand.factors);
    default:
      return demand satisfies never;
  }
}
