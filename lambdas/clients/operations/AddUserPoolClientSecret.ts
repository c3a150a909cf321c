/** An administrator gives an app client a second secret, so that the first can be retired without an outage. */
import { iam } from '../../core/contract/callers.ts';
import { rateExceeded } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId, clientSecret, poolId } from '../../core/contract/shapes/identifiers.ts';
import type { Client } from '../../core/model/client.ts';
import { clientSecret as newSecret } from '../../core/rules/identifiers.ts';
import { quotaOf } from '../../core/rules/quotas.ts';
import { changeClient } from '../change-client.ts';
import { describeSecret, withSecret } from '../client-secret-changes.ts';
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
  uses: ['pools', 'clients', 'settings', 'clock', 'random'],

  async handle(input, ports) {
    const most = quotaOf(ports, 'secretsPerClient');
    const value = input.ClientSecret ?? newSecret(ports.random);
    const now = ports.clock.now();
    const add = (client: Client) => withSecret(client, value, now, most);
    const changed = await changeClient(ports, input.UserPoolId, input.ClientId, add, rateExceeded);
    const added = changed.secrets.at(-1);
    // Who brought a secret along knows it.
    const shown = input.ClientSecret === undefined ? { ClientSecretValue: value } : {};
    return { ClientSecretDescriptor: added && { ...describeSecret(added), ...shown } };
  },
});
