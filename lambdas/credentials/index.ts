/** Credentials for callers whom IAM knows, and the management of policies, principals and keys. It has no operations. */
import type { ApiRequest } from '../core/model/api-request.ts';
import type { Answer } from '../core/pipeline/gateway-events.ts';
import type { CallerGate } from '../core/ports/caller-gate.ts';
import type { CredentialsPorts } from './action.ts';
import { answerAction } from './answer-action.ts';
import { byGateway } from './callers.ts';

export type { CredentialsPorts } from './action.ts';

/** Answers `POST /_iam/<Action>`. Without a gate of its own, the caller is whom the gateway's IAM authorizer names. */
export const credentialsEntry =
  (ports: CredentialsPorts, gate: CallerGate = byGateway): ((request: ApiRequest) => Promise<Answer>) =>
  (request) =>
    answerAction(ports, gate, request);
