/** An administrator fetches the certificate that an identity provider checks SAML requests with. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { text } from '../../core/contract/shapes/text.ts';

export const GetSigningCertificate = operation({
  name: 'GetSigningCertificate',
  caller: iam('Read', 'userpool'),
  input: s.structure({ UserPoolId: poolId }),
  output: s.structure({ Certificate: s.optional(text) }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
  ],
});
