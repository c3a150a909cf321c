/** WEB_AUTHN: the person's authenticator signs that it is there, and perhaps that it knows them. */
import { invalidSession } from '../../core/contract/errors.ts';
import type { Progress } from '../../core/model/challenge-session.ts';
import type { PasskeyAssertion } from '../../core/model/passkey.ts';
import type { Pool } from '../../core/model/pool.ts';
import type { SignInSet } from '../../core/model/sign-in-set.ts';
import type { User } from '../../core/model/user.ts';
import { sealChallengeSession } from '../../core/rules/challenge-sessions.ts';
import { availableFactors } from '../../core/rules/first-factors.ts';
import { isOriginOf } from '../../core/rules/passkey-origins.ts';
import { readAssertion, readJson } from '../../core/rules/passkey-responses.ts';
import {
  mostPasskeys,
  passkeyDescriptor,
  relyingPartyOf,
  requiresVerification,
  userHandleOf,
  userVerification,
} from '../../core/rules/passkeys.ts';
import { requireRightGuess } from '../guesses.ts';
import { requireParameter } from '../parameters.ts';
import { sessionSubject } from '../session-subjects.ts';
import type { Answer, ChallengeAnswer, Outcome, SignIn, SignInPorts } from '../sign-in.ts';
import type { Subject } from '../subjects.ts';
import { requireUsable } from '../user-state.ts';

/** How long (ms) the browser waits. */
const timeout = 180_000;

/** For a user to whom it is available; `progress` is that of the session which is answered by it, if there is one. */
export async function poseWebAuthn(
  ports: SignInPorts,
  { pool, client }: SignIn,
  { user }: Pick<SignInSet, 'user'>,
  progress: Progress = { kind: 'choice', proven: [] },
): Promise<Answer> {
  const { kind, proven, deviceKey } = progress;
  const challenge = Buffer.from(ports.random.bytes(32)).toString('base64url');
  const rpId = relyingPartyOf(ports.settings, pool);
  const { items } = await ports.passkeys.list(pool, user, { limit: mostPasskeys });
  const allowCredentials = items.filter(({ relyingPartyId }) => relyingPartyId === rpId).map(passkeyDescriptor);
  const options = { challenge, timeout, rpId, allowCredentials, userVerification: userVerification(pool) };
  const { username, sub } = user;
  const state = { username, sub, kind, proven, deviceKey, expects: ['WEB_AUTHN'], about: challenge };
  return {
    ChallengeName: 'WEB_AUTHN',
    Session: await sealChallengeSession(ports, client, state),
    ChallengeParameters: { CREDENTIAL_REQUEST_OPTIONS: JSON.stringify(options) },
  };
}

export async function answerWebAuthn(ports: SignInPorts, given: ChallengeAnswer): Promise<Outcome> {
  const { session, subject } = await sessionSubject(ports, given);
  const challenge = session.about;
  if (challenge === undefined) throw invalidSession();
  const assertion = readAssertion(readJson(requireParameter(given.parameters, 'CREDENTIAL')));
  // What cannot be read proves as little as what is signed by somebody else, and is told the same.
  await requireRightGuess(
    ports,
    given,
    subject,
    async () => assertion !== undefined && isProven(ports, given, subject, { challenge, assertion }),
  );
  const { kind, proven } = session;
  return { proof: { ...requireUsable(ports, subject), kind, proven: [...proven, 'passkey'] } };
}

interface Answered {
  readonly challenge: string;
  readonly assertion: PasskeyAssertion;
}

async function isProven(
  ports: SignInPorts,
  { pool }: SignIn,
  { user }: Subject,
  { challenge, assertion }: Answered,
): Promise<boolean> {
  const { clientData } = assertion;
  const relyingPartyId = relyingPartyOf(ports.settings, pool);
  if (!user || relyingPartyId === undefined || !mayUsePasskey(pool, user)) return false;
  if (!isAnswerTo(assertion, { challenge, relyingPartyId, user })) return false;
  const passkey = await ports.passkeys.find(pool, user, assertion.id);
  if (passkey?.relyingPartyId !== relyingPartyId) return false;
  const { origin } = clientData;
  const expected = { challenge, origin, relyingPartyId, requiresVerification: requiresVerification(pool) };
  const signed = await ports.passkeyVerifier.verify(assertion, passkey, expected);
  // A counter that does not rise is one of a copy, also when both sign in at once.
  return signed !== undefined && (await ports.passkeys.used(pool, user, passkey.id, signed.counter)) === 'noted';
}

/** Whatever has changed since it was posed. */
const mayUsePasskey = (pool: Pool, user: User): boolean => availableFactors(pool, user).includes('WEB_AUTHN');

function isAnswerTo(
  { clientData, userHandle }: PasskeyAssertion,
  { challenge, relyingPartyId, user }: { challenge: string; relyingPartyId: string; user: User },
): boolean {
  const { type, origin, crossOrigin } = clientData;
  if (type !== 'webauthn.get' || clientData.challenge !== challenge) return false;
  if (crossOrigin || !isOriginOf(relyingPartyId, origin)) return false;
  return !userHandle || userHandle === userHandleOf(user);
}
