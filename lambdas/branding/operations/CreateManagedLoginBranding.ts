/** An administrator gives the sign-in pages of an app client their own style. */
import { iam } from '../../core/contract/callers.ts';
import { limitExceeded, poolNotFound, styleBeingChanged, styleExists } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId, poolId } from '../../core/contract/shapes/identifiers.ts';
import type { Style } from '../../core/model/style.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { uuid } from '../../core/rules/identifiers.ts';
import { quotaOf } from '../../core/rules/quotas.ts';
import { requireStoredClient } from '../../core/rules/stored-clients.ts';
import { unlessLost } from '../../core/rules/unless-lost.ts';
import { styleGaps } from '../gaps.ts';
import { assets, managedLoginBrandingType } from '../shapes.ts';
import { changedLook } from '../style-changes.ts';
import { describeStyle } from '../style-views.ts';

export const CreateManagedLoginBranding = operation({
  name: 'CreateManagedLoginBranding',
  caller: iam('Write', 'userpool'),
  input: s.structure({
    UserPoolId: poolId,
    ClientId: clientId,
    UseCognitoProvidedValues: s.optional(s.boolean()),
    Settings: s.optional(s.document()),
    Assets: s.optional(assets),
  }),
  output: s.structure({ ManagedLoginBranding: s.optional(managedLoginBrandingType) }),
  errors: [
    'ConcurrentModificationException',
    'InternalErrorException',
    'InvalidParameterException',
    'LimitExceededException',
    'ManagedLoginBrandingExistsException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'clients', 'styles', 'settings', 'clock', 'random'],
  gaps: styleGaps,

  async handle(input, ports) {
    const { styles, clock, random } = ports;
    const { ClientId } = input;
    const most = quotaOf(ports, 'brandingStylesPerPool');
    const pool = await requirePool(ports, input.UserPoolId);
    return unlessLost(async () => {
      await requireStoredClient(ports, pool, ClientId);
      const now = clock.now();
      const made: Style = {
        poolId: pool.id,
        id: uuid(random),
        clientId: ClientId,
        ...changedLook({ assets: [] }, input),
        createdAt: now,
        modifiedAt: now,
        version: 0,
      };
      if (await styles.findOfClient(pool.id, ClientId)) throw styleExists(ClientId);
      const outcome = await styles.add(made, most);
      if (outcome === 'full') throw limitExceeded('managed login branding styles of a user pool', most);
      if (outcome === 'pool gone') throw poolNotFound(pool.id);
      // Why it was refused shows at the next try: the client is gone, or has a style by now.
      return outcome === 'added' ? { ManagedLoginBranding: describeStyle(made) } : 'lost';
    }, styleBeingChanged);
  },
});
