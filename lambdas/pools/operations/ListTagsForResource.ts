/** An administrator lists the tags of a pool. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { arn } from '../../core/contract/shapes/identifiers.ts';
import { requirePoolId } from '../../core/rules/pool-arns.ts';
import { tags } from '../shapes.ts';
import { requireStoredPool } from '../stored-pool.ts';

export const ListTagsForResource = operation({
  name: 'ListTagsForResource',
  caller: iam('List', 'arn'),
  input: s.structure({ ResourceArn: arn }),
  output: s.structure({ Tags: s.optional(tags) }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools'],

  async handle({ ResourceArn }, ports, call) {
    const pool = await requireStoredPool(ports, requirePoolId(call, ResourceArn));
    return { Tags: pool.tags };
  },
});
