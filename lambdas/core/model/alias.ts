/** A name, other than the username, that leads to a user. */
import type { VerifiableAttribute } from './user.ts';

/** `value` is folded as the pool says. */
export interface Alias {
  readonly kind: VerifiableAttribute | 'preferred_username' | 'sub';
  readonly value: string;
}
