/** Refuses what went round the edge: its firewall has not looked at it, and the caller's address is not known. */
import type { ApiRequest } from '../model/api-request.ts';
import type { Step } from './exchange.ts';
import type { Answer } from './gateway-events.ts';

export const requireEdge: Step<'ports' | 'request'> = {
  before({ internal: exchange }) {
    const refusal = edgeRefusal(exchange.request, exchange.ports.originSecret);
    if (refusal !== undefined) exchange.outcome = { name: 'Forbidden', status: refusal.status };
    return refusal;
  },
};

/** What gateways themselves answer to whom they do not let in. */
export function edgeRefusal({ viaEdge }: ApiRequest, originSecret: string | undefined): Answer | undefined {
  if (originSecret === undefined || viaEdge) return undefined;
  return {
    status: 403,
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
    body: '{"message":"Forbidden"}',
  };
}
