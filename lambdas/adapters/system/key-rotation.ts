/** Moves a pool's signing keys along: `next` while verifiers learn of them, `active`, `retired`, gone. */
import type { SigningKey } from '../../core/model/signing-key.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { KeyRotation } from '../../core/ports/key-rotation.ts';
import type { SigningKeyStore } from '../../core/ports/signing-key-store.ts';
import type { KeyMaker } from './key-kinds.ts';
import { keyListLifetime, tokenUses } from './keyring.ts';

export interface RotationPorts {
  readonly keys: SigningKeyStore;
  readonly clock: Clock;
  readonly maker: KeyMaker;
}

/** As the answers of the key set say. */
const keptFor = 60 * 60_000;
/**
 * Verifiers keep a key set for an hour, and what stands between, such as a distribution, may have given them one that
 * is an hour old. A key signs nothing before the last of them had to ask again.
 */
const publishedFor = 2 * keptFor + keyListLifetime;
/** The longest life of an ID or access token: until then somebody may come with one that a retired key signed. */
const retiredFor = 24 * 60 * 60_000 + keyListLifetime;

/** To be run again and again, by any number of instances: each step is taken once. */
export const keyRotation = (ports: RotationPorts): KeyRotation => ({
  async rotate(poolId) {
    const keys = await ports.keys.list(poolId);
    for (const use of tokenUses) {
      await moveAlong(
        ports,
        keys.filter((key) => key.use === use),
      );
    }
    await removeRetired(ports, keys);
  },
});

const moveAlong = async (ports: RotationPorts, keys: readonly SigningKey[]): Promise<void> => {
  const { clock, maker } = ports;
  const active = keys.find(({ state }) => state === 'active');
  // A pool that has signed nothing yet makes its first key when it does.
  if (!active) return;
  const successors = keys.filter(({ state }) => state === 'next').toSorted(eldestFirst);
  const next = successors.find((key) => maker.isCurrent(key));
  for (const key of successors) if (key !== next) await move(ports, [[key, 'retired']]);
  if (!next) {
    if (isDue(ports, active)) await announce(ports, active, keys);
  } else if (clock.now() - next.since >= publishedFor) {
    await move(ports, [
      [active, 'retired'],
      [next, 'active'],
    ]);
  }
};

/** Should two instances have added a successor at once, both take the same one. */
const eldestFirst = (one: SigningKey, other: SigningKey): number =>
  one.since - other.since || (one.kid < other.kid ? -1 : 1);

const isDue = ({ clock, maker }: RotationPorts, active: SigningKey): boolean =>
  !maker.isCurrent(active) || clock.now() - active.since >= maker.lifetime;

/** A key that comes back, as when a deployment is taken back, still has its record: others may hold its tokens. */
const announce = async (ports: RotationPorts, active: SigningKey, keys: readonly SigningKey[]): Promise<void> => {
  const next = await ports.maker.make(active.poolId, active.use, 'next');
  const former = keys.find(({ kid }) => kid === next.kid);
  if (former) await move(ports, [[former, 'next']]);
  // `taken` means that another instance announced the same key.
  else await ports.keys.add(next);
};

type Move = readonly [key: SigningKey, to: SigningKey['state']];

/** In one step, or not at all where another instance has moved one of them. */
const move = async ({ keys, clock }: RotationPorts, moves: readonly [Move, ...Move[]]): Promise<void> => {
  const [[{ poolId, use }]] = moves;
  const at = clock.now();
  await keys.rotate(
    poolId,
    use,
    moves.map(([{ kid, state }, to]) => ({ kid, from: state, to, at })),
  );
};

const removeRetired = async ({ keys, clock }: RotationPorts, all: readonly SigningKey[]): Promise<void> => {
  const now = clock.now();
  for (const { poolId, kid, state, since } of all) {
    if (state === 'retired' && now - since >= retiredFor) await keys.remove(poolId, kid);
  }
};
