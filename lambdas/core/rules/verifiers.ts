/** Passwords as they are kept: a sealed SRP salt and verifier, bound to pool and username. */
import { hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Pool } from '../model/pool.ts';
import type { StoredPassword } from '../model/user.ts';
import type { Ports } from '../ports/index.ts';
import type { ModularPowers } from '../ports/powers.ts';
import type { Place, Sealer } from '../ports/sealer.ts';
import { fromBytes, toBytes } from './big-integers.ts';
import { mayBeUsername } from './names.ts';
import { groupNameOf, type SecretOwner, saltLength, type Verifier, verifierOf } from './srp.ts';
import { prime, primeLength } from './srp-group.ts';

type PoolId = Pick<Pool, 'id'>;

/** First byte of what is sealed, so that other forms can stand beside this one. */
const srpForm = 1;

/** `username` is the one that tokens carry: it never changes, so no other change of the user voids the verifier. */
export const makePassword = async (
  { sealer, powers, random }: Pick<Ports, 'sealer' | 'powers' | 'random'>,
  pool: PoolId,
  username: string,
  password: string,
): Promise<Uint8Array> => {
  const salt = random.bytes(saltLength);
  const verifier = await verifierOf(powers, ownerOf(pool, username), password, salt);
  return sealer.seal(Buffer.concat([Buffer.of(srpForm), salt, verifier]), placeOf(pool, username));
};

/** Whether this is the password, in constant time. */
export const isPassword = async (
  { sealer, powers }: Pick<Ports, 'sealer' | 'powers'>,
  pool: PoolId,
  username: string,
  sealed: Uint8Array,
  password: string,
): Promise<boolean> => {
  const kept = await openPassword({ sealer }, pool, username, sealed);
  return matches(powers, kept, ownerOf(pool, username), password);
};

/** Always false, after the work that `isPassword` does for somebody who exists. */
export const isSimulatedPassword = async (
  { sealer, powers }: Pick<Ports, 'sealer' | 'powers'>,
  pool: PoolId,
  name: string,
  password: string,
): Promise<false> => {
  const salt = (await digestOf(sealer, pool, name)).subarray(0, saltLength);
  await matches(powers, { salt, verifier: new Uint8Array(primeLength) }, ownerOf(pool, name), password);
  return false;
};

/** Whoever signs in under `username`: a user with a password, one without, or nobody. All cost the same. */
export interface Guessed {
  readonly username: string;
  readonly user?: { readonly username: string; readonly password?: StoredPassword | undefined } | undefined;
}

export const isPasswordOf = (
  ports: Pick<Ports, 'sealer' | 'powers'>,
  pool: PoolId,
  { username, user }: Guessed,
  password: string,
): Promise<boolean> =>
  user?.password
    ? isPassword(ports, pool, user.username, user.password.sealed, password)
    : isSimulatedPassword(ports, pool, username, password);

/** Salt and verifier, for an SRP exchange. What does not open is a fault of the deployment, not of the caller. */
export const openPassword = async (
  { sealer }: Pick<Ports, 'sealer'>,
  pool: PoolId,
  username: string,
  sealed: Uint8Array,
): Promise<Verifier> => {
  const plain = await sealer.open(sealed, placeOf(pool, username));
  if (plain?.[0] !== srpForm || plain.length !== 1 + saltLength + primeLength) {
    throw new Error('A stored password does not open: it was sealed for another row or under another key');
  }
  return { salt: plain.subarray(1, 1 + saltLength), verifier: plain.subarray(1 + saltLength) };
};

/** What a client is told of a user who does not exist: the same for the same folded name in the same pool. */
export interface SimulatedUser extends Verifier {
  /** Shaped like a UUID of version 4. */
  readonly sub: string;
}

export const simulateUser = async (
  { sealer }: Pick<Ports, 'sealer'>,
  pool: PoolId,
  name: string,
): Promise<SimulatedUser> => {
  const stretched = Buffer.from(
    hkdfSync('sha256', await digestOf(sealer, pool, name), '', 'user', 3 * 16 + primeLength),
  );
  const [salt, id, root] = [stretched.subarray(0, 16), stretched.subarray(16, 32), stretched.subarray(32)];
  return { salt, sub: likeUuid(id), verifier: likeVerifier(root) };
};

/** An alias is never shown, so a name that can only be an alias would give away that it is nobody's. */
export const simulatedName = (pool: Pool, name: string, sub: string): string =>
  mayBeUsername(pool, name) ? name : sub;

/** A square modulo N, as every power of g = 2 is one, so that no test of the challenge tells the two apart. */
const likeVerifier = (bytes: Uint8Array): Uint8Array => {
  const root = fromBytes(bytes) % prime;
  return toBytes((root * root) % prime, primeLength);
};

const likeUuid = (bytes: Uint8Array): string => {
  const hex = Buffer.from(bytes).toString('hex');
  const variant = '89ab'[(bytes[8] ?? 0) & 3];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
};

/** No name holds a NUL, so other answers that are simulated from a name have nothing in common with these. */
const digestOf = (sealer: Sealer, pool: PoolId, name: string): Promise<Uint8Array> =>
  sealer.digest(`srp\0${name}`, { purpose: 'simulated-user', poolId: pool.id });

const matches = async (powers: ModularPowers, kept: Verifier, owner: SecretOwner, password: string): Promise<boolean> =>
  timingSafeEqual(await verifierOf(powers, owner, password, kept.salt), kept.verifier);

const ownerOf = (pool: PoolId, identity: string): SecretOwner => ({ groupName: groupNameOf(pool.id), identity });

const placeOf = (pool: PoolId, username: string): Place => ({ purpose: 'password', poolId: pool.id, item: username });
