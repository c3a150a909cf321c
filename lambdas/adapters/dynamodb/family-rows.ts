/** Families of tokens as rows. */
import type { Family } from '../../core/model/family.ts';
import { findNumber, requireLayout } from './fields.ts';
import type { Item } from './table.ts';

export const familyLayout = 1;

/** A row past its time is not yet garbage to the reader: what was revoked stays so for as long as anybody can tell. */
export function decodeFamily(item: Item): Family {
  requireLayout(item, familyLayout);
  return {
    revoked: item['rev'] === true,
    generation: findNumber(item, 'gen') ?? 0,
    rotatedAt: findNumber(item, 'rt') ?? 0,
  };
}
