/** Deletes what removed pools and users left behind, a step at a time; what is still there is what remains to be done. */
import type { WorkKinds } from '../model/job.ts';
import type { Cursor } from '../model/page.ts';

export interface Leftovers {
  /**
   * `look again`: nothing is to be found, but until that moment (ms) there may be something that the indexes do not
   * know of yet.
   */
  purgePool(left: WorkKinds['purge-pool']): Promise<'done' | 'more' | { readonly lookAgain: number }>;
  /** Where the next step goes on, if there is one. A next user of the same name keeps what is theirs. */
  purgeUser(left: WorkKinds['purge-user']): Promise<{ readonly next?: Cursor | undefined }>;
  /** `lookAgain` as with pools, from the beginning. */
  purgeGroup(
    left: WorkKinds['purge-group'],
  ): Promise<{ readonly next?: Cursor | undefined; readonly lookAgain?: number | undefined }>;
  /** All of them, at once: there are a few dozen rows at most. What the style has stays. */
  sweepAssets(left: WorkKinds['sweep-assets']): Promise<void>;
}
