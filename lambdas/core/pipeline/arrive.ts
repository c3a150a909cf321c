/** First step: the event becomes a request, which gets an id and a start. */
import { isUuid, uuid } from '../rules/identifiers.ts';
import type { ServicePorts, Step } from './exchange.ts';
import type { FunctionContext } from './gateway-events.ts';
import { normaliseEvent } from './normalise-event.ts';

export const arrive: Step = {
  async before({ event, context, internal: exchange }) {
    const ports = await exchange.entry.ports();
    exchange.ports = ports;
    exchange.startedAt = ports.clock.now();
    exchange.coldStart = exchange.entry.isColdStart();
    exchange.requestId = requestIdOf(context, ports);
    exchange.request = normaliseEvent(event, { requestId: exchange.requestId, originSecret: ports.originSecret });
  },
};

/** The invocation's own id where it has one, so that our line and the platform's name the same. */
function requestIdOf(context: FunctionContext | undefined, { random }: ServicePorts): string {
  const id = context?.awsRequestId;
  return id !== undefined && isUuid(id) ? id.toLowerCase() : uuid(random);
}
