/** What this machine's cores can do of the cryptography that nobody can leave out. */
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { threadedPowers } from '../lambdas/adapters/system/threaded-powers.ts';

export interface CryptoBound {
  readonly cores: number;
  /** RSA-2048 signatures with SHA-256 a second, on all cores. */
  readonly signatures: number;
  /** 3072-bit modular powers with 256-bit exponents a second, on all cores. */
  readonly powers: number;
}

/** What cryptography alone takes on the service's side, of one operation. */
export interface Cost {
  readonly signatures: number;
  readonly powers: number;
}

export async function measureBound(seconds: number): Promise<CryptoBound> {
  return { cores: availableParallelism(), signatures: await signatures(seconds), powers: await powers(seconds) };
}

/** Operations a second of which each takes so many signatures and powers, if nothing else cost anything. */
export const boundOf = (bound: CryptoBound, cost: Cost): number =>
  1 / (cost.signatures / bound.signatures + cost.powers / bound.powers);

async function signatures(seconds: number): Promise<number> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const claims = randomBytes(600);
  return rate(
    seconds,
    () =>
      new Promise((resolve, reject) => {
        sign('sha256', claims, privateKey, (error) => (error ? reject(error) : resolve(undefined)));
      }),
  );
}

async function powers(seconds: number): Promise<number> {
  const threads = threadedPowers();
  try {
    return await rate(seconds, () => threads.ofGenerator(randomBytes(32)));
  } finally {
    await threads.close();
  }
}

/** Always enough in flight that no core waits. */
async function rate(seconds: number, run: () => Promise<unknown>): Promise<number> {
  let done = 0;
  await run();
  const startedAt = performance.now();
  const until = startedAt + seconds * 1000;
  const lane = async (): Promise<void> => {
    for (; performance.now() < until; done += 1) await run();
  };
  await Promise.all(Array.from({ length: 4 * availableParallelism() }, lane));
  return (done * 1000) / (performance.now() - startedAt);
}
