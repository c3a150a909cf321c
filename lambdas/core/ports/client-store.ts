/** Keeps app clients. */
import type { Client } from '../model/client.ts';
import type { Page, PageRequest } from '../model/page.ts';
import type { Pool } from '../model/pool.ts';

export interface ClientStore {
  /** Client and pool from the instance's cache, brought up to date by version. */
  find(clientId: string): Promise<{ readonly client: Client; readonly pool: Pool } | undefined>;
  /**
   * Makes sure that what `find` answered is not outdated, unless a read that rests on it has done so already. Rejects
   * with StaleConfiguration.
   */
  confirm(pool: Pool): Promise<void>;
  /** Strongly consistent. */
  read(poolId: string, clientId: string): Promise<Client | undefined>;
  /** `pool gone` when the pool was deleted meanwhile, `full` when it has `most` clients already. */
  add(client: Client, most: number): Promise<'added' | 'taken' | 'full' | 'pool gone'>;
  save(before: Client, after: Client): Promise<'saved' | 'changed'>;
  /** How its pages look, and the terms that they show, go with it. */
  remove(client: Client): Promise<'removed' | 'gone'>;
  list(poolId: string, page: PageRequest): Promise<Page<Client>>;
}
