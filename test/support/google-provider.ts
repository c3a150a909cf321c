/** Google as an identity provider of a pool, for tests that need any provider at all. */
import { CreateIdentityProviderCommand } from '@aws-sdk/client-cognito-identity-provider';
import type { Service } from './start-service.ts';

export const aGoogle = ({ client }: Pick<Service, 'client'>, { id: UserPoolId }: { readonly id: string }) =>
  client.send(
    new CreateIdentityProviderCommand({
      UserPoolId,
      ProviderName: 'Google',
      ProviderType: 'Google',
      ProviderDetails: { client_id: 'shop', client_secret: 'only the shop knows', authorize_scopes: 'openid email' },
    }),
  );
