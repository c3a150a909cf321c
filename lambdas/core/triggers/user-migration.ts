/** Asks the pool's function for somebody whom nobody knows here: they may have an account where users come from. */
import type { Client } from '../model/client.ts';
import type { Medium } from '../rules/code-delivery.ts';
import { flagIn, textIn, textsIn, textsOf } from './answer-members.ts';
import { type ClientMetadata, type EventParties, metadataMember } from './event.ts';
import { invoke, type TriggerAnswer, type TriggerPorts } from './invoke.ts';

/** Known by a name alone, as it was typed. */
export interface Stranger extends EventParties {
  readonly client: Client;
  readonly by: 'Authentication' | 'ForgotPassword';
  /** Of a sign-in. */
  readonly password?: string | undefined;
  /** Metadata of a request that begins a sign-in. */
  readonly validationData?: ClientMetadata | undefined;
  /** That of every other request. */
  readonly clientMetadata?: ClientMetadata | undefined;
}

/** Somebody whom the function knows. */
export interface Migrant {
  /** Without their username. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Absent: they go by the name that was typed. */
  readonly username: string | undefined;
  /** Whether the password goes on to be good; otherwise they need another one. */
  readonly keepsPassword: boolean;
  readonly isWelcomed: boolean;
  readonly media: readonly Medium[];
  /** Whether addresses that others hold as names move to them. */
  readonly takesAliases: boolean;
  /** Whether text messages are their second factor from now on. */
  readonly getsTextCodes: boolean;
}

const defaults = {
  userAttributes: null,
  finalUserStatus: null,
  messageAction: null,
  desiredDeliveryMediums: null,
  forceAliasCreation: null,
  enableSMSMFA: null,
};

/** Absent where the function, or the pool, knows nobody. */
export async function findMigrant(ports: TriggerPorts, stranger: Stranger): Promise<Migrant | undefined> {
  const { by, password, validationData, clientMetadata } = stranger;
  const request = {
    ...(password !== undefined && { password }),
    validationData: validationData ?? null,
    ...metadataMember(clientMetadata),
  };
  const body = { source: `UserMigration_${by}`, request, response: defaults };
  const answer = await invoke(ports, 'UserMigration', stranger, body);
  return answer && migrantIn(answer);
}

function migrantIn(answer: TriggerAnswer): Migrant | undefined {
  const { username, ...attributes } = textsIn(answer, 'userAttributes');
  const isNobody = username === undefined && Object.keys(attributes).length === 0;
  const migrant = {
    attributes,
    username: username || undefined,
    keepsPassword: textIn(answer, 'finalUserStatus') === 'CONFIRMED',
    isWelcomed: textIn(answer, 'messageAction') !== 'SUPPRESS',
    media: textsOf(answer, 'desiredDeliveryMediums').filter(isMedium),
    takesAliases: flagIn(answer, 'forceAliasCreation') ?? false,
    getsTextCodes: flagIn(answer, 'enableSMSMFA') ?? false,
  };
  return isNobody ? undefined : migrant;
}

const isMedium = (text: string): text is Medium => text === 'EMAIL' || text === 'SMS';
