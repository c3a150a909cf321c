/** Checks the bounds that the operation's shape sets. */
import { requireValid } from '../contract/validate.ts';
import type { Input, Step } from './exchange.ts';

export const validate: Step<'operation' | 'decoded'> = {
  before({ internal: exchange }) {
    const input: unknown = requireValid(exchange.operation, exchange.decoded);
    // Every operation's input is a structure.
    exchange.input = input as Input;
  },
};
