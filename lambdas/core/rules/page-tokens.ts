/** Opaque marks of where a list goes on: sealed, bound to the list they belong to, good for an hour. */
import { createHash } from 'node:crypto';
import { paginationTokenInvalid, pagingMarkerInvalid } from '../contract/errors.ts';
import type { Cursor, Page } from '../model/page.ts';
import type { Ports } from '../ports/index.ts';
import type { Place } from '../ports/sealer.ts';

/** A token opens only for the list that it was made for. */
export interface List {
  readonly operation: string;
  /** The pool's id; for lists that cross pools, the region. */
  readonly within: string;
  /** What selects the items (a filter, a group), but not the page's size. */
  readonly parameters?: unknown;
  /** For the one operation whose refusal quotes it. */
  readonly requestId?: string;
}

type Sealing = Pick<Ports, 'sealer' | 'clock'>;

interface Mark {
  readonly cursor: Cursor;
  readonly expiresAt: number;
}

const lifetime = 60 * 60 * 1000;

/** The token for the page after this one; none after the last. */
export async function pageToken(
  { sealer, clock }: Sealing,
  list: List,
  page: Page<unknown>,
): Promise<string | undefined> {
  if (!page.next) return undefined;
  const mark: Mark = { cursor: page.next, expiresAt: clock.now() + lifetime };
  return Buffer.from(await sealer.seal(Buffer.from(JSON.stringify(mark)), placeOf(list))).toString('base64url');
}

/** Where the list goes on; `undefined` without a token, a refusal for a foreign, changed or old one. */
export async function requireCursor(
  { sealer, clock }: Sealing,
  list: List,
  token: string | undefined,
): Promise<Cursor | undefined> {
  if (token === undefined) return undefined;
  const sealed = Buffer.from(token, 'base64url');
  // Other texts decode to the same bytes: what we wrote is one of them.
  const isOurs = sealed.toString('base64url') === token;
  const plain = isOurs ? await sealer.open(sealed, placeOf(list)) : undefined;
  if (!plain) throw invalid(list, token);
  // Only our own sealing opens here, so its members need no second check.
  const mark = JSON.parse(Buffer.from(plain).toString()) as Mark;
  if (mark.expiresAt <= clock.now()) throw invalid(list, token);
  return mark.cursor;
}

/** 0 and no size at all ask for the largest page. */
export const pageSize = (asked: number | undefined, largest: number): number => asked || largest;

function placeOf({ operation, within, parameters }: List): Place {
  const selection = createHash('sha256')
    .update(JSON.stringify(parameters ?? null))
    .digest('base64url');
  return { purpose: 'page-token', poolId: within, item: `${operation} ${selection}` };
}

const invalid = ({ operation, requestId }: List, token: string) =>
  operation === 'ListUsers' && requestId !== undefined
    ? pagingMarkerInvalid(token, requestId)
    : paginationTokenInvalid();
