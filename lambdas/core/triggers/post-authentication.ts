/** Once somebody has proven everything that was asked of them, and before they get anything for it. */
import type { Client } from '../model/client.ts';
import type { Pool } from '../model/pool.ts';
import type { User } from '../model/user.ts';
import { attributesForTriggers, type ClientMetadata, metadataMember } from './event.ts';
import { invoke, type TriggerPorts } from './invoke.ts';

export interface Authentication {
  readonly pool: Pool;
  readonly client: Client;
  readonly user: User;
  /** Whether the service makes a key for the device that they come from. */
  readonly isOnNewDevice: boolean;
  /** Of the answer that was the last one. */
  readonly clientMetadata?: ClientMetadata | undefined;
}

export async function afterAuthentication(ports: TriggerPorts, authentication: Authentication): Promise<void> {
  const { pool, client, user, isOnNewDevice, clientMetadata } = authentication;
  const request = {
    userAttributes: attributesForTriggers(pool, user),
    newDeviceUsed: isOnNewDevice,
    ...metadataMember(clientMetadata),
  };
  const parties = { pool, client, userName: user.username };
  const body = { source: 'PostAuthentication_Authentication', request, response: {} };
  await invoke(ports, 'PostAuthentication', parties, body);
}
