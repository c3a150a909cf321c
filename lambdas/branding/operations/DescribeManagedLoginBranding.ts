/** An administrator looks at a style of the sign-in pages. */
import { iam } from '../../core/contract/callers.ts';
import { styleNotFound } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { styleGaps } from '../gaps.ts';
import { managedLoginBrandingId, managedLoginBrandingType } from '../shapes.ts';
import { describeStyle } from '../style-views.ts';

export const DescribeManagedLoginBranding = operation({
  name: 'DescribeManagedLoginBranding',
  caller: iam('Read', 'userpool'),
  input: s.structure({
    UserPoolId: poolId,
    ManagedLoginBrandingId: managedLoginBrandingId,
    ReturnMergedResources: s.optional(s.boolean()),
  }),
  output: s.structure({ ManagedLoginBranding: s.optional(managedLoginBrandingType) }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'styles'],
  gaps: styleGaps,

  async handle(input, ports) {
    const pool = await requirePool(ports, input.UserPoolId);
    const found = await ports.styles.find(pool.id, input.ManagedLoginBrandingId);
    if (!found) throw styleNotFound();
    return { ManagedLoginBranding: describeStyle(found, input.ReturnMergedResources) };
  },
});
