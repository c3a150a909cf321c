/** Finds the operation that is asked for; a function runs those of its own room alone. */
import { unknownOperation } from '../contract/errors.ts';
import type { Step } from './exchange.ts';
import { formOf, requireTarget } from './target.ts';

export const route: Step<'request'> = {
  before({ internal: exchange }) {
    const { request, entry } = exchange;
    exchange.form = formOf(request, entry.options.queryForm === true);
    const name = requireTarget(request, exchange.form);
    const operation = Object.hasOwn(entry.operations, name) ? entry.operations[name] : undefined;
    if (operation === undefined) throw unknownOperation(name);
    exchange.operation = operation;
  },
};
