/** Goes the way that somebody has chosen, as far as what they sent along leads. */
import { codesLimitExceeded } from '../core/contract/errors.ts';
import { takeFromBudget } from '../core/rules/codes.ts';
import { requirePublicValue } from '../core/rules/srp.ts';
import { posePassword, posePasswordSrp, provePassword } from './challenges/first-password.ts';
import { poseFirstCode } from './challenges/one-time-codes.ts';
import { poseVerifier } from './challenges/password-verifier.ts';
import { poseWebAuthn } from './challenges/web-authn.ts';
import { type Choice, type Chooser, offering } from './choices.ts';
import type { Answer, Outcome, SignIn, SignInPorts } from './sign-in.ts';

type Way = (ports: SignInPorts, signIn: SignIn, chooser: Chooser) => Promise<Outcome>;

const ways: Readonly<Record<Choice, Way>> = {
  PASSWORD: withPassword,
  PASSWORD_SRP: withSrp,
  EMAIL_OTP: (ports, signIn, chooser) => withCode(ports, signIn, chooser, 'EMAIL_OTP'),
  SMS_OTP: (ports, signIn, chooser) => withCode(ports, signIn, chooser, 'SMS_OTP'),
  WEB_AUTHN: async (ports, signIn, chooser) => posing(chooser, () => poseWebAuthn(ports, signIn, chooser)),
};

/** One of those that are available. */
export const choose = (ports: SignInPorts, signIn: SignIn, chooser: Chooser, choice: Choice): Promise<Outcome> =>
  ways[choice](ports, signIn, chooser);

async function withPassword(ports: SignInPorts, signIn: SignIn, chooser: Chooser): Promise<Outcome> {
  const password = signIn.parameters['PASSWORD'];
  if (!password) return posing(chooser, () => posePassword(ports, signIn, chooser));
  const { subject, start } = chooser;
  const usable = await provePassword(ports, signIn, subject, password);
  return { proof: { ...usable, ...start, proven: [...start.proven, 'password'] } };
}

async function withSrp(ports: SignInPorts, signIn: SignIn, chooser: Chooser): Promise<Outcome> {
  const given = signIn.parameters['SRP_A'];
  if (!given) return posing(chooser, () => posePasswordSrp(ports, signIn, chooser));
  const clientPublic = requirePublicValue(given);
  return posing(chooser, () => poseVerifier(ports, signIn, chooser.subject, clientPublic, chooser.start));
}

/** Whoever knows a name can have codes sent to its owner, so there are only so many an hour, for nobody's name as well. */
async function withCode(
  ports: SignInPorts,
  signIn: SignIn,
  chooser: Chooser,
  choice: 'EMAIL_OTP' | 'SMS_OTP',
): Promise<Outcome> {
  await takeFromBudget(ports, signIn.pool, chooser.subject.username, 'sign-in-code', codesLimitExceeded);
  return posing(chooser, () => poseFirstCode(ports, signIn, chooser, choice));
}

const posing = (chooser: Chooser, pose: () => Promise<Answer>): Outcome => ({
  pose: async () => offering(chooser, await pose()),
});
