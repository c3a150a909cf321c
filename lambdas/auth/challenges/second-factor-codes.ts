/** SMS_MFA, and EMAIL_OTP after a password: a code that is sent to the user's telephone or mailbox. */
import { codesLimitExceeded, invalidSession } from '../../core/contract/errors.ts';
import type { ChallengeSession } from '../../core/model/challenge-session.ts';
import type { StoredCode } from '../../core/model/code.ts';
import type { Pool } from '../../core/model/pool.ts';
import type { User } from '../../core/model/user.ts';
import { type Delivery, deliveryTo } from '../../core/rules/code-delivery.ts';
import { takeFromBudget } from '../../core/rules/codes.ts';
import { uuid } from '../../core/rules/identifiers.ts';
import { isSignInCode, issueSignInCode } from '../../core/rules/sign-in-codes.ts';
import { keepsNewAddress, type SetUp, setUpMark, withNewAddress } from '../email-set-up.ts';
import { stillProves } from '../factor-demand.ts';
import { requireRightCode } from '../guesses.ts';
import { requireParameter } from '../parameters.ts';
import { sealProof } from '../proof-sessions.ts';
import { withProvenAddress } from '../proven-addresses.ts';
import { sentCodes } from '../sent-codes.ts';
import { sessionUser } from '../session-subjects.ts';
import type { Answer, ChallengeAnswer, Outcome, Proof, SignIn, SignInPorts } from '../sign-in.ts';

export type SentFactor = 'SMS_MFA' | 'EMAIL_OTP';

/** `newAddress` is one that the user has yet to prove, and has instead of none. */
export async function poseCode(
  ports: SignInPorts,
  { pool, client, clientMetadata, sourceIp }: SignIn,
  proof: Proof,
  factor: SentFactor,
  newAddress?: string,
): Promise<Answer> {
  const { attribute, length } = sentCodes[factor];
  const delivery = deliveryTo(attribute, newAddress ?? proof.user.attributes[attribute] ?? '');
  await takeFromBudgets(ports, pool, proof.user, delivery, sourceIp);
  const id = uuid(ports.random);
  const sent = await issueSignInCode(ports, {
    pool,
    client,
    user: proof.user,
    clientMetadata,
    purpose: 'second-factor',
    sessionId: id,
    delivery,
    length,
  });
  const about = newAddress === undefined ? undefined : setUpMark;
  return {
    ChallengeName: factor,
    Session: await sealProof(ports, client, proof, { id, expects: [factor], about }),
    ChallengeParameters: { ...sent, USER_ID_FOR_SRP: proof.user.username },
  };
}

/**
 * Whoever has the password could otherwise have any number of messages sent. Strangers use up a budget of their own. The one of
 * the requester goes first: whoever fills a mailbox does not use up what its owner has elsewhere.
 */
async function takeFromBudgets(
  ports: SignInPorts,
  pool: Pool,
  { username }: User,
  { medium, target }: Delivery,
  requester = '',
): Promise<void> {
  if (medium === 'EMAIL') {
    const mailbox = await nameOfMailbox(ports, pool, target, requester);
    await takeFromBudget(ports, pool, mailbox, 'second-factor-mail', codesLimitExceeded);
  }
  await takeFromBudget(ports, pool, username, 'second-factor-code', codesLimitExceeded);
}

/** What is counted outlives the user by up to two days: neither their address nor an IP address is to stand in the table for it. */
async function nameOfMailbox({ sealer }: SignInPorts, pool: Pool, address: string, requester: string): Promise<string> {
  const digest = await sealer.digest(JSON.stringify([address, requester]), { purpose: 'mailbox', poolId: pool.id });
  return Buffer.from(digest).toString('hex');
}

export const answerSmsMfa = (ports: SignInPorts, given: ChallengeAnswer): Promise<Outcome> =>
  answerCode(ports, given, 'SMS_MFA');

export const answerEmailMfa = (ports: SignInPorts, given: ChallengeAnswer): Promise<Outcome> =>
  answerCode(ports, given, 'EMAIL_OTP');

async function answerCode(ports: SignInPorts, given: ChallengeAnswer, factor: SentFactor): Promise<Outcome> {
  const { session, subject, user, memberships, softwareToken } = await sessionUser(ports, given);
  const { pool, parameters } = given;
  const sent = sentCodes[factor];
  if (!stillProves(pool, user, softwareToken, factor)) throw invalidSession();
  const text = requireParameter(parameters, sent.response);
  const code = subject.user && liveCode(session, user, subject.codes?.['second-factor']);
  await requireRightCode(ports, { ...given, session }, subject, () =>
    isSignInCode(ports, pool, user, session, code, text),
  );
  const proven = code ? await withProven(ports, { pool, session, user, softwareToken }, code) : user;
  return {
    proof: {
      user: proven,
      memberships,
      softwareToken,
      kind: session.kind,
      proven: [...session.proven, sent.proves],
    },
  };
}

/** Who has the address no longer, having changed it since, does not prove anything with it. */
const liveCode = (session: ChallengeSession, user: User, code: StoredCode | undefined): StoredCode | undefined =>
  code && (keepsNewAddress(session) || user.attributes[code.attribute] === code.target) ? code : undefined;

/** Whoever reads what is sent to an address has proven that it is theirs. */
const withProven = (ports: SignInPorts, holder: SetUp, code: StoredCode): Promise<User> =>
  keepsNewAddress(holder.session)
    ? withNewAddress(ports, holder, code.target)
    : withProvenAddress(ports, holder.pool, holder.user, code);
