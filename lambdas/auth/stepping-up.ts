/** Asks for what a sign-in lacks of the level that its client has asked for, whatever the pool itself would ask. */
import { levelOutOfReach } from '../core/contract/errors.ts';
import { chooserAmong, poseSelection } from './choices.ts';
import { among, demandOf } from './factor-demand.ts';
import { poseDemand } from './second-factors.ts';
import type { Answer, Proof, SignIn, SignInPorts } from './sign-in.ts';
import { wayUp } from './ways-up.ts';

/** Refuses when no level of those that were named can be reached. */
export async function poseStepUp(ports: SignInPorts, signIn: SignIn, proof: Proof): Promise<Answer | undefined> {
  const way = wayUp(ports, signIn.pool, proof);
  switch (way.kind) {
    case 'reached':
      return undefined;
    case 'second factor':
      return poseDemand(ports, signIn, proof, among(proof.user, way.factors));
    case 'choice':
      return poseSelection(ports, signIn, chooserAmong(ports, signIn.pool, proof));
    case 'none':
      return poseMissing(ports, signIn, proof);
    default:
      return way satisfies never;
  }
}

/** Whoever has to set up a second factor anyway may get there by it. */
async function poseMissing(ports: SignInPorts, signIn: SignIn, proof: Proof): Promise<Answer | undefined> {
  const demand = demandOf(signIn.pool, proof.user, proof.softwareToken);
  if (demand.kind !== 'set-up' || !proof.proven.includes('password')) throw levelOutOfReach();
  return poseDemand(ports, signIn, proof, demand);
}
