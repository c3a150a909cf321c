/** Modular powers at once: for a function that holds one request at a time. */
import type { ModularPowers } from '../../core/ports/powers.ts';
import { generator, openGroup } from './group-power.ts';

/** A thread would only add its start and its messages. */
export const inlinePowers = (): ModularPowers => {
  const power = openGroup();
  const of = async (base: Uint8Array, exponent: Uint8Array) => power(base, exponent);
  return { of, ofGenerator: (exponent) => of(generator, exponent) };
};
