/** Checks the bounds that the operation's shape sets. */
import { requireValid } from '../contract/validate.ts';
import type { Step } from './exchange.ts';

export const validate: Step<'operation' | 'decoded'> = {
  before({ internal: exchange }) {
    requireValid(exchange.operation, exchange.decoded);
    exchange.input = exchange.decoded;
  },
};
