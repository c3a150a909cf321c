/** Refuses, by name, an operation of the API that has no behaviour here. */
import { notBuilt } from '../contract/errors.ts';
import type { Step } from './exchange.ts';

export const requireBuilt: Step<'operation'> = {
  before({ internal: { operation } }) {
    if (operation.handle === undefined) throw notBuilt(operation.name);
  },
};
