/** Last step: writes the output, or whatever was thrown on the way, as the answer. */
import { encode as encodeShape } from '../contract/encode.ts';
import type { Moment, Step, With } from './exchange.ts';
import { explain } from './explain.ts';
import type { Answer } from './gateway-events.ts';
import { headerText } from './header-text.ts';
import { headersOfAll } from './headers.ts';

export const encode: Step<'request' | 'form' | 'operation' | 'output'> = {
  before({ internal: exchange }) {
    const answer = encodeOutput(exchange);
    exchange.outcome = { name: 'ok', status: answer.status };
    return answer;
  },
  onError,
};

/** An operation without an output answers with no body at all. */
function encodeOutput(exchange: With<'request' | 'form' | 'operation' | 'output'>): Answer {
  const headers = headersOfAll(exchange.request.requestId);
  const { output: shape } = exchange.operation;
  if (shape === undefined) return { status: 200, headers: { ...headers, 'Content-Length': '0' }, body: '' };
  headers['Content-Type'] = contentType(exchange);
  return { status: 200, headers, body: JSON.stringify(encodeShape(shape, exchange.output)) };
}

function onError({ error, internal: exchange }: Moment): Answer {
  const { request, entry } = exchange;
  // Before there are ports there is nowhere to write a line, and the platform reports what it catches.
  if (request === undefined) throw error;
  const { refusal, status, isDeclared, fault } = explain(error, exchange.operation);
  exchange.outcome = { name: refusal.name, status, fault };
  if (fault !== undefined) entry.options.onFault?.(fault);
  else if (exchange.invoked && exchange.operation && !isDeclared) {
    entry.options.onUndeclared?.(exchange.operation, refusal);
  }
  // What the policies refuse is spelt with a capital M; what operations refuse is not.
  const member = refusal.name === 'AccessDeniedException' && !exchange.invoked ? 'Message' : 'message';
  return {
    status,
    headers: {
      ...headersOfAll(request.requestId),
      'Content-Type': contentType(exchange),
      'x-amzn-ErrorType': `${refusal.name}:`,
      'x-amzn-ErrorMessage': headerText(refusal.message),
    },
    body: JSON.stringify({ __type: refusal.name, [member]: refusal.message }),
  };
}

const contentType = ({ form }: Pick<Moment['internal'], 'form'>): string =>
  form === 'query' ? 'application/json' : 'application/x-amz-json-1.1';
