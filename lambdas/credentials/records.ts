/** What is written down of each request: one line of the log, and one of who did what to the access to pools. */
import { findKeyId, record } from '../core/pipeline/audit-line.ts';
import { describeFault } from '../core/pipeline/describe-fault.ts';
import type { AuditLine } from '../core/ports/logger.ts';
import { deploymentOf } from '../core/rules/deployment.ts';
import type { Action, CredentialsPorts } from './action.ts';
import { actions } from './actions/index.ts';
import type { Outcome } from './answers.ts';
import { arnOf } from './callers.ts';
import type { Visit } from './visit.ts';

/** Attempts as well, and credentials that are handed out. */
export function recordManagement(ports: CredentialsPorts, visit: Visit, outcome: string): void {
  const { name, request } = visit;
  if (name === undefined) return;
  const action: Action = actions[name];
  record(ports, {
    plane: 'access',
    operation: name,
    access: action.access,
    ...actorOf(visit),
    resource: resourceOf(ports, action, visit.input),
    outcome,
    requestId: request.requestId,
    sourceIp: request.sourceIp,
    region: deploymentOf(ports.settings).region,
  });
}

/** Of callers of IAM the gateway knows the key, and says whose it is; what stands in the header is not looked at here. */
function actorOf({ caller, request }: Visit): Pick<AuditLine, 'actor' | 'accessKeyId' | 'claimedKeyId'> {
  if (caller?.kind === 'own') return { actor: arnOf(caller), accessKeyId: caller.identity.keyId };
  return { actor: caller === undefined ? 'unknown' : arnOf(caller), claimedKeyId: findKeyId(request) };
}

/** Of an input whose bounds hold: names of that form are safe to show. */
function resourceOf({ settings }: CredentialsPorts, { about }: Action, input: Visit['input']): string | undefined {
  if (about === undefined || input === undefined) return undefined;
  const { partition, region, account } = deploymentOf(settings);
  const [kind, member] = about;
  return `arn:${partition}:millpond:${region}:${account}:${kind}/${input[member]}`;
}

export function logAnswer({ clock, logger }: CredentialsPorts, visit: Visit, { answer, name, fault }: Outcome): void {
  logger.write({
    event: 'request.answered',
    level: fault === undefined ? 'info' : 'error',
    operation: visit.name,
    outcome: name,
    status: answer.status,
    durationMs: clock.now() - visit.startedAt,
    requestId: visit.request.requestId,
    coldStart: false,
    fault: fault === undefined ? undefined : describeFault(fault),
  });
}
