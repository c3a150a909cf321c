/** The service's part of an SRP exchange, whosever secret it is about: drawing its own value, and checking the claim. */
import { incorrectPassword, timestampUnreadable } from '../core/contract/errors.ts';
import {
  challenge,
  claimSignature,
  isClaimSignature,
  type SecretOwner,
  sessionKey,
  type Verifier,
} from '../core/rules/srp.ts';
import { requireParameter } from './parameters.ts';
import type { SecretBlock } from './secret-blocks.ts';
import type { Parameters, SignInPorts } from './sign-in.ts';
import { isTimely, parseTimestamp } from './srp-timestamp.ts';

type ServerSide = Pick<SecretBlock, 'serverPublic' | 'serverSecret'>;

export async function beginExchange(
  { powers, random }: Pick<SignInPorts, 'powers' | 'random'>,
  { verifier }: Verifier,
): Promise<ServerSide> {
  const serverSecret = random.bytes(32);
  return { serverSecret, serverPublic: await challenge(powers, verifier, serverSecret) };
}

/** Refuses what was not signed just now, and what is no time at all. */
export function requireTimely({ clock }: Pick<SignInPorts, 'clock'>, parameters: Parameters): void {
  const at = parseTimestamp(requireParameter(parameters, 'TIMESTAMP'));
  if (at === undefined) throw timestampUnreadable();
  if (!isTimely(at, clock.now())) throw incorrectPassword();
}

/** Whether the claim was signed by somebody who has the secret of this verifier. */
export async function isClaimed(
  { powers }: Pick<SignInPorts, 'powers'>,
  parameters: Parameters,
  block: SecretBlock,
  owner: SecretOwner,
  { verifier }: Verifier,
): Promise<boolean> {
  const key = await sessionKey(powers, { ...block, verifier });
  if (!key) return false;
  const timestamp = requireParameter(parameters, 'TIMESTAMP');
  const expected = claimSignature(key, owner, { secretBlock: block.bytes, timestamp });
  return isClaimSignature(expected, requireParameter(parameters, 'PASSWORD_CLAIM_SIGNATURE'));
}
