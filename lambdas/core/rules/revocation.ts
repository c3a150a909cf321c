/** Whether the tokens of a session have been signed out or revoked. */
import type { Family } from '../model/family.ts';
import type { Session } from '../model/session.ts';
import type { User } from '../model/user.ts';
import { startOf } from './identifiers.ts';

/** Tokens of clients that have token revocation off do not name their family; its start they do tell. */
type TokenOrigin = Pick<Session, 'eventId'> & { readonly originJti: string | undefined };

/**
 * A family that began at or before the last sign-out is over; a new sign-in always begins after it. `auth_time` is no
 * help here: in whole seconds, a sign-in just after a sign-out would count as one before it.
 */
export function isRevoked(
  user: Pick<User, 'tokensValidAfter'> | undefined,
  family: Family | undefined,
  { originJti, eventId }: TokenOrigin,
): boolean {
  if (family?.revoked) return true;
  return user?.tokensValidAfter !== undefined && startOf(originJti ?? eventId) <= user.tokensValidAfter;
}
