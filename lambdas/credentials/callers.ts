/** Who calls this room where a gateway stands in front of it. */
import { callerNotIdentified } from '../core/contract/errors.ts';
import type { Caller, CallerGate } from '../core/ports/caller-gate.ts';

/** The gateway's IAM authorizer has proved who it is; where it has not looked, nobody is let in. */
export const byGateway: CallerGate = {
  takesProofs: false,
  async identify({ iam }) {
    if (iam === undefined) throw callerNotIdentified();
    return { kind: 'iam', iam };
  },
};

export const arnOf = (caller: Caller): string => (caller.kind === 'iam' ? caller.iam.arn : caller.identity.arn);
