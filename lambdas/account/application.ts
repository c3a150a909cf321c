/** Requests of applications that name a client and a user, and carry no token. */
import { combinationNotFound, Refusal } from '../core/contract/errors.ts';
import type { Client } from '../core/model/client.ts';
import type { User } from '../core/model/user.ts';
import type { Ports } from '../core/ports/index.ts';
import { hidesUsers } from '../core/rules/client-settings.ts';
import { type Configuration, requireClient } from '../core/rules/configuration.ts';
import { findUser } from '../core/rules/names.ts';
import { requireSecretHash } from '../core/rules/secret-hash.ts';
import { requireNextState, type UserEvent } from '../core/rules/user-states.ts';

export interface ApplicationRequest {
  readonly ClientId: string;
  readonly SecretHash?: string | undefined;
  readonly Username: string;
}

/** Client and pool, once the caller has shown that it knows the client's secret. */
export async function requireApplication(
  ports: Pick<Ports, 'clients'>,
  { ClientId, SecretHash, Username }: ApplicationRequest,
): Promise<Configuration> {
  const configuration = await requireClient(ports, ClientId);
  requireSecretHash(configuration.client, [Username], SecretHash, 'member');
  return configuration;
}

/** `undefined` only for clients that hide who exists; all others hear of it. */
async function findAccount(
  ports: Pick<Ports, 'users'>,
  { pool, client }: Configuration,
  name: string,
  searchElsewhere: Search = async () => combinationNotFound(),
): Promise<User | undefined> {
  const found = (await findUser(ports, pool, name)) ?? (await searchElsewhere());
  if (!(found instanceof Refusal)) return found;
  if (!hidesUsers(client)) throw found;
  return undefined;
}

/** Of somebody whom nobody knows here: the user that they have become, or what a client hears that may know. */
export type Search = () => Promise<User | Refusal>;

/**
 * Likewise for clients that hide who exists when the user is in no state for the event: what is then done is done under the
 * name as it was given, so that what counts or was sent under one name of a user does not tell what the others are.
 */
export async function findAccountFor(
  ports: Pick<Ports, 'users'>,
  configuration: Configuration,
  name: string,
  event: UserEvent,
  searchElsewhere?: Search,
): Promise<User | undefined> {
  const user = await findAccount(ports, configuration, name, searchElsewhere);
  const next = user && unlessHidden(configuration.client, () => requireNextState(user, event));
  return next && user;
}

/**
 * What stands against an operation on a user is told only to clients that may know who exists. To the others the answer
 * is `undefined`, and they are to hear what they would hear of a name that nobody has.
 */
export function unlessHidden<T>(client: Client, decide: () => T): T | undefined {
  try {
    return decide();
  } catch (error) {
    if (error instanceof Refusal && hidesUsers(client)) return undefined;
    throw error;
  }
}
