/** An administrator deletes the style of an app client's sign-in pages. */
import { iam } from '../../core/contract/callers.ts';
import { styleBeingChanged, styleNotFound } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { unlessLost } from '../../core/rules/unless-lost.ts';
import { managedLoginBrandingId } from '../shapes.ts';

export const DeleteManagedLoginBranding = operation({
  name: 'DeleteManagedLoginBranding',
  caller: iam('Write', 'userpool'),
  input: s.structure({ ManagedLoginBrandingId: managedLoginBrandingId, UserPoolId: poolId }),
  errors: [
    'ConcurrentModificationException',
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'styles'],

  async handle(input, ports) {
    const { styles } = ports;
    const pool = await requirePool(ports, input.UserPoolId);
    await unlessLost(async () => {
      const found = await styles.find(pool.id, input.ManagedLoginBrandingId);
      if (!found) throw styleNotFound();
      return (await styles.remove(found)) === 'removed' ? 'removed' : 'lost';
    }, styleBeingChanged);
  },
});
