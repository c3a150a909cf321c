/** What all events have in common, as functions written for the original expect it. */
import type { Client } from '../model/client.ts';
import type { Pool } from '../model/pool.ts';
import type { User } from '../model/user.ts';
import type { TriggerEvent } from '../ports/triggers.ts';
import { attributeList } from '../rules/attributes.ts';

export interface EventParties {
  readonly pool: Pool;
  readonly client: Client;
  /** The username as it is stored, not the alias that was typed. */
  readonly userName: string;
}

export const triggerEvent = (
  { pool, client, userName }: EventParties,
  triggerSource: string,
  { request, response }: Pick<TriggerEvent, 'request' | 'response'>,
): TriggerEvent => ({
  version: '1',
  triggerSource,
  region: pool.region,
  userPoolId: pool.id,
  userName,
  callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: client.id },
  request,
  response,
});

/** All of them, whoever may read them: functions are the pool's own. */
export function attributesForTriggers(pool: Pool, user: User): Readonly<Record<string, string>> {
  const attributes = attributeList(pool, user).map(({ Name, Value = '' }) => [Name, Value]);
  return { ...Object.fromEntries(attributes), 'cognito:user_status': user.status };
}
