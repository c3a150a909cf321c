/** WEB_AUTHN for a name that nobody has: a challenge like any other, about a passkey that does not exist. */
import { mostPasskeys, passkeyDescriptor, relyingPartyOf, userVerification } from '../core/rules/passkeys.ts';
import { type Chooser, sealFirstSession } from './choices.ts';
import type { Answer, SignIn, SignInPorts } from './sign-in.ts';

/** As browsers are asked everywhere (ms). */
const timeout = 180_000;

export async function simulateWebAuthn(ports: SignInPorts, signIn: SignIn, chooser: Chooser): Promise<Answer> {
  const { pool } = signIn;
  const { subject, sub } = chooser;
  const challenge = Buffer.from(ports.random.bytes(32)).toString('base64url');
  // The read that a user takes.
  await ports.passkeys.list(pool, { username: subject.username, sub }, { limit: mostPasskeys });
  const digest = await ports.sealer.digest(`passkey\0${subject.username}`, {
    purpose: 'simulated-user',
    poolId: pool.id,
  });
  // The length and the transports that most phones have.
  const id = Buffer.from(digest.subarray(0, 20)).toString('base64url');
  const options = {
    challenge,
    timeout,
    rpId: relyingPartyOf(ports.settings, pool),
    allowCredentials: [passkeyDescriptor({ id, transports: ['internal', 'hybrid'] })],
    userVerification: userVerification(pool),
  };
  return {
    ChallengeName: 'WEB_AUTHN',
    Session: await sealFirstSession(ports, signIn, chooser, { expects: 'WEB_AUTHN', about: challenge }),
    ChallengeParameters: { CREDENTIAL_REQUEST_OPTIONS: JSON.stringify(options) },
  };
}
