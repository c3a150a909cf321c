/** Sessions of users as rows: one for each sign-in, in pools that track them. */
import type { UserSession } from '../../core/model/user-session.ts';
import { findText, layout, numberIn, present, requireLayout, seconds, textIn } from './fields.ts';
import { ttlAttribute } from './keys.ts';
import type { Item, Key } from './table.ts';

const newest = 1;

export const encodeUserSession = (key: Key, session: UserSession): Item =>
  present({
    ...key,
    ...layout(newest),
    id: session.id,
    sub: session.sub,
    c: session.clientId,
    o: session.originJti,
    ca: session.createdAt,
    ...seenIn(session),
  });

type Seen = Pick<UserSession, 'activeAt' | 'expiresAt' | 'lastAddress'>;

/** What every use of the session writes anew; where the address is not known, the last known one stays. */
export const seenIn = ({ activeAt, expiresAt, lastAddress }: Seen) => ({
  la: activeAt,
  x: expiresAt,
  ip: lastAddress,
  [ttlAttribute]: seconds(expiresAt),
});

export function decodeUserSession(item: Item): UserSession {
  requireLayout(item, newest);
  return {
    id: textIn(item, 'id'),
    sub: textIn(item, 'sub'),
    clientId: textIn(item, 'c'),
    originJti: textIn(item, 'o'),
    createdAt: numberIn(item, 'ca'),
    activeAt: numberIn(item, 'la'),
    expiresAt: numberIn(item, 'x'),
    lastAddress: findText(item, 'ip'),
  };
}
