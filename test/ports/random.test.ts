/** The random bytes of the operating system, and those of the tests. */
import { systemRandom } from '../../lambdas/adapters/system/system-random.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { randomContract } from './random.contract.ts';

randomContract('systemRandom', () => systemRandom);
randomContract('seededRandom', () => seededRandom());
