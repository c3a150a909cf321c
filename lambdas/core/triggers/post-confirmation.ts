/** After a registration is confirmed, or a forgotten password is replaced. */
import type { Client } from '../model/client.ts';
import type { Pool } from '../model/pool.ts';
import type { User } from '../model/user.ts';
import { attributesForTriggers, type ClientMetadata, metadataMember } from './event.ts';
import { invoke, type TriggerPorts } from './invoke.ts';

export interface Confirmation {
  readonly pool: Pool;
  /** Absent when an administrator confirmed. */
  readonly client?: Pick<Client, 'id'> | undefined;
  /** As saved. */
  readonly user: User;
  /** Which of them it was. */
  readonly by: 'ConfirmSignUp' | 'ConfirmForgotPassword';
  readonly clientMetadata?: ClientMetadata | undefined;
}

/** What is done stays done: where the function fails, the caller hears of it, and the user is confirmed all the same. */
export async function afterConfirmation(ports: TriggerPorts, confirmation: Confirmation): Promise<void> {
  const { pool, client, user, by, clientMetadata } = confirmation;
  const request = { userAttributes: attributesForTriggers(pool, user), ...metadataMember(clientMetadata) };
  const parties = { pool, client, userName: user.username };
  await invoke(ports, 'PostConfirmation', parties, { source: `PostConfirmation_${by}`, request, response: {} });
}
