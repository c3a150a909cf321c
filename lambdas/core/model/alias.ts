/** A name, other than the username, that leads to a user; or an account at an identity provider, which is no name. */
import type { VerifiableAttribute } from './user.ts';

/** `value` is folded as the pool says, and that of an identity made by `identityAlias`. */
export interface Alias {
  readonly kind: VerifiableAttribute | 'preferred_username' | 'sub' | 'identity';
  readonly value: string;
}
