/** `/_iam/<Action>` on one machine, which API Gateway and its IAM authorizer stand before on AWS. */
import type { ApiRequest } from '../../core/model/api-request.ts';
import type { Answer } from '../../core/pipeline/gateway-events.ts';
import type { CallerGate } from '../../core/ports/caller-gate.ts';
import type { SignatureCheck } from '../../core/ports/signature-check.ts';
import type { Route } from './gateway-route.ts';
import type { Bridge } from './iam-route-bridge.ts';

export type Room = (request: ApiRequest) => Promise<Answer>;

/** Whoever comes before the room is there waits for it. */
export const iamRoute = (room: Promise<Room>): Route => ({
  covers: (path) => path.startsWith('/_iam/'),
  answer: async (request) => (await room)(request),
});

/** Callers sign for `execute-api` with keys of this service; with a bridge, a proof by STS does for credentials. */
export const localGate = (signatures: SignatureCheck, bridge: Bridge | undefined): CallerGate => ({
  takesProofs: bridge !== undefined,

  async identify(request) {
    const proven = await bridge?.findCaller(request);
    if (proven) return { kind: 'iam', iam: proven };
    const identity = await signatures.verify(request, { service: 'execute-api' });
    const { sourceIp, isSecure } = request;
    return {
      kind: 'own',
      identity,
      authorize: (action) => signatures.authorize(identity, { action, resource: '*', sourceIp, isSecure, input: {} }),
    };
  },
});
