/** An administrator looks at what the pool, or one app client, does about risky sign-ins. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId, poolId } from '../../core/contract/shapes/identifiers.ts';
import { riskConfiguration } from '../shapes.ts';

export const DescribeRiskConfiguration = operation({
  name: 'DescribeRiskConfiguration',
  caller: iam('Read', 'userpool'),
  input: s.structure({ UserPoolId: poolId, ClientId: s.optional(clientId) }),
  output: s.structure({ RiskConfiguration: riskConfiguration }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UserPoolAddOnNotEnabledException',
  ],
});
