/** Keeps the styles of managed pages, one for each client at most. */
import type { Style } from '../model/style.ts';

/**
 * Whoever reads a style while it is changed has all of its images as they were, or all as they are. What a write leaves
 * that nobody will read is removed later, by a job.
 */
export interface StyleStore {
  /** Strongly consistent. */
  find(poolId: string, id: string): Promise<Style | undefined>;
  /** Strongly consistent. */
  findOfClient(poolId: string, clientId: string): Promise<Style | undefined>;
  /**
   * `full` when its pool has `most` styles already, however many are added side by side; `taken` when its client has one,
   * or is gone, or when adding took so long that it was given up.
   */
  add(style: Style, most: number): Promise<'added' | 'taken' | 'full' | 'pool gone'>;
  /** Replaces the very version `before`. Images that have a place already stay where they are. */
  save(before: Style, after: Style): Promise<'saved' | 'changed'>;
  remove(style: Style): Promise<'removed' | 'changed'>;
}
