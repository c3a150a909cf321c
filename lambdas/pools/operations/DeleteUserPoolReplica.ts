/** An administrator ends the copying of a pool to another region. */
import { iam } from '../../core/contract/callers.ts';
import { replicaNotInactive } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId, regionName } from '../../core/contract/shapes/identifiers.ts';
import { replicaGaps } from '../gaps.ts';
import { userPoolReplica } from '../shapes.ts';
import { changeReplica } from '../stored-replicas.ts';

export const DeleteUserPoolReplica = operation({
  name: 'DeleteUserPoolReplica',
  caller: iam('Write', 'userpool'),
  input: s.structure({ UserPoolId: poolId, RegionName: regionName }),
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

  async handle({ UserPoolId, RegionName }, ports) {
    const replica = await changeReplica(ports, UserPoolId, RegionName, (state, now) => {
      if (state !== 'INACTIVE') throw replicaNotInactive(state);
      return { endedAt: now };
    });
    return { UserPoolReplica: replica };
  },
});
