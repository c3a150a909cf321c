/** Reads the input: bounded first, then parsed, then typed by the operation's shape. */
import { decode as decodeShape } from '../contract/decode.ts';
import type { Step } from './exchange.ts';
import { parseBody } from './parse-body.ts';
import { parseParameters } from './parse-parameters.ts';
import { parametersOf } from './query-parameters.ts';

export const decode: Step<'request' | 'form' | 'operation'> = {
  before({ internal: exchange }) {
    const { request, form, operation } = exchange;
    const json = form === 'json' ? parseBody(request.body) : parseParameters(operation.input, parametersOf(request));
    exchange.decoded = decodeShape(operation.input, json);
  },
};
