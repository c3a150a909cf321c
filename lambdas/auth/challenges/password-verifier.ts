/** PASSWORD_VERIFIER, the second leg of SRP: the client proves the password without showing it. */
import { incorrectPassword, invalidSession, sessionMissing } from '../../core/contract/errors.ts';
import type { Progress } from '../../core/model/challenge-session.ts';
import type { Pool } from '../../core/model/pool.ts';
import { sealChallengeSession } from '../../core/rules/challenge-sessions.ts';
import { hidesUsers } from '../../core/rules/client-settings.ts';
import { uuid } from '../../core/rules/identifiers.ts';
import { answersTo } from '../../core/rules/names.ts';
import { requireSecretHash } from '../../core/rules/secret-hash.ts';
import { groupNameOf, type Verifier, wireInteger } from '../../core/rules/srp.ts';
import { openPassword, simulatedName, simulateUser } from '../../core/rules/verifiers.ts';
import { namedDevice } from '../devices.ts';
import { requireRightGuess } from '../guesses.ts';
import { namedDeviceKey, requireParameter } from '../parameters.ts';
import { openSecretBlock, type SecretBlock, sealSecretBlock } from '../secret-blocks.ts';
import type { Answer, ChallengeAnswer, KnownDevice, Outcome, SignIn, SignInPorts } from '../sign-in.ts';
import { beginExchange, isClaimed, requireTimely } from '../srp-claims.ts';
import { type Subject, subjectNamed } from '../subjects.ts';
import { requireUsable } from '../user-state.ts';

/**
 * Alone, the exchange needs no `Session`: all that the second leg asks for is in the block. As a step of a sign-in that has
 * come so far, it is bound to a session that carries this on.
 */
export async function poseVerifier(
  ports: SignInPorts,
  { pool, client, parameters, inStep }: SignIn,
  subject: Subject,
  clientPublic: Uint8Array,
  within?: Progress,
): Promise<Answer> {
  const { salt, verifier, shownName, sub } = await secretOf(ports, pool, subject);
  const server = await beginExchange(ports, { salt, verifier });
  const who = { username: subject.username, sub, isSimulated: !subject.user };
  const sessionId = within && uuid(ports.random);
  const block = await sealSecretBlock(ports, client, {
    ...who,
    shownName,
    sessionId,
    deviceKey: namedDeviceKey(parameters),
    clientPublic,
    ...server,
  });
  // A verifier is made up in less time than one is opened.
  if (hidesUsers(client)) await inStep();
  return {
    ChallengeName: 'PASSWORD_VERIFIER',
    ...(sessionId && {
      Session: await sealChallengeSession(ports, client, {
        id: sessionId,
        ...who,
        ...within,
        expects: ['PASSWORD_VERIFIER'],
      }),
    }),
    ChallengeParameters: {
      SALT: wireInteger(salt),
      SRP_B: wireInteger(server.serverPublic),
      SECRET_BLOCK: block,
      USERNAME: shownName,
      USER_ID_FOR_SRP: shownName,
    },
  };
}

export async function answerVerifier(ports: SignInPorts, given: ChallengeAnswer): Promise<Outcome> {
  const { pool, client, parameters, session } = given;
  const block = await openSecretBlock(ports, client, requireParameter(parameters, 'PASSWORD_CLAIM_SECRET_BLOCK'));
  if (block?.sessionId && !session) throw sessionMissing();
  // Both came with the same answer, where the sign-in has a session at all.
  if (!block || block.sessionId !== session?.id) throw incorrectPassword();
  const name = requireParameter(parameters, 'USERNAME');
  requireSecretHash(client, [name, block.shownName], parameters['SECRET_HASH']);
  requireTimely(ports, parameters);
  const subject = await sameSubject(ports, pool, block);
  const soFar: Pick<Progress, 'proven' | 'deviceKey'> = {
    proven: ['password'],
    deviceKey: session?.deviceKey ?? block.deviceKey,
  };
  let device: KnownDevice | undefined;
  await requireRightGuess(ports, given, subject, async () => {
    const isProven = await isSigned(ports, given, subject, block);
    // Refuses one that is unknown, before the block is spent.
    if (isProven && subject.user) device = await namedDevice(ports, given, subject.user, soFar);
    return (await ports.nonces.consume(block.id, block.expiresAt)) === 'consumed' && isProven;
  });
  const usable = requireUsable(ports, subject);
  // Only now: before, whoever tries names would hear, uncounted, which addresses lead to a username.
  if (!answersTo(pool, usable.user, name)) throw invalidSession();
  const { kind, proven }: Progress = session ?? { kind: 'password', proven: [] };
  return { proof: { ...usable, kind, proven: [...proven, 'password'] }, device };
}

/**
 * Who the block was posed for, as they are now. Nobody, where it was simulated or the name was taken or given up since: that
 * counts as a guess all the same, or whoever is answered as nobody is would never be locked out.
 */
async function sameSubject(ports: SignInPorts, pool: Pool, block: SecretBlock): Promise<Subject> {
  const subject = await subjectNamed(ports, pool, block.username);
  const isSame = !block.isSimulated && subject.user?.sub === block.sub;
  return isSame ? subject : { username: subject.username, failures: subject.failures };
}

/** The maths is done for unknown users as well. */
async function isSigned(
  ports: SignInPorts,
  { pool, parameters }: SignIn,
  subject: Subject,
  block: SecretBlock,
): Promise<boolean> {
  const secret = await secretOf(ports, pool, subject);
  const owner = { groupName: groupNameOf(pool.id), identity: secret.shownName };
  return isClaimed(ports, parameters, block, owner, secret);
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
  return { salt, verifier, shownName: simulatedName(pool, username, sub), sub };
}
