/** Writes down each management operation: who did what to which pool, or tried to, and how it ended. */
import { isObject } from '../contract/is-object.ts';
import type { ApiRequest } from '../model/api-request.ts';
import type { AuditLine } from '../ports/logger.ts';
import { deploymentOf } from '../rules/deployment.ts';
import { requireAuthorization, requireScope } from './authorization.ts';
import { resourceOf } from './authorize.ts';
import type { Exchange, Moment, ServicePorts } from './exchange.ts';

type Done = Omit<AuditLine, 'event' | 'time'>;

/** For every way of managing a deployment: what one of them leaves out, nobody will ever know. */
export function record({ logger, clock }: Pick<ServicePorts, 'logger' | 'clock'>, done: Done): void {
  logger.record({ event: 'management.recorded', time: new Date(clock.now()).toISOString(), ...done });
}

/** Of an operation that asks for a signature; people who act for themselves manage nothing. */
export function recordManagement({ internal: exchange }: Moment): void {
  const { ports, operation, request, outcome } = exchange;
  if (ports === undefined || request === undefined || outcome === undefined) return;
  if (operation?.caller.kind !== 'iam') return;
  record(ports, {
    plane: 'pools',
    operation: operation.name,
    access: operation.caller.access,
    ...actorOf(exchange, request),
    resource: findPool(exchange),
    outcome: outcome.name,
    requestId: request.requestId,
    sourceIp: request.sourceIp,
    region: exchange.call?.region ?? deploymentOf(ports.settings).region,
  });
}

function actorOf({ ports, identity }: Partial<Exchange>, request: ApiRequest): Pick<Done, 'actor'> & Partial<Done> {
  if (identity !== undefined) return { actor: identity.arn, accessKeyId: identity.keyId };
  return { actor: ports?.signatures === 'open' ? 'anonymous' : 'unknown', claimedKeyId: findKeyId(request) };
}

/** The key that is said to have signed, if it has the form of one: what else stands there may be a secret, misplaced. */
export function findKeyId({ headers }: Pick<ApiRequest, 'headers'>): string | undefined {
  try {
    const { keyId } = requireScope(requireAuthorization(headers['authorization'] ?? '').credential);
    return /^A(?:KIA|SIA)[A-Z0-9]{16}$/.test(keyId) ? keyId : undefined;
  } catch {
    return undefined;
  }
}

const poolArn = /^arn:[\w-]{1,32}:cognito-idp:[\w-]{1,32}:\d{12}:userpool\/[\w-]{1,55}$/;

/** The pool that was named in an input whose bounds hold, or the one that was made. */
function findPool({ operation, call, input, output, outcome }: Partial<Exchange>): string | undefined {
  if (operation === undefined || call === undefined || input === undefined) return undefined;
  const made = outcome?.name === 'ok' ? output : undefined;
  const arn = resourceOf(operation, call, input);
  return [arn, arnOfMade(made)].find((text) => text !== undefined && poolArn.test(text));
}

/** As the answer of an operation describes it that is about no pool yet. */
function arnOfMade(output: unknown): string | undefined {
  const pool = isObject(output) ? output['UserPool'] : undefined;
  const arn = isObject(pool) ? pool['Arn'] : undefined;
  return typeof arn === 'string' ? arn : undefined;
}
