/** An administrator asks which pool a host name belongs to. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { domain } from '../../core/contract/shapes/identifiers.ts';
import { domainDescription } from '../shapes.ts';

export const DescribeUserPoolDomain = operation({
  name: 'DescribeUserPoolDomain',
  caller: iam('Read', 'none'),
  input: s.structure({ Domain: domain }),
  output: s.structure({ DomainDescription: s.optional(domainDescription) }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
  ],
});
