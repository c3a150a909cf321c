/** One modular power in OpenSSL, in the 3072-bit group of RFC 3526 (group 15), whose exponent stays out of the timing. */
import { createDiffieHellman, DiffieHellman, getDiffieHellman } from 'node:crypto';

/** base^exponent mod N as 384 bytes; throws unless 1 < base < N - 1. */
export type GroupPower = (base: Uint8Array, exponent: Uint8Array) => Uint8Array;

export const generator = Uint8Array.of(2);

export const openGroup = (): GroupPower => {
  const group = canSetKeys() ? getDiffieHellman('modp15') : testedGroup();
  return (base, exponent) => {
    setPrivateKey.call(group, exponent);
    return group.computeSecret(base);
  };
};

const setPrivateKey: (this: unknown, key: Uint8Array) => void = DiffieHellman.prototype.setPrivateKey;

/**
 * A group that OpenSSL knows by name costs nothing to open, but its class does not show `setPrivateKey`, which works on
 * it all the same. Node.js does not promise that, so it is tried: 5^3 = 125.
 */
const canSetKeys = (): boolean => {
  try {
    const group = getDiffieHellman('modp15');
    setPrivateKey.call(group, Uint8Array.of(3));
    return group.computeSecret(Uint8Array.of(5)).at(-1) === 125;
  } catch {
    return false;
  }
};

/** The documented way, which tests the prime anew: about a second of computing. */
const testedGroup = (): DiffieHellman => createDiffieHellman(getDiffieHellman('modp15').getPrime(), 2);
