/** Codes that are sent to sign in with: each belongs to one session, and a newer one of the user takes its place. */
import { timingSafeEqual } from 'node:crypto';
import { isUndelivered, signInCodeNotSent } from '../contract/errors.ts';
import { type MessagePorts, send } from '../messages/send.ts';
import { codeMail, codeSms } from '../messages/templates.ts';
import type { ChallengeSession } from '../model/challenge-session.ts';
import type { Client } from '../model/client.ts';
import type { CodeOwner, SignInPurpose, StoredCode } from '../model/code.ts';
import type { Pool } from '../model/pool.ts';
import type { User, VerifiableAttribute } from '../model/user.ts';
import type { Ports } from '../ports/index.ts';
import type { ClientMetadata } from '../triggers/event.ts';
import { sessionEnd } from './challenge-sessions.ts';
import { type Delivery, deliveryDetails, deliveryTo } from './code-delivery.ts';
import { digits } from './identifiers.ts';
import { simulatedAddress } from './masking.ts';

export interface SignInCode {
  readonly pool: Pool;
  readonly client: Client;
  readonly user: User;
  readonly clientMetadata?: ClientMetadata | undefined;
  readonly purpose: SignInPurpose;
  /** Of the session that the code is for; it is sealed after this. */
  readonly sessionId: string;
  readonly delivery: Delivery;
  /** How many digits. */
  readonly length: 6 | 8;
  /** Whether the caller must not learn that there is somebody whom no message reaches. */
  readonly isHidden?: boolean;
}

/** As challenges show where a code went; the doubled word is the API's. */
export interface CodeDeliveryParameters {
  readonly CODE_DELIVERY_DELIVERY_MEDIUM: string;
  readonly CODE_DELIVERY_DESTINATION: string;
}

/** Makes, keeps and sends a code that lives as long as its session. */
export async function issueSignInCode(
  ports: Pick<Ports, 'codes' | 'sealer' | 'random' | 'clock'> & MessagePorts,
  { pool, client, user, clientMetadata, purpose, sessionId, delivery, length, isHidden = false }: SignInCode,
): Promise<CodeDeliveryParameters> {
  const { attribute, target } = delivery;
  const code = digits(ports.random, length);
  const digest = await digestOf(ports, pool, user, { sessionId, attribute, target }, code);
  const expiresAt = sessionEnd(ports.clock.now(), client);
  await ports.codes.put(pool, user, { purpose, attribute, target, digest, expiresAt });
  const wording = {
    mail: codeMail(pool, 'Authentication'),
    sms: codeSms(pool, 'Authentication'),
    values: { '{####}': code },
  };
  const addressed = { pool, client, user, kind: 'Authentication', delivery, clientMetadata } as const;
  await send(ports, addressed, wording).catch((error: unknown) => refuse(error, delivery, isHidden));
  return deliveryParameters(delivery);
}

/** Sign-in declares no error for a message that does not leave, beside those about the way that it takes. */
function refuse(error: unknown, { medium }: Delivery, isHidden: boolean): void {
  if (!isUndelivered(error)) throw error;
  if (isHidden) return;
  throw error.name === 'CodeDeliveryFailureException'
    ? Object.assign(signInCodeNotSent(medium), { cause: error })
    : error;
}

/** For a name that nobody has: the same work, for a code that nobody is told and no guess is equal to. */
export async function simulateSignInCode(
  ports: Pick<Ports, 'codes' | 'sealer' | 'random' | 'clock'>,
  { pool, client, username, sessionId, attribute }: SimulatedCode,
): Promise<CodeDeliveryParameters> {
  const { medium } = deliveryTo(attribute, '');
  const owner = { username };
  const nothing = { sessionId, attribute, target: '' };
  const digest = await digestOf(ports, pool, owner, nothing, Buffer.from(ports.random.bytes(32)).toString('base64'));
  const expiresAt = sessionEnd(ports.clock.now(), client);
  await ports.codes.put(pool, owner, { purpose: 'first-factor', attribute, target: '', digest, expiresAt });
  return {
    CODE_DELIVERY_DELIVERY_MEDIUM: medium,
    CODE_DELIVERY_DESTINATION: await simulatedAddress(ports.sealer, pool, attribute, username),
  };
}

export interface SimulatedCode extends Pick<SignInCode, 'pool' | 'client' | 'sessionId'> {
  /** The name as folded. */
  readonly username: string;
  readonly attribute: VerifiableAttribute;
}

function deliveryParameters(delivery: Delivery): CodeDeliveryParameters {
  const { DeliveryMedium, Destination } = deliveryDetails(delivery);
  return { CODE_DELIVERY_DELIVERY_MEDIUM: DeliveryMedium, CODE_DELIVERY_DESTINATION: Destination };
}

/** Whether this is the code of the session, as it was read with its user. The same work where there is none. */
export async function isSignInCode(
  { sealer }: Pick<Ports, 'sealer'>,
  pool: Pool,
  owner: CodeOwner,
  { id: sessionId }: Pick<ChallengeSession, 'id'>,
  stored: StoredCode | undefined,
  given: string,
): Promise<boolean> {
  const { attribute, target } = stored ?? { attribute: 'email', target: '' };
  const digest = await digestOf({ sealer }, pool, owner, { sessionId, attribute, target }, given);
  return stored !== undefined && digest.length === stored.digest.length && timingSafeEqual(digest, stored.digest);
}

const digestOf = (
  { sealer }: Pick<Ports, 'sealer'>,
  pool: Pool,
  { username, sub = '' }: CodeOwner,
  { sessionId, attribute, target }: { sessionId: string; attribute: string; target: string },
  code: string,
): Promise<Uint8Array> =>
  sealer.digest(JSON.stringify([username, sub, 'sign-in', sessionId, attribute, target, code]), {
    purpose: 'code',
    poolId: pool.id,
  });
