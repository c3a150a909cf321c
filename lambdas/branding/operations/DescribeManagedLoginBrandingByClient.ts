/** An administrator looks at the style that an app client's sign-in pages wear. */
import { iam } from '../../core/contract/callers.ts';
import { styleOfClientNotFound } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId, poolId } from '../../core/contract/shapes/identifiers.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { requireStoredClient } from '../../core/rules/stored-clients.ts';
import { styleGaps } from '../gaps.ts';
import { managedLoginBrandingType } from '../shapes.ts';
import { describeStyle } from '../style-views.ts';

export const DescribeManagedLoginBrandingByClient = operation({
  name: 'DescribeManagedLoginBrandingByClient',
  caller: iam('Read', 'userpool'),
  input: s.structure({ UserPoolId: poolId, ClientId: clientId, ReturnMergedResources: s.optional(s.boolean()) }),
  output: s.structure({ ManagedLoginBranding: s.optional(managedLoginBrandingType) }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'clients', 'styles'],
  gaps: styleGaps,

  async handle(input, ports) {
    const { ClientId, ReturnMergedResources } = input;
    const pool = await requirePool(ports, input.UserPoolId);
    await requireStoredClient(ports, pool, ClientId);
    const found = await ports.styles.findOfClient(pool.id, ClientId);
    if (!found) throw styleOfClientNotFound(ClientId);
    return { ManagedLoginBranding: describeStyle(found, ReturnMergedResources) };
  },
});
