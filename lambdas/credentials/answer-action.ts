/** The way of a request through this room: who calls, what is asked, whether it is allowed, and the answer. */
import { decode } from '../core/contract/decode.ts';
import {
  bodyTooLarge,
  constraintsViolated,
  memberUnknown,
  methodNotPost,
  unknownOperation,
} from '../core/contract/errors.ts';
import { type Fields, violations } from '../core/contract/validate.ts';
import type { ApiRequest } from '../core/model/api-request.ts';
import type { Answer } from '../core/pipeline/gateway-events.ts';
import { type JsonObject, parseBody } from '../core/pipeline/parse-body.ts';
import type { CallerGate } from '../core/ports/caller-gate.ts';
import type { Action, CredentialsPorts } from './action.ts';
import { actions, findActionName } from './actions/index.ts';
import { type Outcome, okAnswer, refusalOutcome } from './answers.ts';
import { logAnswer, recordManagement } from './records.ts';
import type { Visit } from './visit.ts';

export async function answerAction(ports: CredentialsPorts, gate: CallerGate, request: ApiRequest): Promise<Answer> {
  const visit: Visit = { request, startedAt: ports.clock.now() };
  const outcome = await run(ports, gate, visit);
  recordManagement(ports, visit, outcome.name);
  logAnswer(ports, visit, outcome);
  return outcome.answer;
}

async function run(ports: CredentialsPorts, gate: CallerGate, visit: Visit): Promise<Outcome> {
  const { requestId } = visit.request;
  try {
    return okAnswer(requestId, await handle(ports, gate, visit));
  } catch (error) {
    return refusalOutcome(requestId, error);
  }
}

/** Far more than the longest policy that is taken. */
const largestBody = 128 * 1024;

async function handle(ports: CredentialsPorts, gate: CallerGate, visit: Visit): Promise<unknown> {
  const { request } = visit;
  const name = findActionName(request.path);
  if (name === undefined) throw unknownOperation('');
  visit.name = name;
  if (request.method !== 'POST') throw methodNotPost();
  if (request.body.length > largestBody) throw bodyTooLarge();
  const caller = await gate.identify(request);
  visit.caller = caller;
  const action: Action = actions[name];
  const input = requireInput(action, gate, parseBody(request.body));
  visit.input = input;
  if (caller.kind === 'own' && !action.isForEverybody) await caller.authorize(`millpond:${name}`);
  return action.handle(input, ports, caller);
}

/** A member that is misspelt would be one that was not said, so it is refused. */
function requireInput({ input }: Action, gate: CallerGate, body: JsonObject): Fields {
  const known = Object.keys(input.members).filter((name) => name !== 'Sts' || gate.takesProofs);
  const stray = Object.keys(body).find((name) => !known.includes(name));
  if (stray !== undefined) throw memberUnknown(stray.slice(0, 64));
  const decoded = decode(input, body);
  const found = violations(input, decoded);
  if (found.length > 0) throw constraintsViolated(found);
  // Decoded structures are objects.
  return decoded as Fields;
}
