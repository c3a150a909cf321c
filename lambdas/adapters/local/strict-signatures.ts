/** What a start with `--signatures strict` has beside the others: principals, the check that knows them, and `/_iam`. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServicePorts } from '../../core/pipeline/exchange.ts';
import type { CallerGate } from '../../core/ports/caller-gate.ts';
import type { SentMessages } from '../../core/ports/sent-messages.ts';
import type { SignatureCheck } from '../../core/ports/signature-check.ts';
import { type AccessStores, accessStores } from '../dynamodb/access-stores.ts';
import type { Table } from '../dynamodb/table.ts';
import { signRequest } from '../sigv4/sign-request.ts';
import { signatureCheck } from '../sigv4/signature-check.ts';
import type { Sign } from './api-caller.ts';
import type { Closing } from './closing.ts';
import { haveProfiles } from './credentials-file.ts';
import type { Endpoints } from './endpoints.ts';
import type { Route } from './gateway-route.ts';
import { iamRoute, localGate, type Room } from './iam-route.ts';
import { type Bridge, iamBridge } from './iam-route-bridge.ts';
import { keptMessages } from './kept-messages.ts';
import type { Outbox } from './outbox.ts';
import { ownHosts } from './own-hosts.ts';
import { administrator, havePrincipals } from './principals.ts';
import { readPrincipals } from './principals-file.ts';
import type { StartSettings } from './start-settings.ts';

export interface StrictSignatures {
  readonly signatures: SignatureCheck;
  /** The file with the keys. */
  readonly credentials: string;
  /** By the administrator. */
  readonly sign: Sign;
}

export interface StrictParts {
  readonly table: Table;
  readonly ports: ServicePorts;
  readonly opened: Closing;
  readonly endpoints: Pick<Endpoints, 'endpoint' | 'httpsEndpoint'>;
  readonly outbox: Outbox;
}

export interface RoomPorts extends AccessStores, ServicePorts {
  readonly messages: SentMessages;
}

/** Makes what answers `/_iam/<Action>`. */
export type MakeRoom = (ports: RoomPorts, gate: CallerGate) => Room;

export interface Strict {
  readonly route: Route;
  open(parts: StrictParts): Promise<StrictSignatures>;
}

/** Refuses a file of principals that is wrong before anything is opened. */
export async function strictSignatures(settings: StartSettings, makeRoom: MakeRoom): Promise<Strict> {
  const principals = await readPrincipals(settings.principals);
  const room = Promise.withResolvers<Room>();
  return {
    route: iamRoute(room.promise),

    async open({ table, ports, opened, endpoints, outbox }) {
      const { sealer, clock, random } = ports;
      const stores = accessStores({ table, sealer });
      const keys = await havePrincipals({ ...stores, clock, random }, principals);
      const credentials = await openCredentials(settings, opened);
      await haveProfiles(credentials, keys, random);
      const key = keys.find(({ principal }) => principal === administrator);
      if (!key) throw new Error('There is no key of the administrator although it was just made.');
      const all = { ...ports, ...stores };
      const signatures = signatureCheck({ ...all, hosts: ownHosts(settings), acceptAnyRegion: true });
      const gate = localGate(signatures, bridgeOf(settings, endpoints, ports));
      room.resolve(makeRoom({ ...all, messages: keptMessages(outbox) }, gate));
      return {
        signatures,
        credentials,
        sign: (request, region) => signRequest(request, { keyId: key.id, secret: key.secret, region, at: clock.now() }),
      };
    },
  };
}

/** Whoever names an issuer has given the service that address, and every machine has a `localhost`. */
function bridgeOf(
  { iamBridge: accounts, issuer }: StartSettings,
  { endpoint, httpsEndpoint = endpoint }: StrictParts['endpoints'],
  { clock }: ServicePorts,
): Bridge | undefined {
  if (accounts.length === 0) return undefined;
  return iamBridge({ accounts, serverIds: issuer === undefined ? [endpoint, httpsEndpoint] : [issuer], clock, fetch });
}

/** Nothing is kept in memory mode, but clients read their keys from a file. */
async function openCredentials({ data }: StartSettings, opened: Closing): Promise<string> {
  if (data !== undefined) return join(data, 'credentials');
  const folder = await mkdtemp(join(tmpdir(), 'millpond-'));
  opened.add(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'credentials');
}
