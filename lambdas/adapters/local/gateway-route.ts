/** A path of the gateway beside the API, and who answers it. */
import type { ApiRequest } from '../../core/model/api-request.ts';
import type { Answer } from '../../core/pipeline/gateway-events.ts';

export interface Route {
  readonly covers: (path: string, request: Pick<ApiRequest, 'headers'>) => boolean;
  readonly answer: (request: RouteRequest) => Answer | Promise<Answer>;
}

export interface RouteRequest extends ApiRequest {
  /** Path and query, as sent. */
  readonly target: string;
  readonly remoteAddress: string | undefined;
  /** Aborts when the caller goes away, and when the gateway closes. */
  readonly signal: AbortSignal;
}

/** What API Gateway itself answers. */
export const gatewayAnswer = (status: number, message: string): Answer => ({
  status,
  headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
  body: JSON.stringify({ message }),
});
