/** An administrator decides what the pool, or one app client, does about risky sign-ins. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId, poolId } from '../../core/contract/shapes/identifiers.ts';
import {
  accountTakeoverRiskConfiguration,
  compromisedCredentialsRiskConfiguration,
  riskConfiguration,
  riskExceptionConfiguration,
} from '../shapes.ts';

export const SetRiskConfiguration = operation({
  name: 'SetRiskConfiguration',
  caller: iam('Write', 'userpool'),
  input: s.structure({
    UserPoolId: poolId,
    ClientId: s.optional(clientId),
    CompromisedCredentialsRiskConfiguration: s.optional(compromisedCredentialsRiskConfiguration),
    AccountTakeoverRiskConfiguration: s.optional(accountTakeoverRiskConfiguration),
    RiskExceptionConfiguration: s.optional(riskExceptionConfiguration),
  }),
  output: s.structure({ RiskConfiguration: riskConfiguration }),
  errors: [
    'CodeDeliveryFailureException',
    'InternalErrorException',
    'InvalidEmailRoleAccessPolicyException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UserPoolAddOnNotEnabledException',
  ],
});
