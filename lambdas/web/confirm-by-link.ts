/** Confirms a registration with the code of a link; a second visit with the same code finds it confirmed. */
import { Refusal } from '../core/contract/errors.ts';
import type { CodeOwner } from '../core/model/code.ts';
import type { Ports } from '../core/ports/index.ts';
import { requireCode, wasConfirmedWith } from '../core/rules/codes.ts';
import type { Configuration } from '../core/rules/configuration.ts';
import { findUser } from '../core/rules/names.ts';
import { confirmRegistration } from '../core/rules/registration.ts';
import type { ConfirmationRequest } from './confirmation-request.ts';

type ConfirmingPorts = Pick<Ports, 'clients' | 'users' | 'codes' | 'triggers' | 'sealer' | 'clock'>;

/**
 * Guesses count and are bounded as those of ConfirmSignUp. Whether somebody has the name, and in which state they are,
 * makes no difference to whoever does not know the code.
 */
export async function confirmByLink(
  ports: ConfirmingPorts,
  configuration: Configuration,
  { name, code }: ConfirmationRequest,
): Promise<void> {
  const { pool } = configuration;
  const user = await findUser(ports, pool, name);
  const owner: CodeOwner = user ?? { username: name };
  try {
    if (user?.status === 'UNCONFIRMED') await confirmRegistration(ports, configuration, user, { code });
    // An administrator may have confirmed them in the meantime. Nobody has a code under a name that is free.
    else await requireCode(ports, pool, owner, 'sign-up', code);
  } catch (error) {
    if (!isAboutCode(error) || !(await wasConfirmedWith(ports, pool, owner, code))) throw error;
  }
}

/** The last of them is what the second of two visits at once hears. */
const refusals: readonly Refusal['name'][] = [
  'CodeMismatchException',
  'ExpiredCodeException',
  'NotAuthorizedException',
];

const isAboutCode = (error: unknown): boolean => error instanceof Refusal && refusals.includes(error.name);
