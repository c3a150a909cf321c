/** What every kind of request to the table needs, and how rows come out of the answers. */
import { withoutMark } from './marks.ts';
import type { Pause, Persist } from './retries.ts';
import type { Item, Key } from './table.ts';
import type { Wire } from './wire.ts';

export interface TableContext {
  readonly tableName: string;
  readonly send: Wire['send'];
  readonly persist: Persist;
  readonly pause: Pause;
  readonly newMark: () => string;
}

export type Attributes = Readonly<Record<string, unknown>>;

/** Nothing but the key, whatever else the object has: the database refuses more. */
export const keyOf = ({ PK, SK }: Key): Key => ({ PK, SK });

/** Every row of this table has a key. */
export const itemOf = (attributes: Attributes): Item => withoutMark(attributes as Item);

export const findItem = (attributes: Attributes | undefined): Item | undefined => attributes && itemOf(attributes);
