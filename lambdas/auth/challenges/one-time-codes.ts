/** EMAIL_OTP and SMS_OTP as first factors: a code that was sent to a verified address is all that a sign-in takes. */
import { invalidSession } from '../../core/contract/errors.ts';
import { hidesUsers } from '../../core/rules/client-settings.ts';
import { deliveryTo } from '../../core/rules/code-delivery.ts';
import { isCodeAvailable } from '../../core/rules/first-factors.ts';
import { uuid } from '../../core/rules/identifiers.ts';
import {
  type CodeDeliveryParameters,
  isSignInCode,
  issueSignInCode,
  simulateSignInCode,
} from '../../core/rules/sign-in-codes.ts';
import { type Chooser, sealFirstSession } from '../choices.ts';
import { requireRightCode } from '../guesses.ts';
import { requireParameter } from '../parameters.ts';
import { type SentCode, sentCodes } from '../sent-codes.ts';
import { sessionSubject } from '../session-subjects.ts';
import type { Answer, ChallengeAnswer, Outcome, SignIn, SignInPorts } from '../sign-in.ts';
import { requireUsable } from '../user-state.ts';

type CodeChallenge = 'EMAIL_OTP' | 'SMS_OTP';

export async function poseFirstCode(
  ports: SignInPorts,
  signIn: SignIn,
  chooser: Chooser,
  challenge: CodeChallenge,
): Promise<Answer> {
  const id = uuid(ports.random);
  const delivery = await sendCode(ports, signIn, chooser, { sessionId: id, ...sentCodes[challenge] });
  // A message takes its time on the way out, which would tell that there is somebody to send one to.
  if (hidesUsers(signIn.client)) await signIn.inStep();
  return {
    ChallengeName: challenge,
    Session: await sealFirstSession(ports, signIn, chooser, { id, expects: challenge }),
    ChallengeParameters: { ...delivery },
  };
}

async function sendCode(
  ports: SignInPorts,
  { pool, client, clientMetadata }: SignIn,
  { subject: { user, username } }: Chooser,
  { sessionId, attribute, length }: Pick<SentCode, 'attribute' | 'length'> & { readonly sessionId: string },
): Promise<CodeDeliveryParameters> {
  const address = user?.attributes[attribute];
  if (!user || !address) return simulateSignInCode(ports, { pool, client, username, sessionId, attribute });
  const delivery = deliveryTo(attribute, address);
  return issueSignInCode(ports, {
    pool,
    client,
    user,
    clientMetadata,
    purpose: 'first-factor',
    sessionId,
    delivery,
    length,
    isHidden: hidesUsers(client),
  });
}

export async function answerFirstCode(ports: SignInPorts, given: ChallengeAnswer): Promise<Outcome> {
  const { session, subject } = await sessionSubject(ports, given);
  if (session.kind !== 'choice') throw invalidSession();
  const challenge = session.expects.includes('SMS_OTP') ? 'SMS_OTP' : 'EMAIL_OTP';
  const { attribute, response, proves } = sentCodes[challenge];
  const code = requireParameter(given.parameters, response);
  const [owner, stored] = subject.user
    ? [subject.user, subject.codes?.['first-factor']]
    : [{ username: subject.username }, undefined];
  await requireRightCode(ports, { ...given, session }, subject, () =>
    isSignInCode(ports, given.pool, owner, session, stored, code),
  );
  const usable = requireUsable(ports, subject);
  // The pool may have stopped to take codes, or the address may be another one, since this one was sent.
  const isOffered = isCodeAvailable(given.pool, usable.user, challenge);
  if (!isOffered || usable.user.attributes[attribute] !== stored?.target) throw invalidSession();
  return { proof: { ...usable, kind: session.kind, proven: [...session.proven, proves] } };
}
