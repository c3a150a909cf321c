/** WEB_AUTHN: the person's authenticator signs that it is there, and perhaps that it knows them. */
import { invalidSession } from '../../core/contract/errors.ts';
import type { Passkey, PasskeyAssertion } from '../../core/model/passkey.ts';
import type { Pool } from '../../core/model/pool.ts';
import type { User } from '../../core/model/user.ts';
import { availableFactors } from '../../core/rules/first-factors.ts';
import { isOriginOf } from '../../core/rules/passkey-origins.ts';
import { readAssertion, readJson } from '../../core/rules/passkey-responses.ts';
import {
  isRoaming,
  mostPasskeys,
  passkeyDescriptor,
  relyingPartyOf,
  requiresVerification,
  userHandleOf,
  userVerification,
} from '../../core/rules/passkeys.ts';
import { type Chooser, sealFirstSession } from '../choices.ts';
import { requireRightGuess } from '../guesses.ts';
import { requireParameter } from '../parameters.ts';
import { sessionSubject } from '../session-subjects.ts';
import type { Answer, ChallengeAnswer, Outcome, SignIn, SignInPorts } from '../sign-in.ts';
import { type AskedFor, simulatedPasskeys } from '../simulated-passkeys.ts';
import type { Subject } from '../subjects.ts';
import { requireUsable } from '../user-state.ts';

/** How long (ms) the browser waits. */
const timeout = 180_000;

/** The same for users and for names of nobody: what differs is whose passkeys are asked for. */
export async function poseWebAuthn(ports: SignInPorts, signIn: SignIn, chooser: Chooser): Promise<Answer> {
  const { pool } = signIn;
  const challenge = Buffer.from(ports.random.bytes(32)).toString('base64url');
  const rpId = relyingPartyOf(ports.settings, pool);
  const allowCredentials = (await passkeysOf(ports, pool, chooser, rpId)).map(passkeyDescriptor);
  const options = { challenge, timeout, rpId, allowCredentials, userVerification: userVerification(pool) };
  return {
    ChallengeName: 'WEB_AUTHN',
    Session: await sealFirstSession(ports, signIn, chooser, { expects: 'WEB_AUTHN', about: challenge }),
    ChallengeParameters: { CREDENTIAL_REQUEST_OPTIONS: JSON.stringify(options) },
  };
}

/** A name that nobody has takes the same read. Whoever has removed their last one just now is asked as nobody is. */
async function passkeysOf(
  ports: SignInPorts,
  pool: Pool,
  { subject, sub }: Chooser,
  rpId: string | undefined,
): Promise<readonly AskedFor[]> {
  const owner = subject.user ?? { username: subject.username, sub };
  const { items } = await ports.passkeys.list(pool, owner, { limit: mostPasskeys });
  const own = subject.user ? items.filter(({ relyingPartyId }) => relyingPartyId === rpId) : [];
  return own.length > 0 ? own : simulatedPasskeys(ports, pool, subject.username);
}

export async function answerWebAuthn(ports: SignInPorts, given: ChallengeAnswer): Promise<Outcome> {
  const { session, subject } = await sessionSubject(ports, given);
  const challenge = session.about;
  if (challenge === undefined) throw invalidSession();
  const assertion = readAssertion(readJson(requireParameter(given.parameters, 'CREDENTIAL')));
  let passkey: Passkey | undefined;
  // What cannot be read proves as little as what is signed by somebody else, and is told the same.
  await requireRightGuess(ports, given, subject, async () => {
    passkey = assertion && (await provenPasskey(ports, given, subject, { challenge, assertion }));
    return passkey !== undefined;
  });
  const { kind, proven } = session;
  const factor = passkey && isRoaming(passkey) ? 'roaming passkey' : 'passkey';
  return { proof: { ...requireUsable(ports, subject), kind, proven: [...proven, factor] } };
}

interface Answered {
  readonly challenge: string;
  readonly assertion: PasskeyAssertion;
}

/** The one that has signed. */
async function provenPasskey(
  ports: SignInPorts,
  { pool }: SignIn,
  { user }: Subject,
  { challenge, assertion }: Answered,
): Promise<Passkey | undefined> {
  const { clientData } = assertion;
  const relyingPartyId = relyingPartyOf(ports.settings, pool);
  if (!user || relyingPartyId === undefined || !mayUsePasskey(pool, user, relyingPartyId)) return undefined;
  if (!isAnswerTo(assertion, { challenge, relyingPartyId, user })) return undefined;
  const passkey = await ports.passkeys.find(pool, user, assertion.id);
  if (passkey?.relyingPartyId !== relyingPartyId) return undefined;
  const { origin } = clientData;
  const expected = { challenge, origin, relyingPartyId, requiresVerification: requiresVerification(pool) };
  const signed = await ports.passkeyVerifier.verify(assertion, passkey, expected);
  // A counter that does not rise is one of a copy, also when both sign in at once.
  if (!signed || (await ports.passkeys.used(pool, user, passkey.id, signed.counter)) !== 'noted') return undefined;
  return passkey;
}

/** Whatever has changed since it was posed. */
const mayUsePasskey = (pool: Pool, user: User, relyingPartyId: string): boolean =>
  availableFactors(pool, user, relyingPartyId).includes('WEB_AUTHN');

function isAnswerTo(
  { clientData, userHandle }: PasskeyAssertion,
  { challenge, relyingPartyId, user }: { challenge: string; relyingPartyId: string; user: User },
): boolean {
  const { type, origin, crossOrigin } = clientData;
  if (type !== 'webauthn.get' || clientData.challenge !== challenge) return false;
  if (crossOrigin || !isOriginOf(relyingPartyId, origin)) return false;
  return !userHandle || userHandle === userHandleOf(user);
}
