/** Makes a pool's signing keys, and says how their private halves are sealed. */
import type { SigningKey, TokenUse } from '../../core/model/signing-key.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Random } from '../../core/ports/random.ts';
import type { Place, Sealer } from '../../core/ports/sealer.ts';
import type { KeyPairs } from './key-pairs.ts';

export interface KeyMakingPorts {
  readonly pairs: KeyPairs;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly random: Random;
}

export const newSigningKey = async (
  { pairs, sealer, clock, random }: KeyMakingPorts,
  poolId: string,
  use: TokenUse,
  state: SigningKey['state'],
): Promise<SigningKey> => {
  const { privateKey, n, e } = await pairs.take();
  const kid = Buffer.from(random.bytes(32)).toString('base64');
  return {
    kid,
    poolId,
    use,
    state,
    since: clock.now(),
    jwk: { alg: 'RS256', e, kid, kty: 'RSA', n, use: 'sig' },
    sealedPrivateKey: await sealer.seal(privateKey, placeOf({ poolId, use, kid })),
  };
};

/** A private key moved to another pool, use or record does not open. */
export const placeOf = ({ poolId, use, kid }: Pick<SigningKey, 'poolId' | 'use' | 'kid'>): Place => ({
  purpose: 'signing-key',
  poolId,
  item: `${use} ${kid}`,
});
