/** Keeps the access keys of principals: one each. */
import type { AccessKey } from '../model/access-key.ts';

export interface AccessKeyStore {
  /** Strongly consistent. */
  find(id: string): Promise<AccessKey | undefined>;
  /** `taken` when the principal has a key, or the id is that of another one. */
  add(key: AccessKey): Promise<'added' | 'taken'>;
  /** Everything but the id and the principal's name may change; `gone` when there is no such key. */
  save(key: AccessKey): Promise<'saved' | 'gone'>;
  /** All of them, disabled ones too, by name of the principal. */
  list(): Promise<readonly AccessKey[]>;
}
