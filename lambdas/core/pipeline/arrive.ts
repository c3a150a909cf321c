/** First step: what came in becomes a request, with an id and a start. */
import type { ApiRequest } from '../model/api-request.ts';
import { isUuid, uuid } from '../rules/identifiers.ts';
import type { Arrival, Moment, ServicePorts, Step } from './exchange.ts';
import type { FunctionContext } from './gateway-events.ts';
import { normaliseEvent } from './normalise-event.ts';

export const arrive: Step = {
  before(moment) {
    const ports = moment.internal.entry.ports();
    // Without a promise there is nothing to wait for, and most requests of a process come this way.
    return ports instanceof Promise ? ports.then((made) => begin(moment, made)) : begin(moment, ports);
  },
};

function begin({ event, context, internal: exchange }: Moment, ports: ServicePorts): void {
  exchange.ports = ports;
  exchange.startedAt = ports.clock.now();
  exchange.coldStart = exchange.entry.isColdStart();
  exchange.request = isRequest(event) ? event : normalise(event, requestIdOf(context, ports), ports);
}

const isRequest = (arrival: Arrival): arrival is ApiRequest => 'viewerHost' in arrival;

const normalise = (event: Exclude<Arrival, ApiRequest>, requestId: string, { originSecret }: ServicePorts) =>
  normaliseEvent(event, { requestId, originSecret });

/** The invocation's own id where it has one, so that our line and the platform's name the same. */
function requestIdOf(context: FunctionContext | undefined, { random }: ServicePorts): string {
  const id = context?.awsRequestId;
  return id !== undefined && isUuid(id) ? id.toLowerCase() : uuid(random);
}
