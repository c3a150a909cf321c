/** USER_AUTH: whoever signs in chooses how, out of what the pool allows and they have. */
import { chooserOf, poseSelection } from '../choices.ts';
import { choose } from '../choosing.ts';
import { requireParameter } from '../parameters.ts';
import type { Outcome, SignIn, SignInPorts } from '../sign-in.ts';
import { requireNoStepUp } from '../step-up.ts';
import { findSubject } from '../subjects.ts';
import { withConfirmedAddress } from './confirmed-sign-up.ts';

/** `session` is one of ConfirmSignUp. */
export async function withChoice(ports: SignInPorts, signIn: SignIn, session?: string): Promise<Outcome> {
  const { parameters } = signIn;
  requireNoStepUp(parameters);
  const subject = await findSubject(ports, signIn, requireParameter(parameters, 'USERNAME'));
  if (session !== undefined) return withConfirmedAddress(ports, signIn, subject, session);
  const chooser = await chooserOf(ports, signIn, subject);
  const preferred = chooser.available.find((name) => name === parameters['PREFERRED_CHALLENGE']);
  if (!preferred) return { pose: () => poseSelection(ports, signIn, chooser) };
  return choose(ports, signIn, chooser, preferred);
}
