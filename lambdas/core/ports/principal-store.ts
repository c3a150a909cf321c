/** Keeps principals, and which policies they name. */
import type { AccessKey } from '../model/access-key.ts';
import type { Principal } from '../model/principal.ts';

export interface PrincipalStore {
  /** Strongly consistent. */
  find(name: string): Promise<Principal | undefined>;
  /** With its first access key, where it gets one at once. `unknown` when it names a policy that is not there. */
  add(principal: Principal, key?: AccessKey): Promise<'added' | 'taken' | 'unknown'>;
  /** Everything but name, pattern and creation may change; `lost` when it is no more as `before` was read. */
  save(before: Principal, after: Principal): Promise<'saved' | 'lost' | 'unknown'>;
  /** With its access keys. */
  remove(principal: Principal): Promise<'removed' | 'lost'>;
  /** All of them, disabled ones too, by name. */
  list(): Promise<readonly Principal[]>;
}
