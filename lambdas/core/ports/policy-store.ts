/** Keeps the policies that principals name. */
import type { Policy } from '../model/policy.ts';

export interface PolicyStore {
  /** Strongly consistent. */
  find(name: string): Promise<Policy | undefined>;
  add(policy: Policy): Promise<'added' | 'taken'>;
  /** The status alone may change. A policy that is built in has no row before it is changed. */
  save(policy: Policy): Promise<'saved' | 'gone'>;
  /** `attached` while principals name it. */
  remove(name: string): Promise<'removed' | 'gone' | 'attached'>;
  /** All of them, disabled ones too, by name. */
  list(): Promise<readonly Policy[]>;
}
