/** Identity providers of a pool and links to its users, as an administrator handles them. */
import {
  AdminDisableProviderForUserCommand,
  AdminGetUserCommand,
  AdminLinkProviderForUserCommand,
  CreateIdentityProviderCommand,
  type CreateIdentityProviderCommandInput,
  DeleteIdentityProviderCommand,
  DescribeIdentityProviderCommand,
  GetIdentityProviderByIdentifierCommand,
  type IdentityProviderTypeType,
  ListIdentityProvidersCommand,
  type ListIdentityProvidersCommandInput,
  type ProviderUserIdentifierType,
  UpdateIdentityProviderCommand,
  type UpdateIdentityProviderCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Service } from './start-service.ts';

const binding = (name: string): string => `urn:oasis:names:tc:SAML:2.0:bindings:HTTP-${name}`;

/** As an identity provider would give it away. */
export const samlMetadata = `<?xml version="1.0" encoding="UTF-8"?>
<!-- made by hand -->
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID='https://idp.example.com/saml'>
  <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:SingleLogoutService Binding="${binding('Redirect')}" Location="https://idp.example.com/slo?a=1&amp;b=2"/>
    <md:SingleSignOnService Binding="${binding('POST')}" Location="https://idp.example.com/post"/>
    <md:SingleSignOnService Binding="${binding('Redirect')}" Location="https://idp.example.com/sso"/>
  </md:IDPSSODescriptor>
</md:EntityDescriptor>
`;

type Details = Readonly<Record<string, string>>;

/** What each type must be told, at least. */
export const neededDetails: Readonly<Record<IdentityProviderTypeType, Details>> = {
  Google: { client_id: 'google-client', client_secret: 'google-secret', authorize_scopes: 'email openid' },
  Facebook: { client_id: '1234', client_secret: 'facebook-secret', authorize_scopes: 'public_profile,email' },
  LoginWithAmazon: { client_id: 'amzn1.app', client_secret: 'amazon-secret', authorize_scopes: 'profile' },
  SignInWithApple: { client_id: 'com.example', team_id: 'TEAM', key_id: 'KEY', private_key: 'MIGHAg-apple-key' },
  OIDC: {
    client_id: 'oidc-client',
    client_secret: 'oidc-secret',
    authorize_scopes: 'openid email',
    oidc_issuer: 'https://idp.example.com',
    attributes_request_method: 'GET',
  },
  SAML: { MetadataFile: samlMetadata },
};

type Asked = Partial<Omit<CreateIdentityProviderCommandInput, 'UserPoolId'>> & {
  ProviderType: IdentityProviderTypeType;
};

const usualNames: Readonly<Partial<Record<IdentityProviderTypeType, string>>> = { OIDC: 'Corp', SAML: 'Office' };

export function providersOf({ client }: Pick<Service, 'client'>, { id: UserPoolId }: { readonly id: string }) {
  return {
    async create({ ProviderType, ...others }: Asked) {
      const usual = {
        ProviderName: usualNames[ProviderType] ?? ProviderType,
        ProviderDetails: { ...neededDetails[ProviderType] },
      };
      const asked = new CreateIdentityProviderCommand({ UserPoolId, ProviderType, ...usual, ...others });
      return (await client.send(asked)).IdentityProvider;
    },
    async update(ProviderName: string, settings: Partial<UpdateIdentityProviderCommandInput> = {}) {
      const asked = new UpdateIdentityProviderCommand({ UserPoolId, ProviderName, ...settings });
      return (await client.send(asked)).IdentityProvider;
    },
    async look(ProviderName: string) {
      return (await client.send(new DescribeIdentityProviderCommand({ UserPoolId, ProviderName }))).IdentityProvider;
    },
    async lookUp(IdpIdentifier: string) {
      const asked = new GetIdentityProviderByIdentifierCommand({ UserPoolId, IdpIdentifier });
      return (await client.send(asked)).IdentityProvider;
    },
    remove: (ProviderName: string) => client.send(new DeleteIdentityProviderCommand({ UserPoolId, ProviderName })),
    list: (page: Partial<ListIdentityProvidersCommandInput> = {}) =>
      client.send(new ListIdentityProvidersCommand({ UserPoolId, ...page })),
  };
}

/** An account as requests name it, by its subject unless an attribute is named. */
export const account = (
  ProviderName: string,
  ProviderAttributeValue: string,
  ProviderAttributeName = 'Cognito_Subject',
): ProviderUserIdentifierType => ({ ProviderName, ProviderAttributeName, ProviderAttributeValue });

export function linksOf({ client }: Pick<Service, 'client'>, { id: UserPoolId }: { readonly id: string }) {
  return {
    link: (username: string, SourceUser: ProviderUserIdentifierType) =>
      client.send(
        new AdminLinkProviderForUserCommand({ UserPoolId, DestinationUser: account('Cognito', username), SourceUser }),
      ),
    linkTo: (DestinationUser: ProviderUserIdentifierType, SourceUser: ProviderUserIdentifierType) =>
      client.send(new AdminLinkProviderForUserCommand({ UserPoolId, DestinationUser, SourceUser })),
    disable: (User: ProviderUserIdentifierType) =>
      client.send(new AdminDisableProviderForUserCommand({ UserPoolId, User })),
    /** As the attribute of the user lists them; absent without any. */
    async identities(Username: string): Promise<unknown> {
      const { UserAttributes = [] } = await client.send(new AdminGetUserCommand({ UserPoolId, Username }));
      const text = UserAttributes.find(({ Name }) => Name === 'identities')?.Value;
      return text === undefined ? undefined : JSON.parse(text);
    },
  };
}
