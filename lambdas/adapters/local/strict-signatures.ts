/** What a start with `--signatures strict` has beside the others: keys of principals, and the check that knows them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServicePorts } from '../../core/pipeline/exchange.ts';
import type { SignatureCheck } from '../../core/ports/signature-check.ts';
import { accessKeyStore } from '../dynamodb/access-key-store.ts';
import type { Table } from '../dynamodb/table.ts';
import { signRequest } from '../sigv4/sign-request.ts';
import { signatureCheck } from '../sigv4/signature-check.ts';
import type { Sign } from './api-caller.ts';
import type { Closing } from './closing.ts';
import { haveProfiles } from './credentials-file.ts';
import { ownHosts } from './own-hosts.ts';
import { administrator, haveKeys } from './principals.ts';
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
}

/** Refuses a file of principals that is wrong before anything is opened. */
export async function strictSignatures(
  settings: StartSettings,
): Promise<(parts: StrictParts) => Promise<StrictSignatures>> {
  const principals = await readPrincipals(settings.principals);
  return async ({ table, ports, opened }) => {
    const { sealer, clock, random, pools } = ports;
    const keys = accessKeyStore({ table, sealer });
    const active = await haveKeys({ keys, clock, random }, principals);
    const credentials = await openCredentials(settings, opened);
    await haveProfiles(credentials, active, random);
    const key = active.find(({ principal }) => principal === administrator);
    if (!key) throw new Error('There is no key of the administrator although it was just made.');
    const check = { keys, pools, clock, settings: ports.settings, hosts: ownHosts(settings), acceptAnyRegion: true };
    return {
      signatures: signatureCheck(check),
      credentials,
      sign: (request, region) => signRequest(request, { keyId: key.id, secret: key.secret, region, at: clock.now() }),
    };
  };
}

/** Nothing is kept in memory mode, but clients read their keys from a file. */
async function openCredentials({ data }: StartSettings, opened: Closing): Promise<string> {
  if (data !== undefined) return join(data, 'credentials');
  const folder = await mkdtemp(join(tmpdir(), 'millpond-'));
  opened.add(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'credentials');
}
