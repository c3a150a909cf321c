/** An administrator adds custom attributes to the schema of a pool; they can never be taken away again. */
import { iam } from '../../core/contract/callers.ts';
import { rateExceeded, tooManyFor } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import type { Pool } from '../../core/model/pool.ts';
import { requireSchemaQuota, withCustomAttributes } from '../../core/rules/schema.ts';
import { changePool } from '../change-pool.ts';
import { noImportsYet } from '../gaps.ts';
import { schemaAttribute } from '../shapes.ts';

export const AddCustomAttributes = operation({
  name: 'AddCustomAttributes',
  caller: iam('Write', 'userpool'),
  input: s.structure({ UserPoolId: poolId, CustomAttributes: s.list(schemaAttribute, { min: 1, max: 25 }) }),
  output: s.structure({}),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UserImportInProgressException',
  ],
  uses: ['pools', 'settings', 'clock'],
  gaps: [noImportsYet],

  async handle(input, ports) {
    const decide = (pool: Pool): Pool => {
      const schema = withCustomAttributes(pool.schema, input.CustomAttributes);
      requireSchemaQuota(ports, schema, tooManyFor);
      return { ...pool, schema, modifiedAt: ports.clock.now() };
    };
    await changePool(ports, input.UserPoolId, decide, rateExceeded);
    return {};
  },
});
