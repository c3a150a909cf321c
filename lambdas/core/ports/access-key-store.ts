/** Keeps the access keys of principals: two each at most. */
import type { AccessKey } from '../model/access-key.ts';

export interface AccessKeyStore {
  /** Strongly consistent. */
  find(id: string): Promise<AccessKey | undefined>;
  /** `full` when the principal has two keys, `taken` when there is such an id, `unknown` when there is no principal. */
  add(key: AccessKey): Promise<'added' | 'full' | 'taken' | 'unknown'>;
  /** The status alone may change. */
  save(key: AccessKey): Promise<'saved' | 'gone'>;
  /** Notes the day of a use, unless it is noted already. */
  used(id: string, day: string): Promise<void>;
  remove(key: AccessKey): Promise<'removed' | 'gone'>;
  /** All of them, or those of one principal; disabled ones too, in the order of the principals' names. */
  list(principal?: string): Promise<readonly AccessKey[]>;
}
