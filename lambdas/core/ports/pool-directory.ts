/** Lists every pool of the deployment, whatever its region. */
import type { Page, PageRequest } from '../model/page.ts';

export interface PoolDirectory {
  /** Ids, strongly consistent. */
  list(page: PageRequest): Promise<Page<string>>;
}
