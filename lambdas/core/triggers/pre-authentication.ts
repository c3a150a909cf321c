/** Before the secret of somebody who begins to sign in is looked at: the pool's function may send them away. */
import { hidesUsers } from '../rules/client-settings.ts';
import type { Candidate } from './custom-auth.ts';
import { attributesForTriggers, type ClientMetadata } from './event.ts';
import { invoke, type TriggerPorts } from './invoke.ts';

/** Metadata of a first request goes by another name here, and to no other function but that of migration. */
export interface Arrival extends Omit<Candidate, 'clientMetadata'> {
  readonly validationData?: ClientMetadata | undefined;
}

/** What the function answers has no effect, as long as it is an answer. */
export async function approveSignIn(ports: TriggerPorts, arrival: Arrival): Promise<void> {
  const { pool, client, user, validationData } = arrival;
  const request = {
    userAttributes: user ? attributesForTriggers(pool, user) : {},
    validationData: validationData ?? null,
    ...(hidesUsers(client) && { userNotFound: !user }),
  };
  const body = { source: 'PreAuthentication_Authentication', request, response: {} };
  await invoke(ports, 'PreAuthentication', arrival, body);
}
