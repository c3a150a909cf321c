/** Makes terms through the API. */
import {
  CreateTermsCommand,
  type CreateTermsCommandInput,
  type TermsType,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Service } from './start-service.ts';

export const someLinks = { 'cognito:default': 'https://example.com/terms' };

/** Terms of use with one link, unless the settings say otherwise. */
export async function createTerms(
  { client }: Pick<Service, 'client'>,
  { id: ClientId, poolId: UserPoolId }: { readonly id: string; readonly poolId: string },
  settings: Partial<CreateTermsCommandInput> = {},
): Promise<TermsType> {
  const { Terms } = await client.send(
    new CreateTermsCommand({
      UserPoolId,
      ClientId,
      TermsName: 'terms-of-use',
      TermsSource: 'LINK',
      Enforcement: 'NONE',
      Links: someLinks,
      ...settings,
    }),
  );
  if (!Terms) throw new Error('The answer lacks what it must have');
  return Terms;
}
