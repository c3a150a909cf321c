/** A name, other than the username, that leads to a user. */

/** `value` is folded as the pool says. */
export interface Alias {
  readonly kind: 'email' | 'phone_number' | 'preferred_username' | 'sub';
  readonly value: string;
}
