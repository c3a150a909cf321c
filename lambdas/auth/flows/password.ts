/** USER_PASSWORD_AUTH and its administrator forms: the password itself, checked against the stored verifier. */
import type { SignInKind } from '../../core/model/challenge-session.ts';
import { arrivingWithPassword } from '../arrivals.ts';
import { provePassword } from '../challenges/first-password.ts';
import { requireParameter } from '../parameters.ts';
import type { Outcome, SignIn, SignInPorts } from '../sign-in.ts';

export const withPassword = (ports: SignInPorts, signIn: SignIn): Promise<Outcome> => proven(ports, signIn, 'password');

export const withPasswordByAdministrator = (ports: SignInPorts, signIn: SignIn): Promise<Outcome> =>
  proven(ports, signIn, 'administrator');

async function proven(ports: SignInPorts, signIn: SignIn, kind: SignInKind): Promise<Outcome> {
  const password = requireParameter(signIn.parameters, 'PASSWORD');
  const subject = await arrivingWithPassword(ports, signIn, password);
  return { proof: { ...(await provePassword(ports, signIn, subject, password)), kind, proven: ['password'] } };
}
