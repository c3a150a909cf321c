/** RSA-2048 key pairs, made ahead of need where memory and idle time allow it. */
import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';

export interface KeyPair {
  /** PKCS#8, DER. */
  readonly privateKey: Uint8Array;
  /** The public numbers, base64url. */
  readonly n: string;
  readonly e: string;
}

export interface KeyPairs {
  /** A pair that nobody else has. */
  take(): Promise<KeyPair>;
}

export interface SparePairs extends KeyPairs {
  /** Makes the spare pairs, one after the other on a thread of its own; resolves when all are there. */
  prepare(): Promise<void>;
}

/**
 * A pair takes about a tenth of a second of one core. With `spares` (two serve a new pool), `take` hands one out at once
 * and makes the next in the background; without, as a function needs that sleeps between requests, nothing is made ahead.
 */
export const keyPairs = (spares = 0): SparePairs => {
  const ready: KeyPair[] = [];
  let preparing: Promise<void> | undefined;

  const fill = async () => {
    while (ready.length < spares) ready.push(await makePair());
  };
  const prepare = () => {
    preparing ??= fill().finally(() => {
      preparing = undefined;
    });
    return preparing;
  };
  return {
    prepare,
    async take() {
      const pair = ready.shift() ?? (await makePair());
      // What fails here fails again, and is heard of, when a pair is asked for.
      prepare().catch(() => undefined);
      return pair;
    },
  };
};

const generate = promisify(generateKeyPair);

const makePair = async (): Promise<KeyPair> => {
  const { publicKey, privateKey } = await generate('rsa', { modulusLength: 2048, publicExponent: 0x10001 });
  const { n, e } = publicKey.export({ format: 'jwk' });
  if (n === undefined || e === undefined) throw new Error('An RSA key without its numbers');
  return { privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }), n, e };
};
