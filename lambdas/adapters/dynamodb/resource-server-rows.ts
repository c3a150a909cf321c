/** Resource servers as rows among those of their pool. */
import type { ResourceServer, ResourceServerScope } from '../../core/model/resource-server.ts';
import { document, documentIn, layout, numberIn, requireLayout, textIn } from './fields.ts';
import { resourceServerKey, resourceServersOfPool } from './keys.ts';
import type { RecordKind } from './record-store.ts';

const newest = 1;

export const resourceServerKind: RecordKind<ResourceServer> = {
  counted: 'resourceServers',
  key: resourceServerKey,
  all: resourceServersOfPool,

  encode: ({ poolId, identifier, name, scopes }) => ({
    ...resourceServerKey(poolId, identifier),
    ...layout(newest),
    p: poolId,
    id: identifier,
    nm: name,
    sc: document(scopes),
  }),

  decode(item) {
    requireLayout(item, newest);
    return {
      poolId: textIn(item, 'p'),
      identifier: textIn(item, 'id'),
      name: textIn(item, 'nm'),
      // Only `encode` writes this document.
      scopes: documentIn(item, 'sc') as readonly ResourceServerScope[],
      version: numberIn(item, 'n'),
    };
  },
};
