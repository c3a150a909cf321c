/** An administrator looks at the logo and CSS of the classic sign-in pages. */
import { iam } from '../../core/contract/callers.ts';
import { domainMissing } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId, poolId } from '../../core/contract/shapes/identifiers.ts';
import { everyClient } from '../../core/model/ui-customization.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { requireStoredClient } from '../../core/rules/stored-clients.ts';
import { uiGaps } from '../gaps.ts';
import { uiCustomizationType } from '../shapes.ts';
import { describeCustomization, findDomain } from '../ui-views.ts';

export const GetUICustomization = operation({
  name: 'GetUICustomization',
  caller: iam('Read', 'userpool'),
  input: s.structure({ UserPoolId: poolId, ClientId: s.optional(clientId) }),
  output: s.structure({ UICustomization: uiCustomizationType }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'clients', 'uiCustomizations', 'settings'],
  gaps: uiGaps,

  async handle(input, ports) {
    const { uiCustomizations, settings } = ports;
    const { ClientId = everyClient } = input;
    const pool = await requirePool(ports, input.UserPoolId);
    if (ClientId !== everyClient) await requireStoredClient(ports, pool, ClientId);
    const domain = findDomain(pool);
    if (domain === undefined) throw domainMissing();
    const own = await uiCustomizations.find(pool.id, ClientId);
    // What a client has of its own is never mixed with what all have.
    const shown = own ?? (await uiCustomizations.find(pool.id, everyClient));
    return { UICustomization: shown ? describeCustomization(settings, domain, shown) : {} };
  },
});
