/** What verifiers of tokens read: discovery document and keys of each pool, under its issuer. It has no operations. */
import { poolNotFound } from '../core/contract/errors.ts';
import type { ApiRequest } from '../core/model/api-request.ts';
import { describeFault } from '../core/pipeline/describe-fault.ts';
import type { ServicePorts } from '../core/pipeline/exchange.ts';
import { explain } from '../core/pipeline/explain.ts';
import type { Answer } from '../core/pipeline/gateway-events.ts';
import { onceMore } from '../core/pipeline/once-more.ts';
import { type Document, documentAnswer, preflightAnswer, refusalAnswer } from './answers.ts';
import { describeIssuer } from './discovery.ts';
import { describeKeys } from './key-set.ts';
import { findWellKnownPath, type WellKnownPath } from './paths.ts';

export { isWellKnown } from './paths.ts';

export type WellKnownPorts = Pick<ServicePorts, 'pools' | 'signer' | 'settings' | 'clock' | 'logger'>;

/** Answers whatever `isWellKnown` says is this room's, and 404 otherwise. */
export function wellKnown(ports: WellKnownPorts): (request: ApiRequest) => Promise<Answer> {
  return async (request) => {
    const path = findWellKnownPath(request.path);
    if (path === undefined) return refusalAnswer(404, 'Not Found');
    if (request.method === 'OPTIONS') return preflightAnswer();
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return refusalAnswer(405, 'Method Not Allowed', { Allow: 'GET, HEAD, OPTIONS' });
    }
    const startedAt = ports.clock.now();
    const outcome = await answerOrExplain(ports, request, path);
    log(ports, request, path, { ...outcome, startedAt });
    return outcome.answer;
  };
}

function log(
  { clock, logger }: WellKnownPorts,
  { requestId }: ApiRequest,
  { poolId }: WellKnownPath,
  { answer, name, fault, startedAt }: Outcome & { readonly startedAt: number },
): void {
  logger.write({
    event: 'request.answered',
    level: fault === undefined ? 'info' : 'error',
    operation: undefined,
    poolId,
    outcome: name,
    status: answer.status,
    durationMs: clock.now() - startedAt,
    requestId,
    coldStart: false,
    fault: fault === undefined ? undefined : describeFault(fault),
  });
}

interface Outcome {
  readonly answer: Answer;
  readonly name: string;
  readonly fault?: unknown;
}

async function answerOrExplain(ports: WellKnownPorts, request: ApiRequest, path: WellKnownPath): Promise<Outcome> {
  try {
    const found = await onceMore(() => read(ports, path));
    return { answer: documentAnswer(request, found), name: 'ok' };
  } catch (error) {
    const { refusal, status, fault } = explain(error, undefined);
    return { answer: refusalAnswer(status, refusal.message), name: refusal.name, fault };
  }
}

async function read(ports: WellKnownPorts, { poolId, document }: WellKnownPath): Promise<Document> {
  const pool = await ports.pools.find(poolId);
  if (pool === undefined) throw poolNotFound(poolId);
  if (document === 'openid-configuration') return { document: describeIssuer(ports.settings, pool), isLasting: true };
  const { keys, isComplete } = await ports.signer.published(pool.id);
  return { document: describeKeys(keys), isLasting: isComplete };
}
