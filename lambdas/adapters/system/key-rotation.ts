/** Moves a pool's signing keys along: `next` while verifiers learn of them, `active`, `retired`, gone. */
import type { SigningKey, TokenUse } from '../../core/model/signing-key.ts';
import { newSigningKey } from './new-signing-key.ts';
import { keyListLifetime, type SealedSignerPorts } from './sealed-signer.ts';

/** Verifiers may keep a JWKS for an hour; a key signs nothing before every one of them had to ask again. */
const publishedFor = 60 * 60_000 + keyListLifetime;
/** The longest life of an ID or access token: until then somebody may come with one that a retired key signed. */
const retiredFor = 24 * 60 * 60_000 + keyListLifetime;

/**
 * Takes the steps that are due, if any; to be called again and again, from any number of instances. A key that has
 * signed for `activeFor` ms gets a successor, which takes over once it has been published for long enough.
 */
export const rotateKeys = async (ports: SealedSignerPorts, poolId: string, activeFor: number): Promise<void> => {
  const keys = await ports.keys.list(poolId);
  for (const use of ['id', 'access'] as const) {
    await replaceActive(ports, inUse(keys, use), activeFor);
  }
  await removeRetired(ports, keys);
};

/** Eldest first: should two instances have added a successor at once, both take the same one. */
const inUse = (keys: readonly SigningKey[], use: TokenUse): readonly SigningKey[] =>
  keys.filter((key) => key.use === use).toSorted((a, b) => a.since - b.since || (a.kid < b.kid ? -1 : 1));

const replaceActive = async (
  ports: SealedSignerPorts,
  keys: readonly SigningKey[],
  activeFor: number,
): Promise<void> => {
  const now = ports.clock.now();
  const [active, next] = [inState(keys, 'active'), inState(keys, 'next')];
  // A pool that has signed nothing yet makes its first key when it does.
  if (!active) return;
  if (!next && now - active.since >= activeFor) {
    await ports.keys.add(await newSigningKey(ports, active.poolId, active.use, 'next'));
  } else if (next && now - next.since >= publishedFor) {
    // `changed` means that another instance took this step.
    await ports.keys.rotate(active.poolId, active.use, [
      { kid: active.kid, from: 'active', to: 'retired', at: now },
      { kid: next.kid, from: 'next', to: 'active', at: now },
    ]);
  }
};

const inState = (keys: readonly SigningKey[], state: SigningKey['state']): SigningKey | undefined =>
  keys.find((key) => key.state === state);

const removeRetired = async (ports: SealedSignerPorts, keys: readonly SigningKey[]): Promise<void> => {
  const now = ports.clock.now();
  for (const { poolId, kid, state, since } of keys) {
    if (state === 'retired' && now - since >= retiredFor) await ports.keys.remove(poolId, kid);
  }
};
