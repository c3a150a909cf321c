/** An administrator changes a style of the sign-in pages. */
import { iam } from '../../core/contract/callers.ts';
import { memberMissing, styleBeingChanged, styleNotFound } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import type { Style } from '../../core/model/style.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { unlessLost } from '../../core/rules/unless-lost.ts';
import { styleGaps } from '../gaps.ts';
import { assets, managedLoginBrandingId, managedLoginBrandingType } from '../shapes.ts';
import { changedLook } from '../style-changes.ts';
import { describeStyle } from '../style-views.ts';

export const UpdateManagedLoginBranding = operation({
  name: 'UpdateManagedLoginBranding',
  caller: iam('Write', 'userpool'),
  input: s.structure({
    UserPoolId: s.optional(poolId),
    ManagedLoginBrandingId: s.optional(managedLoginBrandingId),
    UseCognitoProvidedValues: s.optional(s.boolean()),
    Settings: s.optional(s.document()),
    Assets: s.optional(assets),
  }),
  output: s.structure({ ManagedLoginBranding: s.optional(managedLoginBrandingType) }),
  errors: [
    'ConcurrentModificationException',
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'styles', 'clock'],
  gaps: styleGaps,

  async handle(input, ports) {
    const { styles, clock } = ports;
    const { UserPoolId, ManagedLoginBrandingId } = input;
    if (UserPoolId === undefined) throw memberMissing('userPoolId');
    if (ManagedLoginBrandingId === undefined) throw memberMissing('managedLoginBrandingId');
    const pool = await requirePool(ports, UserPoolId);
    return unlessLost(async () => {
      const before = await styles.find(pool.id, ManagedLoginBrandingId);
      if (!before) throw styleNotFound();
      const after: Style = { ...before, ...changedLook(before, input), modifiedAt: clock.now() };
      return (await styles.save(before, after)) === 'saved' ? { ManagedLoginBranding: describeStyle(after) } : 'lost';
    }, styleBeingChanged);
  },
});
