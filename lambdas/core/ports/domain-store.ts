/** Keeps the domains of pools: no two pools have one name, and no domain outlives its pool. */
import type { Domain } from '../model/domain.ts';
import type { Pool } from '../model/pool.ts';

/**
 * A change of a domain is a change of its pool, which names it. All of them rest on the pool as it was read, and answer
 * `changed` when another writer came first or the pool is gone.
 */
export interface DomainStore {
  /** Strongly consistent. */
  find(name: string): Promise<Domain | undefined>;
  /** `full` when the account has `mostCustom` host names of its own already, however many are added side by side. */
  add(pool: Pool, domain: Domain, mostCustom: number): Promise<'added' | 'taken' | 'full' | 'changed'>;
  save(pool: Pool, domain: Domain): Promise<'saved' | 'changed'>;
  remove(pool: Pool, domain: Domain): Promise<'removed' | 'changed'>;
}
