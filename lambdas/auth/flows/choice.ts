/** USER_AUTH: whoever signs in chooses how, out of what the pool allows and they have. */
import { incorrectPassword } from '../../core/contract/errors.ts';
import type { Level } from '../../core/model/challenge-session.ts';
import type { SignInSet } from '../../core/model/sign-in-set.ts';
import { arriving, letIn } from '../arrivals.ts';
import { atTheStart, type Chooser, chooserAmong, chooserOf, poseSelection } from '../choices.ts';
import { choose } from '../choosing.ts';
import { type Earlier, earlierProofs } from '../earlier-proofs.ts';
import { keepsSecrets, marksOf } from '../proof-marks.ts';
import type { Outcome, Proof, SignIn, SignInPorts } from '../sign-in.ts';
import { type StepUp, stepUpIn } from '../step-up.ts';
import { requireUsable } from '../user-state.ts';
import { wayUp } from '../ways-up.ts';
import { withConfirmedAddress } from './confirmed-sign-up.ts';

/** `session` is one of ConfirmSignUp. */
export async function withChoice(ports: SignInPorts, signIn: SignIn, session?: string): Promise<Outcome> {
  const stepUp = stepUpIn(signIn.pool, signIn.parameters);
  const earlier = stepUp && (await earlierProofs(ports, signIn, stepUp));
  const further = earlier && (await goingOn(ports, signIn, earlier, stepUp));
  if (further) return further;
  return fromTheStart(ports, signIn, stepUp?.levels, session);
}

async function fromTheStart(
  ports: SignInPorts,
  signIn: SignIn,
  levels: readonly Level[] | undefined,
  session: string | undefined,
): Promise<Outcome> {
  const { PREFERRED_CHALLENGE: preferred, PASSWORD: password } = signIn.parameters;
  const subject = await arriving(ports, signIn, preferred === 'PASSWORD' ? password : undefined);
  if (session !== undefined) return withConfirmedAddress(ports, signIn, { subject, text: session, levels });
  return take(ports, signIn, await chooserOf(ports, signIn, subject, { ...atTheStart, levels }));
}

async function take(ports: SignInPorts, signIn: SignIn, chooser: Chooser): Promise<Outcome> {
  const preferred = chooser.available.find((name) => name === signIn.parameters['PREFERRED_CHALLENGE']);
  if (!preferred) return { pose: () => poseSelection(ports, signIn, chooser) };
  return choose(ports, signIn, chooser, preferred);
}

/**
 * Absent where nothing is missing, and where nothing leads on from there: then everything is asked for. Otherwise whoever
 * holds an access token for an hour could trade it for a session that is as good as new.
 */
async function goingOn(
  ports: SignInPorts,
  signIn: SignIn,
  { subject, proven }: Earlier,
  { levels }: StepUp,
): Promise<Outcome | undefined> {
  const before: Proof = { ...subject, kind: 'choice', proven, levels };
  const way = wayUp(ports, signIn.pool, before);
  if (way.kind !== 'second factor' && way.kind !== 'choice') return undefined;
  const proof = await letInWith(ports, signIn, subject, before);
  return way.kind === 'second factor' ? { proof } : take(ports, signIn, chooserAmong(ports, signIn.pool, proof));
}

/** What rests on a secret that the pool's function has replaced proves nothing. */
async function letInWith(ports: SignInPorts, signIn: SignIn, subject: SignInSet, proof: Proof): Promise<Proof> {
  const now = await letIn(ports, signIn, subject);
  if (!now.user || !keepsSecrets(marksOf(proof), now)) throw incorrectPassword();
  return { ...proof, ...requireUsable(ports, now) };
}
