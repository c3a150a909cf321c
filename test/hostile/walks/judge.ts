/** Says which answers may be taken, and which sign-ins are complete, by what was really proven on the way. */
import { appCode, step } from '../../support/second-factors.ts';
import type { Chain, Hands, Held, Response, Texts } from './held.ts';
import { stepAt, type WalkPerson } from './people.ts';
import { answerTo, rightAnswers } from './questions.ts';

export interface Justified {
  readonly held: Held;
  readonly proves: readonly string[];
}

/** What the response would prove, or why it must not be taken. */
export function judge(hands: Hands, response: Response): Justified | string {
  const { app, name, challenge, session, parameters } = response;
  const named = parameters['PASSWORD_CLAIM_SECRET_BLOCK'] ?? 'none';
  const block = hands.held.find((each) => each.parameters['SECRET_BLOCK'] === named);
  const held = session === undefined ? block : hands.held.find((each) => each.session === session);
  if (!held) return 'no challenge was posed';
  if (challenge.endsWith('PASSWORD_VERIFIER') && block !== held) return 'the block is of another challenge';
  if (held.challenge !== challenge) return 'another challenge was posed';
  if (held.app.id !== app.id) return 'the session is of another client';
  if (held.person.name !== name) return 'the session is of somebody else';
  return whyClosed(hands, held) ?? judgeEvidence(hands, held, response);
}

/** The clients have the shortest life that sessions may have. */
const sessionLife = 180_000;

/** Why nothing may be answered with the session any more. */
export function whyClosed({ service }: Hands, held: Held): string | undefined {
  const { session, person, proven, posedAt } = held;
  if (held.isSpent) return 'the session was spent';
  if (session !== undefined && service.clock.now() >= posedAt + sessionLife) return 'the session is over';
  if (proven.includes('password') && held.mark !== person.mark) return 'the password was replaced';
  if (proven.includes('app code') && held.appMark !== person.appMark) return 'the app was replaced';
  return undefined;
}

function judgeEvidence(hands: Hands, held: Held, { challenge, parameters }: Response): Justified | string {
  const { person } = held;
  const passes = (isRight: boolean, ...proves: readonly string[]) =>
    isRight ? { held, proves } : `the evidence for ${challenge} was wrong`;
  switch (challenge) {
    case 'PASSWORD_VERIFIER':
      return passes(secretOfClaim(hands, parameters) === person.password, 'password');
    case 'PASSWORD':
      return passes(parameters['PASSWORD'] === person.password, 'password');
    case 'SELECT_CHALLENGE':
      if (parameters['ANSWER'] !== 'PASSWORD') return passes(true);
      return passes(parameters['PASSWORD'] === person.password, 'password');
    case 'SMS_MFA':
    case 'SMS_OTP':
      return passes(isNewestCode(hands, held, parameters['SMS_OTP_CODE']), 'text code');
    case 'EMAIL_OTP':
      return passes(isNewestCode(hands, held, parameters['EMAIL_OTP_CODE']), 'email code');
    case 'SOFTWARE_TOKEN_MFA':
      return passes(stepOfCode(hands, person, person.secret, parameters) !== undefined, 'app code');
    case 'WEB_AUTHN':
      return passes(isSigned(hands, held, parameters), 'passkey');
    case 'CUSTOM_CHALLENGE':
      // A wrong answer is a step as well; it proves nothing.
      return passes(true, ...(parameters['ANSWER'] === answerTo(held.parameters['question']) ? ['answer'] : []));
    case 'DEVICE_SRP_AUTH':
      return passes(parameters['DEVICE_KEY'] === person.device?.key);
    case 'DEVICE_PASSWORD_VERIFIER':
      return passes(isOfDevice(hands, person, parameters), 'device');
    case 'NEW_PASSWORD_REQUIRED':
      return passes(person.isTemporary);
    case 'MFA_SETUP':
      return passes(held.proven.includes('app code'));
    default:
      return passes(true);
  }
}

const secretOfClaim = ({ claims }: Hands, sent: Texts): string | undefined =>
  claims.get(sent['PASSWORD_CLAIM_SIGNATURE'] ?? '');

const isOfDevice = (hands: Hands, { device }: WalkPerson, sent: Texts): boolean =>
  device !== undefined && sent['DEVICE_KEY'] === device.key && secretOfClaim(hands, sent) === device.secret;

/** A newer code of the same person takes the place of an older one for a factor that is as early. */
const isNewestCode = (hands: Hands, held: Held, code: string | undefined): boolean =>
  code === held.code && held === hands.held.findLast((other) => other.code !== undefined && isAlike(other, held));

const isAlike = (one: Held, other: Held): boolean =>
  one.person === other.person && one.proven.length > 0 === other.proven.length > 0;

function isSigned({ credentials }: Hands, { person, parameters }: Held, sent: Texts): boolean {
  const signed = credentials.get(sent['CREDENTIAL'] ?? '');
  const asked = JSON.parse(parameters['CREDENTIAL_REQUEST_OPTIONS'] ?? '{}');
  return signed !== undefined && signed.passkey === person.passkey && signed.challenge === asked.challenge;
}

/** The step of the code, if it is one that may still be taken. */
export function stepOfCode(
  { service }: Hands,
  { lastStep }: WalkPerson,
  secret: string,
  sent: Texts,
): number | undefined {
  const now = service.clock.now();
  const near = [-1, 0, 1].map((by) => now + by * step).filter((at) => stepAt(at) > lastStep);
  const found = secret ? near.find((at) => appCode(secret, at) === sent['SOFTWARE_TOKEN_MFA_CODE']) : undefined;
  return found === undefined ? undefined : stepAt(found);
}

/** Why tokens must not come of it. */
export function whyIncomplete({ person, flow, proven }: Chain): string | undefined {
  const [first, ...others] = proven.filter((factor) => factor !== 'answer');
  if (person.isTemporary && first === 'password') return 'a temporary password was enough';
  if (flow === 'CUSTOM_AUTH') {
    if (proven.length - others.length - (first ? 1 : 0) < rightAnswers) return 'too few answers were right';
    if (first === undefined) return undefined;
  }
  if (first === 'passkey') return undefined;
  if (first !== 'password') return isCode(first) && !person.pool.requiresTwo ? undefined : 'nothing was enough';
  const enough = secondFactorsOf(person);
  const isComplete = enough.length === 0 || others.some((factor) => enough.includes(factor));
  return isComplete ? undefined : 'no second factor was asked for';
}

/** One of them is needed beside a password. Whoever has turned none on gets a text message where the pool asks for two. */
function secondFactorsOf({ mfa, pool, device, isReachable }: WalkPerson): readonly string[] {
  const wanted = mfa.length > 0 || !pool.requiresTwo ? mfa : [isReachable ? 'text code' : 'app code'];
  return wanted.length > 0 && device ? [...wanted, 'device'] : wanted;
}

const isCode = (factor: string | undefined): boolean => factor === 'email code' || factor === 'text code';
