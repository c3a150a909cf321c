/** An administrator puts tags on a pool. */
import { iam } from '../../core/contract/callers.ts';
import { rateExceeded } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { arn } from '../../core/contract/shapes/identifiers.ts';
import type { Pool } from '../../core/model/pool.ts';
import { requirePoolId } from '../../core/rules/pool-arns.ts';
import { changePool } from '../change-pool.ts';
import { tags } from '../shapes.ts';
import { requireTags, withTags } from '../tags.ts';

export const TagResource = operation({
  name: 'TagResource',
  caller: iam('Tagging', 'arn', ['aws:RequestTag', 'aws:TagKeys']),
  input: s.structure({ ResourceArn: arn, Tags: tags }),
  output: s.structure({}),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'settings'],

  async handle({ ResourceArn, Tags }, ports, call) {
    const poolId = requirePoolId(call, ResourceArn);
    const tag = (pool: Pool): Pool => ({ ...pool, tags: requireTags(ports, withTags(pool.tags, Tags)) });
    await changePool(ports, poolId, tag, rateExceeded);
    return {};
  },
});
