/** Makes signing keys of a pool's own, whose private halves the table keeps sealed. */
import type { SealedKey, TokenUse } from '../../core/model/signing-key.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Random } from '../../core/ports/random.ts';
import type { Sealer } from '../../core/ports/sealer.ts';
import type { KeyMaker } from './key-kinds.ts';
import type { KeyPairs } from './key-pairs.ts';
import { placeOf } from './sealed-key-signer.ts';

export interface SealedKeyPorts {
  readonly pairs: KeyPairs;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly random: Random;
  /** For how long (ms) a key signs before it gets a successor; without, for ever. */
  readonly lifetime?: number;
  /** Where what publishes keys cannot make them. Otherwise the time is spent on pools that sign alone. */
  readonly eager?: boolean;
}

export const sealedKeyMaker = (ports: SealedKeyPorts): KeyMaker => ({
  isEager: ports.eager ?? false,
  lifetime: ports.lifetime ?? Number.POSITIVE_INFINITY,
  isCurrent: ({ provider }) => provider === 'sealed',
  make: (poolId, use, state) => newSealedKey(ports, poolId, use, state),
});

const newSealedKey = async (
  { pairs, sealer, clock, random }: SealedKeyPorts,
  poolId: string,
  use: TokenUse,
  state: SealedKey['state'],
): Promise<SealedKey> => {
  const { privateKey, n, e } = await pairs.take();
  const kid = Buffer.from(random.bytes(32)).toString('base64');
  return {
    kid,
    poolId,
    use,
    state,
    since: clock.now(),
    jwk: { alg: 'RS256', e, kid, kty: 'RSA', n, use: 'sig' },
    provider: 'sealed',
    sealedPrivateKey: await sealer.seal(privateKey, placeOf({ poolId, use, kid })),
  };
};
