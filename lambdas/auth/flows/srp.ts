/** USER_SRP_AUTH, first leg: answers the client's A with B, the salt and the sealed state of the exchange. */
import { requirePublicValue } from '../../core/rules/srp.ts';
import { arrivingWithPassword } from '../arrivals.ts';
import { poseVerifier } from '../challenges/password-verifier.ts';
import { requireParameter } from '../parameters.ts';
import type { Outcome, SignIn, SignInPorts } from '../sign-in.ts';

export async function withSrp(ports: SignInPorts, signIn: SignIn): Promise<Outcome> {
  const clientPublic = requirePublicValue(requireParameter(signIn.parameters, 'SRP_A'));
  const subject = await arrivingWithPassword(ports, signIn);
  return { answer: await poseVerifier(ports, signIn, subject, clientPublic) };
}
