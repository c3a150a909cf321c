/** Which names lead to a user, and which of them nobody else may hold. */

/** `value` is folded as the pool says. */
export interface Alias {
  readonly kind: 'email' | 'phone_number' | 'preferred_username' | 'sub';
  readonly value: string;
}
