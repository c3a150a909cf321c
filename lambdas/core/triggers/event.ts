/** What all events have in common, as functions written for the original expect it. */
import type { Client } from '../model/client.ts';
import type { Pool } from '../model/pool.ts';
import type { User } from '../model/user.ts';
import type { TriggerEvent } from '../ports/triggers.ts';
import { addressAttributes } from '../rules/addresses.ts';
import { namingAliasesOf } from '../rules/aliases.ts';
import { attributeList } from '../rules/attributes.ts';
import type { EventVersion } from './trigger-points.ts';

/** Where an event comes from, and whom it is about. */
export interface EventParties {
  readonly pool: Pool;
  /** Absent: an administrator asked, through none. */
  readonly client?: Pick<Client, 'id'> | undefined;
  /** The username as it is stored, not the alias that was typed. */
  readonly userName: string;
}

/** What is asked of one kind of function. */
export interface EventBody {
  /** Such as `PreSignUp_SignUp`. */
  readonly source: string;
  readonly request: TriggerEvent['request'];
  /** With the defaults that the function may leave as they are. */
  readonly response: TriggerEvent['response'];
}

/** As `ClientMetadata` of the API. */
export type ClientMetadata = Readonly<Partial<Record<string, string>>>;

export const triggerEvent = (
  { pool, client, userName }: EventParties,
  { source, request, response }: EventBody,
  version: EventVersion = 'V1_0',
): TriggerEvent => ({
  version: version.slice(1, 2),
  triggerSource: source,
  region: pool.region,
  userPoolId: pool.id,
  userName,
  callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: client?.id ?? 'CLIENT_ID_NOT_APPLICABLE' },
  request,
  response,
});

/** All of them, whoever may read them: functions are the pool's own. */
export function attributesForTriggers(pool: Pool, user: User): Readonly<Record<string, string>> {
  const attributes = attributeList(pool, user).map(({ Name, Value = '' }) => [Name, Value]);
  return { ...Object.fromEntries(attributes), ...addressAliases(pool, user), 'cognito:user_status': user.status };
}

/** Addresses that the user can be called by, as functions were seen to tell how somebody registered. */
function addressAliases(pool: Pool, user: User): Readonly<Record<string, string>> {
  const held = namingAliasesOf(pool, user).map(({ kind }) => kind);
  const kinds = addressAttributes.filter((kind) => held.includes(kind));
  return Object.fromEntries(kinds.map((kind) => [`cognito:${kind}_alias`, user.attributes[kind] ?? '']));
}

/** A member of `request` that is left out where the caller sent none. */
export const metadataMember = (clientMetadata: ClientMetadata | undefined) => clientMetadata && { clientMetadata };
