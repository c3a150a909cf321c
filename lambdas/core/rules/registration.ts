/** Confirms a registration by its code: what the operation and the page behind a link have in common. */
import { verifiedAliasExists } from '../contract/errors.ts';
import type { User, VerifiableAttribute } from '../model/user.ts';
import type { Ports } from '../ports/index.ts';
import type { ClientMetadata } from '../triggers/event.ts';
import type { TriggerPorts } from '../triggers/invoke.ts';
import { afterConfirmation } from '../triggers/post-confirmation.ts';
import { changeUser } from './change-user.ts';
import { requireCode, withVerified } from './codes.ts';
import type { Configuration } from './configuration.ts';
import { requireNextState } from './user-states.ts';

export interface RegistrationProof {
  readonly code: string;
  /** Whether an alias that somebody else holds moves to this user. */
  readonly force?: boolean | undefined;
  readonly clientMetadata?: ClientMetadata | undefined;
}

export interface ConfirmedRegistration {
  readonly user: User;
  /** What the code has proven. */
  readonly attribute: VerifiableAttribute;
}

type ConfirmingPorts = Pick<Ports, 'users' | 'codes' | 'sealer' | 'clock'> & TriggerPorts;

/** The function of the pool runs once the user is confirmed; where it fails, that is what the caller hears. */
export async function confirmRegistration(
  ports: ConfirmingPorts,
  { pool, client }: Configuration,
  user: User,
  { code: given, force = false, clientMetadata }: RegistrationProof,
): Promise<ConfirmedRegistration> {
  const code = await requireCode(ports, pool, user, 'sign-up', given);
  const confirmed = await changeUser(ports, pool, user, {
    decide(current) {
      const status = requireNextState(current, 'confirm registration');
      return { ...withVerified(current, code), status, modifiedAt: ports.clock.now() };
    },
    extra: { spend: { purpose: 'sign-up', digest: code.digest }, force },
    taken: verifiedAliasExists,
  });
  await afterConfirmation(ports, { pool, client, user: confirmed, by: 'ConfirmSignUp', clientMetadata });
  return { user: confirmed, attribute: code.attribute };
}
