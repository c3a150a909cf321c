/** Whether the tokens of a session have been signed out or revoked. */
import type { Family } from '../model/family.ts';
import type { User } from '../model/user.ts';
import { startOf } from './identifiers.ts';

interface TokenOrigin {
  /** Absent in tokens of clients that have token revocation off. */
  readonly originJti?: string | undefined;
  /** Seconds since the epoch. */
  readonly authTime: number;
}

/** A family that began at or before the last sign-out is over; a new sign-in always begins after it. */
export function isRevoked(user: User, family: Family | undefined, { originJti, authTime }: TokenOrigin): boolean {
  if (family?.revoked) return true;
  const began = originJti === undefined ? authTime * 1000 : startOf(originJti);
  return user.tokensValidAfter !== undefined && began <= user.tokensValidAfter;
}
