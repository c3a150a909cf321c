/** Credentials that end by themselves: what they stand for is sealed in their token, and kept nowhere else. */
import type { PolicyDocument } from '../../model/policy.ts';
import type { PrincipalId } from '../../model/principal.ts';
import type { Random } from '../../ports/random.ts';
import type { Place, Sealer } from '../../ports/sealer.ts';
import { newKeyId, newSecret } from '../access-keys.ts';

export interface SessionClaims {
  /** Of the caller, as refusals name it. */
  readonly arn: string;
  /** Their policies are those at use. One that was deleted is gone, even if there is another of its name. */
  readonly principals: readonly PrincipalId[];
  /** What `aws:username` stands for. */
  readonly name?: string | undefined;
  /** Each of them has to allow what the principals' policies allow. */
  readonly boundaries: readonly PolicyDocument[];
  /** In milliseconds. */
  readonly expiresAt: number;
}

export interface SessionCredentials extends SessionClaims {
  readonly id: string;
  readonly secret: string;
}

interface Sealing {
  readonly sealer: Pick<Sealer, 'seal' | 'open'>;
  readonly random: Random;
}

export async function newSession(
  { sealer, random }: Sealing,
  claims: SessionClaims,
): Promise<SessionCredentials & { readonly token: string }> {
  const credentials = { ...claims, id: newKeyId(random, 'ASIA'), secret: newSecret(random) };
  const { id, ...content } = credentials;
  const sealed = await sealer.seal(Buffer.from(JSON.stringify(content)), placeOf(id));
  return { ...credentials, token: Buffer.from(sealed).toString('base64') };
}

const idForm = /^ASIA[A-Z2-7]{16}$/;
/** More than a gateway lets through in its headers. */
const longestToken = 16_384;

/** `undefined` where the token is not one that was made here for this id. Whether it has ended is for the caller. */
export async function findSession(
  sealer: Pick<Sealer, 'open'>,
  id: string,
  token: string,
): Promise<SessionCredentials | undefined> {
  if (!idForm.test(id) || token.length > longestToken) return undefined;
  const sealed = Buffer.from(token, 'base64');
  // Other texts decode to the same bytes: what was handed out is one of them.
  if (sealed.toString('base64') !== token) return undefined;
  const plain = await sealer.open(sealed, placeOf(id));
  // Only our own sealing opens here, so its members need no second check.
  return plain && { ...(JSON.parse(Buffer.from(plain).toString()) as Omit<SessionCredentials, 'id'>), id };
}

/** They belong to the deployment, and each token to its id. */
const placeOf = (id: string): Place => ({ purpose: 'session-credentials', poolId: '', item: id });
