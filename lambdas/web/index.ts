/** What people open in a browser: the page of confirmation links. Sign-in pages and OAuth 2.0 endpoints are not built yet. */
import type { ApiRequest } from '../core/model/api-request.ts';
import type { ServicePorts } from '../core/pipeline/exchange.ts';
import type { Answer } from '../core/pipeline/gateway-events.ts';
import { type ConfirmUserPorts, type Visit, visitConfirmUser } from './confirm-user.ts';
import { nothingHere } from './nothing-here.ts';
import { pageAnswer } from './page.ts';
import { isConfirmUser } from './paths.ts';

export type WebPorts = ConfirmUserPorts & Pick<ServicePorts, 'logger'>;

/** Whether there is a page under the path. */
export const isPage = isConfirmUser;

/** Answers whatever reaches no other function. */
export function web(ports: WebPorts): (request: ApiRequest) => Promise<Answer> {
  return async (request) => (isPage(request.path) ? answerPage(ports, request) : nothingHere(request));
}

async function answerPage(ports: WebPorts, request: ApiRequest): Promise<Answer> {
  const startedAt = ports.clock.now();
  const visit = await visitConfirmUser(ports, request, startedAt);
  log(ports, request, visit, startedAt);
  const answer = await pageAnswer(visit.page);
  return answer.status === 405 ? { ...answer, headers: { ...answer.headers, Allow: 'GET, HEAD, POST' } } : answer;
}

function log(
  { clock, logger }: WebPorts,
  { requestId }: ApiRequest,
  { page, outcome, client, fault }: Visit,
  startedAt: number,
): void {
  logger.write({
    event: 'request.answered',
    level: fault === undefined ? 'info' : 'error',
    operation: undefined,
    poolId: client?.poolId,
    clientId: client?.id,
    outcome,
    status: page.status,
    durationMs: clock.now() - startedAt,
    requestId,
    coldStart: false,
    fault,
  });
}
