/** App clients as rows. Their secrets are sealed here, on the way in, and opened on the way out. */
import type { Client, ClientSecret, ClientSettings, SsoSession } from '../../core/model/client.ts';
import type { Place, Sealer } from '../../core/ports/sealer.ts';
import {
  document,
  documentIn,
  findBytes,
  findText,
  layout,
  MalformedItem,
  numberIn,
  present,
  requireLayout,
  textIn,
} from './fields.ts';
import { clientKey, lookupKey } from './keys.ts';
import type { Item } from './table.ts';

export type SecretSealer = Pick<Sealer, 'seal' | 'open'>;

const newest = 1;

export const encodeClient = async (sealer: SecretSealer, client: Client): Promise<Item> =>
  present({
    ...clientKey(client.poolId, client.id),
    ...layout(newest),
    id: client.id,
    p: client.poolId,
    nm: client.name,
    ca: client.createdAt,
    ma: client.modifiedAt,
    set: document(client.settings),
    sso: client.ssoSession && document(client.ssoSession),
    sec: await sealSecrets(sealer, client),
    n: client.version,
  });

export async function decodeClient(sealer: SecretSealer, item: Item): Promise<Client> {
  requireLayout(item, newest);
  return {
    id: textIn(item, 'id'),
    poolId: textIn(item, 'p'),
    name: textIn(item, 'nm'),
    secrets: await openSecrets(sealer, item),
    createdAt: numberIn(item, 'ca'),
    modifiedAt: numberIn(item, 'ma'),
    // Only `encodeClient` writes these documents.
    settings: documentIn(item, 'set') as ClientSettings,
    ...(findText(item, 'sso') !== undefined && { ssoSession: documentIn(item, 'sso') as SsoSession }),
    version: numberIn(item, 'n'),
  };
}

/** Leads from a client id alone to its pool. */
export const encodeLookup = (client: Client): Item => ({
  ...lookupKey(client.id),
  ...layout(newest),
  p: client.poolId,
});

/** All secrets in one, so that a client is opened in one step; a public client has none. */
async function sealSecrets(sealer: SecretSealer, client: Client): Promise<Uint8Array | undefined> {
  if (client.secrets.length === 0) return undefined;
  return sealer.seal(Buffer.from(JSON.stringify(client.secrets)), placeOf(client.poolId, client.id));
}

async function openSecrets(sealer: SecretSealer, item: Item): Promise<readonly ClientSecret[]> {
  const sealed = findBytes(item, 'sec');
  if (sealed === undefined) return [];
  const plain = await sealer.open(sealed, placeOf(textIn(item, 'p'), textIn(item, 'id')));
  if (!plain) throw new MalformedItem(item, 'its secrets do not open');
  // Only our own sealing opens here, so its members need no second check.
  return JSON.parse(Buffer.from(plain).toString()) as readonly ClientSecret[];
}

const placeOf = (poolId: string, clientId: string): Place => ({ purpose: 'client-secret', poolId, item: clientId });
