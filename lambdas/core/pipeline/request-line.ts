/** Writes the one line that is logged of a request: nothing that the caller sent, but for ids that are safe to show. */
import type { FaultDetail, RequestLine } from '../ports/logger.ts';
import { describeFault } from './describe-fault.ts';
import type { Exchange, Moment, Outcome } from './exchange.ts';
import { hiddenTexts } from './hidden-texts.ts';
import { signInFigures } from './sign-in-figures.ts';

export function logRequest(moment: Moment): void {
  const { internal: exchange } = moment;
  const { ports, outcome } = exchange;
  if (ports === undefined || outcome === undefined) return;
  ports.logger.write({
    event: 'request.answered',
    level: levelOf(exchange, outcome),
    operation: exchange.operation?.name,
    ...idsOf(exchange),
    outcome: outcome.name,
    status: outcome.status,
    durationMs: ports.clock.now() - (exchange.startedAt ?? 0),
    requestId: exchange.request?.requestId ?? '',
    coldStart: exchange.coldStart === true,
    ...signInFigures(moment),
    reloaded: exchange.reloaded,
    notices: exchange.notices,
    fault: outcome.fault === undefined ? undefined : faultOf(exchange, outcome.fault),
  });
}

function levelOf({ notices }: Partial<Exchange>, { fault }: Outcome): RequestLine['level'] {
  if (fault !== undefined) return 'error';
  return notices === undefined ? 'info' : 'warn';
}

/** From the records behind an access token, or from an input whose bounds hold, where its shape shows them. */
function idsOf({ call, input, operation }: Partial<Exchange>): Pick<RequestLine, 'poolId' | 'clientId'> {
  if (call && 'person' in call) return { poolId: call.person.pool.id, clientId: call.person.client.id };
  if (input === undefined || operation === undefined) return {};
  const shown = (name: string): string | undefined => {
    const shape = operation.input.members[name];
    const value = shape === undefined || shape.sensitive ? undefined : input[name];
    return typeof value === 'string' ? value : undefined;
  };
  return { poolId: shown('UserPoolId'), clientId: shown('ClientId') };
}

function faultOf({ operation, decoded }: Partial<Exchange>, fault: unknown): FaultDetail {
  return describeFault(fault, operation === undefined ? [] : hiddenTexts(operation.input, decoded));
}
