/** An administrator switches a copy of a pool on or off. */
import { iam } from '../../core/contract/callers.ts';
import { replicaNotReady } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId, regionName } from '../../core/contract/shapes/identifiers.ts';
import { replicaGaps } from '../gaps.ts';
import { userPoolReplica } from '../shapes.ts';
import { changeReplica } from '../stored-replicas.ts';

export const UpdateUserPoolReplica = operation({
  name: 'UpdateUserPoolReplica',
  caller: iam('Write', 'userpool'),
  input: s.structure({ UserPoolId: poolId, RegionName: regionName, Status: s.oneOf('ACTIVE', 'INACTIVE') }),
  output: s.structure({ UserPoolReplica: s.optional(userPoolReplica) }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'replicas', 'clock'],
  gaps: replicaGaps,

  async handle({ UserPoolId, RegionName, Status }, ports) {
    const replica = await changeReplica(ports, UserPoolId, RegionName, (state) => {
      if (state === 'CREATING' || state === 'DELETING') throw replicaNotReady(state);
      return { status: Status };
    });
    return { UserPoolReplica: replica };
  },
});
