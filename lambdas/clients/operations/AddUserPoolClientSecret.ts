/** An administrator gives an app client a second secret, so that the first can be retired without an outage. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId, clientSecret, poolId } from '../../core/contract/shapes/identifiers.ts';
import { clientSecretDescriptor } from '../shapes.ts';

export const AddUserPoolClientSecret = operation({
  name: 'AddUserPoolClientSecret',
  caller: iam('Write', 'userpool'),
  input: s.structure({ UserPoolId: poolId, ClientId: clientId, ClientSecret: s.optional(clientSecret) }),
  output: s.structure({ ClientSecretDescriptor: s.optional(clientSecretDescriptor) }),
  errors: [
    'AccessDeniedException',
    'InternalServerException',
    'InvalidParameterException',
    'LimitExceededException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
});
