/** The operating system's random bytes, through OpenSSL. */
import { randomBytes } from 'node:crypto';
import type { Random } from '../../core/ports/random.ts';

export const systemRandom: Random = { bytes: (length) => randomBytes(length) };
