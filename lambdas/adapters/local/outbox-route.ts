/** The outbox as a route of the gateway; where messages are delivered, the route says so. */
import { gatewayAnswer, type Route } from './gateway-route.ts';
import type { OutboxApi } from './outbox-api.ts';

export const outboxPath = '/_local/outbox';

const covers = (path: string): boolean => path === outboxPath || path.startsWith(`${outboxPath}/`);

export const outboxRoute = (api: OutboxApi): Route => ({ covers, answer: api });

export const noOutboxRoute: Route = {
  covers,
  answer: () => gatewayAnswer(404, 'There is no outbox: this service sends its messages.'),
};
