/** Finds the operation that is asked for; a function runs those of its own room alone. */
import { unknownOperation } from '../contract/errors.ts';
import type { Step } from './exchange.ts';
import { requireTarget } from './target.ts';

export const route: Step<'request'> = {
  before({ internal: exchange }) {
    const { operations, options } = exchange.entry;
    const { name, form } = requireTarget(exchange.request, options.queryForm === true);
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
    exchange.form = form;
    if (operation === undefined) throw unknownOperation(name);
    exchange.operation = operation;
  },
};
