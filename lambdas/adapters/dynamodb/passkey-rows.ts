/** Passkeys as rows: one for each in the collection of its user, one that claims its id for the pool, and what has begun. */
import type { Attachment, Passkey, PendingPasskey } from '../../core/model/passkey.ts';
import { has, isAbsent, or } from './expressions.ts';
import {
  bytesIn,
  findText,
  layout,
  MalformedItem,
  numberIn,
  present,
  requireLayout,
  seconds,
  textIn,
  textListIn,
} from './fields.ts';
import { isPasskeyKey, passkeyIdKey, passkeyKey, pendingPasskeyKey, ttlAttribute } from './keys.ts';
import type { Item, Key, Write } from './table.ts';

const newest = 1;

/** Whose row it is; `un` is a folded username. */
export interface PasskeyOwner {
  readonly poolId: string;
  readonly un: string;
  readonly sub: string;
}

export const encodePasskey = ({ poolId, un, sub }: PasskeyOwner, passkey: Passkey): Item =>
  present({
    ...passkeyKey(poolId, un, passkey.id),
    ...layout(newest),
    sub,
    id: passkey.id,
    p: poolId,
    nm: passkey.name,
    rp: passkey.relyingPartyId,
    pk: passkey.publicKey,
    c: passkey.counter,
    tr: passkey.transports,
    at: passkey.attachment,
    ca: passkey.createdAt,
  });

export function decodePasskey(item: Item): Passkey {
  requireLayout(item, newest);
  return {
    id: textIn(item, 'id'),
    sub: textIn(item, 'sub'),
    name: textIn(item, 'nm'),
    relyingPartyId: textIn(item, 'rp'),
    publicKey: bytesIn(item, 'pk'),
    counter: numberIn(item, 'c'),
    transports: textListIn(item, 'tr'),
    attachment: attachmentIn(item),
    createdAt: numberIn(item, 'ca'),
  };
}

function attachmentIn(item: Item): Attachment | undefined {
  const attachment = findText(item, 'at');
  if (attachment === undefined || attachment === 'platform' || attachment === 'cross-platform') return attachment;
  throw new MalformedItem(item, 'at is not an attachment');
}

export const encodePending = ({ poolId, un, sub }: PasskeyOwner, pending: PendingPasskey): Item => ({
  ...pendingPasskeyKey(poolId, un),
  ...layout(newest),
  sub,
  ch: pending.challenge,
  c: pending.clientId,
  rp: pending.relyingPartyId,
  x: pending.expiresAt,
  [ttlAttribute]: seconds(pending.expiresAt),
});

export function decodePending(item: Item): PendingPasskey {
  requireLayout(item, newest);
  return {
    challenge: textIn(item, 'ch'),
    clientId: textIn(item, 'c'),
    relyingPartyId: textIn(item, 'rp'),
    expiresAt: numberIn(item, 'x'),
  };
}

/** Refused while anybody in the pool has a passkey of this id. */
export const claimPasskeyId = ({ poolId, sub }: PasskeyOwner, id: string): Write => ({
  put: { ...passkeyIdKey(poolId, id), ...layout(newest), sub },
  condition: isAbsent,
});

export const giveUpPasskeyId = (poolId: string, id: string, sub: string): Write => ({
  remove: passkeyIdKey(poolId, id),
  condition: or(isAbsent, has('sub', sub)),
});

/** Of rows of any kind. */
export const passkeyIdsClaimedBy = (rows: readonly Item[]): readonly Key[] =>
  rows.filter(isPasskeyKey).map((row) => passkeyIdKey(textIn(row, 'p'), textIn(row, 'id')));
