/** An administrator takes tags off a pool. */
import { iam } from '../../core/contract/callers.ts';
import { rateExceeded } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { arn } from '../../core/contract/shapes/identifiers.ts';
import type { Pool } from '../../core/model/pool.ts';
import { requirePoolId } from '../../core/rules/pool-arns.ts';
import { changePool } from '../change-pool.ts';
import { tagKey } from '../shapes.ts';
import { withoutTags } from '../tags.ts';

export const UntagResource = operation({
  name: 'UntagResource',
  caller: iam('Tagging', 'arn', ['aws:TagKeys']),
  input: s.structure({ ResourceArn: arn, TagKeys: s.list(tagKey) }),
  output: s.structure({}),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools'],

  async handle({ ResourceArn, TagKeys }, ports, call) {
    const poolId = requirePoolId(call, ResourceArn);
    const untag = (pool: Pool): Pool => ({ ...pool, tags: withoutTags(pool.tags, TagKeys) });
    await changePool(ports, poolId, untag, rateExceeded);
    return {};
  },
});
