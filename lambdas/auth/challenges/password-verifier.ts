/** PASSWORD_VERIFIER, the second leg of SRP: the client proves the password without showing it. */
import { incorrectPassword, invalidSession, timestampUnreadable } from '../../core/contract/errors.ts';
import type { Progress } from '../../core/model/challenge-session.ts';
import type { Pool } from '../../core/model/pool.ts';
import { answersTo, mayBeUsername } from '../../core/rules/names.ts';
import { requireSecretHash } from '../../core/rules/secret-hash.ts';
import {
  challenge,
  claimSignature,
  groupNameOf,
  isClaimSignature,
  sessionKey,
  type Verifier,
  wireInteger,
} from '../../core/rules/srp.ts';
import { openPassword, simulateUser } from '../../core/rules/verifiers.ts';
import { type KnownDevice, namedDevice } from '../devices.ts';
import { requireRightGuess } from '../guesses.ts';
import { requireParameter } from '../parameters.ts';
import { openSecretBlock, type SecretBlock, sealSecretBlock } from '../secret-blocks.ts';
import type { Answer, ChallengeAnswer, Outcome, SignIn, SignInPorts } from '../sign-in.ts';
import { isTimely, parseTimestamp } from '../srp-timestamp.ts';
import { type Subject, subjectNamed } from '../subjects.ts';
import { requireUsable } from '../user-state.ts';

/** The first answer carries no `Session`: all that the second leg needs is in the block. */
export async function poseVerifier(
  ports: SignInPorts,
  { pool, client }: SignIn,
  subject: Subject,
  clientPublic: Uint8Array,
): Promise<Answer> {
  const { salt, verifier, shownName, sub } = await secretOf(ports, pool, subject);
  const serverSecret = ports.random.bytes(32);
  const serverPublic = await challenge(ports.powers, verifier, serverSecret);
  const block = await sealSecretBlock(ports, client, {
    username: subject.username,
    shownName,
    sub,
    isSimulated: !subject.user,
    clientPublic,
    serverPublic,
    serverSecret,
  });
  return {
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeParameters: {
      SALT: wireInteger(salt),
      SRP_B: wireInteger(serverPublic),
      SECRET_BLOCK: block,
      USERNAME: shownName,
      USER_ID_FOR_SRP: shownName,
    },
  };
}

export async function answerVerifier(ports: SignInPorts, given: ChallengeAnswer): Promise<Outcome> {
  const { pool, client, parameters, session } = given;
  const block = await openSecretBlock(ports, client, requireParameter(parameters, 'PASSWORD_CLAIM_SECRET_BLOCK'));
  // Both came with the same answer, where the sign-in has a session at all.
  if (!block || (session && session.username !== block.username)) throw incorrectPassword();
  const name = requireParameter(parameters, 'USERNAME');
  requireSecretHash(client, [name, block.shownName], parameters['SECRET_HASH']);
  requireTimely(ports, requireParameter(parameters, 'TIMESTAMP'));
  const subject = await requireSameSubject(ports, pool, block);
  let device: KnownDevice | undefined;
  await requireRightGuess(ports, given, subject, async () => {
    const isProven = await isSigned(ports, given, subject, block);
    // Refuses one that is unknown, before the block is spent.
    if (isProven && subject.user) device = await namedDevice(ports, given, subject.user);
    return (await ports.nonces.consume(block.id, block.expiresAt)) === 'consumed' && isProven;
  });
  const usable = requireUsable(ports, subject);
  // Only now: before, whoever tries names would hear, uncounted, which addresses lead to a username.
  if (!answersTo(pool, usable.user, name)) throw invalidSession();
  const { kind, proven }: Progress = session ?? { kind: 'password', proven: [] };
  return { proof: { ...usable, kind, proven: [...proven, 'password'] }, device };
}

/** Who the block was posed for, as they are now. */
async function requireSameSubject(ports: SignInPorts, pool: Pool, block: SecretBlock): Promise<Subject> {
  const subject = await subjectNamed(ports, pool, block.username);
  // A name that was taken, or given up, since the first leg proves nothing.
  if (subject.user?.sub !== (block.isSimulated ? undefined : block.sub)) throw incorrectPassword();
  return subject;
}

function requireTimely({ clock }: Pick<SignInPorts, 'clock'>, timestamp: string): void {
  const at = parseTimestamp(timestamp);
  if (at === undefined) throw timestampUnreadable();
  if (!isTimely(at, clock.now())) throw incorrectPassword();
}

/** The maths is done for unknown users as well. */
async function isSigned(
  ports: SignInPorts,
  { pool, parameters }: SignIn,
  subject: Subject,
  block: SecretBlock,
): Promise<boolean> {
  const { verifier, shownName } = await secretOf(ports, pool, subject);
  const key = await sessionKey(ports.powers, { ...block, verifier });
  if (!key) return false;
  const owner = { groupName: groupNameOf(pool.id), identity: shownName };
  const timestamp = requireParameter(parameters, 'TIMESTAMP');
  const expected = claimSignature(key, owner, { secretBlock: block.bytes, timestamp });
  return isClaimSignature(expected, requireParameter(parameters, 'PASSWORD_CLAIM_SIGNATURE'));
}

interface Secret extends Verifier {
  /** The identity that clients hash with: the username as it was given, not as it is compared. */
  readonly shownName: string;
  readonly sub: string;
}

/** Somebody without a password, and nobody, gets a verifier that no password fits. */
async function secretOf(ports: SignInPorts, pool: Pool, { user, username }: Subject): Promise<Secret> {
  if (user?.password) {
    const kept = await openPassword(ports, pool, user.username, user.password.sealed);
    return { ...kept, shownName: user.username, sub: user.sub };
  }
  const { salt, verifier, sub } = await simulateUser(ports, pool, username);
  if (user) return { salt, verifier, shownName: user.username, sub: user.sub };
  // An alias is never shown, so a name that can only be an alias would give away that it is nobody's.
  return { salt, verifier, shownName: mayBeUsername(pool, username) ? username : sub, sub };
}
