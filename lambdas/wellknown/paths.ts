/** The paths under the issuer of a pool where verifiers look for its keys. */
import { wholeMatch } from '../core/contract/pattern.ts';
import { poolId } from '../core/contract/shapes/identifiers.ts';

export type DocumentName = 'openid-configuration' | 'jwks.json';

export interface WellKnownPath {
  readonly poolId: string;
  readonly document: DocumentName;
}

const form = /^\/([^/]{1,55})\/\.well-known\/(openid-configuration|jwks\.json)$/;

export function findWellKnownPath(path: string): WellKnownPath | undefined {
  const [, id, document] = form.exec(path) ?? [];
  if (id === undefined || !wholeMatch(poolId.pattern ?? '').test(id)) return undefined;
  return { poolId: id, document: document === 'jwks.json' ? 'jwks.json' : 'openid-configuration' };
}

/** Whether the path is one of this room's. */
export const isWellKnown = (path: string): boolean => findWellKnownPath(path) !== undefined;
