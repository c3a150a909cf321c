import type {
  CreateIdentityProviderCommandInput,
  CreateUserPoolCommandInput,
  IdentityProviderTypeType,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import type { Settings } from '../../../lambdas/core/ports/settings.ts';
import { neededDetails, providersOf, samlMetadata } from '../../support/providers.ts';
import { outcomes, refused } from '../../support/refused.ts';
import { startService } from '../../support/start-service.ts';

interface Surroundings {
  readonly pool?: Partial<CreateUserPoolCommandInput>;
  readonly settings?: Partial<Settings>;
}

async function aPoolOf({ pool: given = {}, settings = {} }: Surroundings = {}) {
  const service = await startService({ settings });
  const pool = await service.aPool(given);
  return { service, pool, providers: providersOf(service, pool) };
}

type Details = Readonly<Record<string, string>>;

/** What is refused when one type is asked for with these details instead of those that it needs, or beside them. */
async function refusalOf(ProviderType: IdentityProviderTypeType, details: Details, settings?: Partial<Settings>) {
  const { providers } = await aPoolOf(settings && { settings });
  const ProviderDetails = { ...neededDetails[ProviderType], ...details };
  return refused(providers.create({ ProviderType, ProviderDetails }));
}

const without = (details: Details, name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(details).filter(([each]) => each !== name));

const invalid = (message: string): string => `InvalidParameterException: ${message}`;

/** As the documentation of CreateIdentityProvider shows them in answers. */
const added: Readonly<Record<IdentityProviderTypeType, { readonly details: Details; readonly mapping?: Details }>> = {
  Google: {
    details: {
      attributes_url: 'https://people.googleapis.com/v1/people/me?personFields=',
      attributes_url_add_attributes: 'true',
      authorize_url: 'https://accounts.google.com/o/oauth2/v2/auth',
      oidc_issuer: 'https://accounts.google.com',
      token_request_method: 'POST',
      token_url: 'https://www.googleapis.com/oauth2/v4/token',
    },
    mapping: { username: 'sub' },
  },
  Facebook: {
    details: {
      api_version: 'v17.0',
      attributes_url: 'https://graph.facebook.com/v17.0/me?fields=',
      attributes_url_add_attributes: 'true',
      authorize_url: 'https://www.facebook.com/v17.0/dialog/oauth',
      token_request_method: 'GET',
      token_url: 'https://graph.facebook.com/v17.0/oauth/access_token',
    },
    mapping: { username: 'id' },
  },
  LoginWithAmazon: {
    details: {
      attributes_url: 'https://api.amazon.com/user/profile',
      attributes_url_add_attributes: 'false',
      authorize_url: 'https://www.amazon.com/ap/oa',
      token_request_method: 'POST',
      token_url: 'https://api.amazon.com/auth/o2/token',
    },
    mapping: { username: 'user_id' },
  },
  SignInWithApple: {
    details: {
      attributes_url_add_attributes: 'false',
      authorize_url: 'https://appleid.apple.com/auth/authorize',
      oidc_issuer: 'https://appleid.apple.com',
      token_request_method: 'POST',
      token_url: 'https://appleid.apple.com/auth/token',
    },
    mapping: { username: 'sub' },
  },
  OIDC: { details: { attributes_url_add_attributes: 'false' }, mapping: { username: 'sub' } },
  SAML: {
    details: {
      SSORedirectBindingURI: 'https://idp.example.com/sso',
      SLORedirectBindingURI: 'https://idp.example.com/slo?a=1&b=2',
    },
  },
};

const types = Object.keys(added) as IdentityProviderTypeType[];

/** An Apple key is never shown. */
const shownOf = (type: IdentityProviderTypeType): Details => without(neededDetails[type], 'private_key');

describe('CreateIdentityProvider', () => {
  test.each(types)(
    'adds to a %s provider what the documentation says, and nothing else (pools-and-users 55, oauth-and-login 5)',
    async (type) => {
      const { service, pool, providers } = await aPoolOf();
      const now = new Date(service.clock.now());
      const made = await providers.create({ ProviderType: type });

      const { details, mapping } = added[type];
      expect(made).toEqual({
        UserPoolId: pool.id,
        ProviderName: { OIDC: 'Corp', SAML: 'Office' }[type as string] ?? type,
        ProviderType: type,
        ProviderDetails: { ...shownOf(type), ...details },
        ...(mapping && { AttributeMapping: mapping }),
        LastModifiedDate: now,
        CreationDate: now,
      });
    },
  );

  test.each(types)(
    'reads back of a %s provider what was written, and writing that changes nothing (pools-and-users 55)',
    async (type) => {
      const { service, pool, providers } = await aPoolOf({
        pool: { Schema: [{ Name: 'team', AttributeDataType: 'String', Mutable: true }] },
      });
      const written: Partial<CreateIdentityProviderCommandInput> = {
        ProviderDetails: { ...neededDetails[type], ...extras[type] },
        AttributeMapping: { email: 'mail', email_verified: 'verified', 'custom:team': 'groups', username: 'name' },
        IdpIdentifiers: ['corp.example.com', 'Another one'],
        ...(type === 'OIDC' && { AcrMapping: { Level1: 'urn:low', Level3: 'urn:high' } }),
      };
      const created = new Date(service.clock.now());
      const made = await providers.create({ ...written, ProviderType: type });
      const name = made?.ProviderName ?? '';

      expect(made).toEqual({
        UserPoolId: pool.id,
        ProviderName: name,
        ProviderType: type,
        ...written,
        ProviderDetails: { ...added[type].details, ...shownOf(type), ...extras[type] },
        CreationDate: created,
        LastModifiedDate: created,
      });
      expect(await providers.look(name)).toEqual(made);

      service.clock.advance(1000);
      const { ProviderDetails, AttributeMapping, IdpIdentifiers, AcrMapping } = made ?? {};
      const again = { ProviderDetails, AttributeMapping, IdpIdentifiers, AcrMapping };
      const changed = { ...made, LastModifiedDate: new Date(service.clock.now()) };
      expect(await providers.update(name, again)).toEqual(changed);
      expect(await providers.look(name)).toEqual(changed);
    },
  );

  test('keeps what a caller says in the place of a default', async () => {
    const { providers } = await aPoolOf();
    const details = {
      api_version: 'v21.0',
      token_request_method: 'POST',
      attributes_url: 'https://me.example.com/?f=',
    };
    const made = await providers.create({
      ProviderType: 'Facebook',
      ProviderDetails: { ...neededDetails.Facebook, ...details },
    });
    expect(made?.ProviderDetails).toEqual({
      ...neededDetails.Facebook,
      ...details,
      attributes_url_add_attributes: 'true',
      authorize_url: 'https://www.facebook.com/v21.0/dialog/oauth',
      token_url: 'https://graph.facebook.com/v21.0/oauth/access_token',
    });
  });

  test('keeps a SAML address without asking what stands behind it', async () => {
    const { providers } = await aPoolOf();
    const ProviderDetails = { MetadataURL: 'https://idp.example.com/metadata', IDPSignout: 'true' };
    expect((await providers.create({ ProviderType: 'SAML', ProviderDetails }))?.ProviderDetails).toEqual(
      ProviderDetails,
    );
  });

  test('keeps secrets out of lists and logs', async () => {
    const { service, pool, providers } = await aPoolOf();
    for (const type of types) await providers.create({ ProviderType: type });
    const answers = await Promise.all([
      service.call('ListIdentityProviders', { UserPoolId: pool.id }),
      service.call('DescribeIdentityProvider', { UserPoolId: pool.id, ProviderName: 'SignInWithApple' }),
    ]);
    const shown = JSON.stringify([answers.map(({ body }) => body), service.lines, service.audit]);
    for (const secret of ['google-secret', 'facebook-secret', 'amazon-secret', 'oidc-secret', 'MIGHAg-apple-key']) {
      expect(shown).not.toContain(secret);
    }
  });
});

const extras: Readonly<Record<IdentityProviderTypeType, Details>> = {
  Google: {},
  Facebook: { api_version: 'v17.0' },
  LoginWithAmazon: {},
  SignInWithApple: { authorize_scopes: 'email name' },
  OIDC: {
    authorize_url: 'https://idp.example.com/authorize',
    token_url: 'https://idp.example.com/token',
    attributes_url: 'https://idp.example.com/userinfo',
    jwks_uri: 'https://idp.example.com/keys',
  },
  SAML: { IDPSignout: 'true', IDPInit: 'false', EncryptedResponses: 'true', RequestSigningAlgorithm: 'rsa-sha256' },
};

describe('The name of a new identity provider', () => {
  test('is that of its type, where it is a social one, and no other is called so', async () => {
    const { providers } = await aPoolOf();
    const create = (ProviderType: IdentityProviderTypeType, ProviderName: string) =>
      refused(providers.create({ ProviderType, ProviderName }));
    for (const type of ['Google', 'Facebook', 'LoginWithAmazon', 'SignInWithApple'] as const) {
      expect(await create(type, 'Mine')).toBe(invalid(`Provider Mine cannot be of type ${type}.`));
      expect(await create('OIDC', type)).toBe(invalid(`Provider ${type} cannot be of type OIDC.`));
    }
    expect(await create('OIDC', 'google')).toBe('nothing is refused');
    expect(await create('OIDC', 'SAML')).toBe('nothing is refused');
  });

  test.each([
    ['has no underscore but at its second place', '_ab'],
    ['has no underscore at its end', 'ab_'],
    ['has three characters at least', 'ab'],
    ['has no blanks', 'a b c'],
    ['has at most 32 characters', 'a'.repeat(33)],
  ])('%s', async (_title, ProviderName) => {
    const { providers } = await aPoolOf();
    expect(await refused(providers.create({ ProviderType: 'OIDC', ProviderName }))).toMatch(
      /^InvalidParameterException: 1 validation error detected: Value .* at 'providerName' failed/,
    );
  });

  test('is taken once, however many ask for it side by side (pools-and-users 55)', async () => {
    const { pool, providers } = await aPoolOf();
    const told = await outcomes(Array.from({ length: 5 }, () => providers.create({ ProviderType: 'OIDC' })));
    expect(told.toSorted()).toEqual([
      ...Array(4).fill(`DuplicateProviderException: Corp already exists in user pool ${pool.id}`),
      'done',
    ]);
  });

  test('may be that of a provider in another pool', async () => {
    const { service, providers } = await aPoolOf();
    await providers.create({ ProviderType: 'Google', IdpIdentifiers: ['here'] });
    const others = providersOf(service, await service.aPool());
    const made = await others.create({ ProviderType: 'Google', IdpIdentifiers: ['here'] });
    expect(made?.ProviderName).toBe('Google');
  });
});

describe('The details of a new identity provider', () => {
  const needed: readonly (readonly [IdentityProviderTypeType, readonly string[], string])[] = [
    ...(['Google', 'Facebook', 'LoginWithAmazon'] as const).map(
      (type) =>
        [
          type,
          ['client_id', 'client_secret', 'authorize_scopes'],
          'clientId, clientSecret and authorizeScopes are all required idp details.',
        ] as const,
    ),
    [
      'SignInWithApple',
      ['client_id', 'private_key', 'team_id', 'key_id'],
      'clientId, privateKey, teamId, and keyId are all required idp details.',
    ],
    [
      'OIDC',
      ['client_id', 'authorize_scopes', 'oidc_issuer', 'attributes_request_method'],
      'clientId, authorizeScopes, oidcIssuer and attributesRequestMethod are all required idp details.',
    ],
    ['SAML', ['MetadataFile'], 'At least one of the MetadataURL or MetadataFile should be provided.'],
  ];

  test.each(needed)(
    'of type %s are complete (pools-and-users 55, oauth-and-login 5)',
    async (ProviderType, names, message) => {
      const { providers } = await aPoolOf();
      for (const name of names) {
        const whole = neededDetails[ProviderType];
        for (const ProviderDetails of [without(whole, name), { ...whole, [name]: '' }]) {
          expect(await refused(providers.create({ ProviderType, ProviderDetails })), name).toBe(invalid(message));
        }
      }
      expect(await refused(providers.create({ ProviderType, ProviderDetails: {} }))).toBe(invalid(message));
      expect((await providers.list()).Providers).toEqual([]);
    },
  );

  test('need no secret of an OIDC provider', async () => {
    const { providers } = await aPoolOf();
    const ProviderDetails = without(neededDetails.OIDC, 'client_secret');
    const made = await providers.create({ ProviderType: 'OIDC', ProviderDetails });
    expect(made?.ProviderDetails).toEqual({ ...ProviderDetails, attributes_url_add_attributes: 'false' });
  });

  test.each([
    'http://idp.example.com',
    'http://localhost.example.com',
    'http://127.0.0.1.example.com',
    'ftp://idp.example.com',
    'https:idp.example.com',
    'https://',
    'https://name:password@idp.example.com',
    'https://idp.example.com\\@other.example.com',
    'https://idp.example.com/\n',
    'javascript:alert(1)',
    'idp.example.com',
    ' https://idp.example.com',
  ])('name no issuer at %j', async (address) => {
    expect(await refusalOf('OIDC', { oidc_issuer: address })).toBe(invalid('OIDC endpoint must start with https://'));
  });

  test.each([
    ['OIDC', 'authorize_url'],
    ['OIDC', 'token_url'],
    ['OIDC', 'attributes_url'],
    ['OIDC', 'jwks_uri'],
    ['Google', 'token_url'],
    ['Google', 'oidc_issuer'],
    ['SAML', 'MetadataURL'],
  ] as const)('of type %s name no %s by plain HTTP', async (ProviderType, name) => {
    const { providers } = await aPoolOf();
    const base = ProviderType === 'SAML' ? {} : neededDetails[ProviderType];
    const create = (address: string) =>
      refused(providers.create({ ProviderType, ProviderDetails: { ...base, [name]: address } }));
    expect(await create('http://idp.example.com/')).toBe(
      invalid(`${name} must be an absolute URL that starts with https://`),
    );
    expect(await create('https://idp.example.com/')).toBe('nothing is refused');
  });

  test('may lead to the own machine where the service itself is there, by plain HTTP', async () => {
    for (const address of ['http://localhost:4000', 'http://127.0.0.1:4000/', 'http://[::1]/idp']) {
      expect(await refusalOf('OIDC', { oidc_issuer: address })).toBe('nothing is refused');
      expect(await refusalOf('OIDC', { oidc_issuer: address }, { issuerBase: 'https://id.example.com' })).toBe(
        invalid('OIDC endpoint must start with https://'),
      );
    }
  });

  test('ask an OIDC provider for openid, by GET or POST', async () => {
    expect(await refusalOf('OIDC', { authorize_scopes: 'email xopenid' })).toBe(
      invalid('authorize_scopes of an OIDC provider must contain openid.'),
    );
    expect(await refusalOf('OIDC', { attributes_request_method: 'PUT' })).toBe(
      invalid(
        "1 validation error detected: Value 'PUT' at 'attributesRequestMethod' failed to satisfy constraint: Member must satisfy enum value set: [POST, GET]",
      ),
    );
    expect(await refusalOf('OIDC', { attributes_request_method: 'POST' })).toBe('nothing is refused');
  });

  test.each([
    ['Facebook', 'api_version', 'v17', 'a version such as v17.0'],
    ['Facebook', 'api_version', 'v17.0/../../evil', 'a version such as v17.0'],
    ['Google', 'attributes_url_add_attributes', 'yes', 'true or false'],
    ['Google', 'token_request_method', 'PUT', 'GET or POST'],
    ['SAML', 'IDPSignout', 'yes', 'true or false'],
    ['SAML', 'IDPInit', '1', 'true or false'],
    ['SAML', 'EncryptedResponses', 'on', 'true or false'],
    ['SAML', 'RequestSigningAlgorithm', 'rsa-sha1', 'rsa-sha256'],
  ] as const)('of type %s take no %s %s', async (type, name, value, expected) => {
    expect(await refusalOf(type, { [name]: value })).toBe(
      invalid(`Invalid value for ${name} in the provider details, expected ${expected}.`),
    );
  });

  test('take no more room than a row has', async () => {
    const more = Object.fromEntries(Array.from({ length: 4 }, (_, index) => [`more_${index}`, 'x'.repeat(100_000)]));
    expect(await refusalOf('OIDC', more)).toBe(invalid('The settings may take 390000 bytes in all.'));
  });
});

describe('The metadata of a new SAML provider', () => {
  const file = (MetadataFile: string) => refusalOf('SAML', { MetadataFile });

  test('are a file or an address', async () => {
    expect(await refusalOf('SAML', { MetadataURL: 'https://idp.example.com/metadata' })).toBe(
      invalid('Only one of the MetadataURL or MetadataFile should be provided.'),
    );
  });

  test('say where people sign in, by a redirect', async () => {
    const told = invalid('No SingleSignOn Http redirect binding location found in metadata.');
    expect(await file(samlMetadata.replaceAll('HTTP-Redirect', 'HTTP-Artifact'))).toBe(told);
    expect(await file(samlMetadata.replaceAll('IDPSSODescriptor', 'SPSSODescriptor'))).toBe(told);
    expect(await file(samlMetadata.replace('https://idp.example.com/sso', ''))).toBe(told);
    expect(await file(samlMetadata.replace('https://idp.example.com/sso', 'http://idp.example.com/sso'))).toBe(
      invalid('SSORedirectBindingURI must be an absolute URL that starts with https://'),
    );
  });

  test('need not say where people sign out', async () => {
    const { providers } = await aPoolOf();
    const MetadataFile = samlMetadata.replaceAll(/.*SingleLogoutService.*\n/g, '');
    const made = await providers.create({ ProviderType: 'SAML', ProviderDetails: { MetadataFile } });
    expect(made?.ProviderDetails).toEqual({ MetadataFile, SSORedirectBindingURI: 'https://idp.example.com/sso' });
  });

  test('decide over what a caller says of them', async () => {
    const { providers } = await aPoolOf();
    const made = await providers.create({
      ProviderType: 'SAML',
      ProviderDetails: {
        MetadataFile: samlMetadata,
        SSORedirectBindingURI: 'https://evil.example.com',
        SLORedirectBindingURI: 'https://evil.example.com',
        ActiveEncryptionCertificate: 'MII',
      },
    });
    expect(made?.ProviderDetails).toEqual({ MetadataFile: samlMetadata, ...added.SAML.details });
  });

  test.each([
    ['no text', ' '],
    ['no XML', 'metadata'],
    ['cut off', samlMetadata.slice(0, -10)],
    ['closed in another order', '<a><b></a></b>'],
    ['two documents', `${samlMetadata}${samlMetadata.replace(/^.*\n/, '')}`],
    ['with an attribute twice', samlMetadata.replace("entityID='", "entityID='x' entityID='")],
    ['without a name of the provider', samlMetadata.replace('entityID', 'id')],
    ['of another kind', '<md:EntitiesDescriptor entityID="x"></md:EntitiesDescriptor>'],
    ['with a type declaration', samlMetadata.replace('<md:Entity', '<!DOCTYPE md:EntityDescriptor><md:Entity')],
    [
      'with entities',
      samlMetadata.replace('<md:Entity', '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><md:Entity'),
    ],
    [
      'with a reference to a file',
      samlMetadata.replace('<md:Entity', '<!DOCTYPE x SYSTEM "file:///etc/passwd"><md:Entity'),
    ],
    ['deeper than anybody writes', `${'<a>'.repeat(60)}${'</a>'.repeat(60)}`],
  ])('that are %s are not read', async (_title, text) => {
    expect(await file(text)).toBe(invalid('Unable to unmarshall metadata'));
  });
});

describe('The mapping of a new identity provider', () => {
  test('names attributes of the pool that can change (pools-and-users 55)', async () => {
    const { providers } = await aPoolOf({
      pool: {
        Schema: [
          { Name: 'team', AttributeDataType: 'String', Mutable: true },
          { Name: 'badge', AttributeDataType: 'String', Mutable: false },
          { Name: 'name', AttributeDataType: 'String', Mutable: false, Required: true },
        ],
      },
    });
    const create = (AttributeMapping: Record<string, string>) =>
      refused(providers.create({ ProviderType: 'Google', AttributeMapping }));
    for (const name of ['team', 'custom:other', 'Email', 'identities', 'constructor', 'toString']) {
      expect(await create({ email: 'email', [name]: 'x' })).toBe(
        invalid(`Invalid attribute mapping: ${name}: Attribute does not exist in the schema.`),
      );
    }
    for (const name of ['sub', 'name', 'custom:badge']) {
      expect(await create({ [name]: 'x' })).toBe(
        invalid(`Invalid attribute mapping: ${name}: Attribute is not mutable.`),
      );
    }
    expect(await create({ ['a'.repeat(33)]: 'x' })).toMatch(/at 'attributeMapping' failed .* less than or equal to 32/);
    expect(await create({ '': 'x' })).toMatch(/at 'attributeMapping' failed .* greater than or equal to 1/);
    expect(await create({ 'custom:team': 'team', email_verified: 'x' })).toBe('nothing is refused');
  });

  test('has the name of people in it, also where others are mapped, but for SAML', async () => {
    const { providers } = await aPoolOf();
    const AttributeMapping = { email: 'email' };
    const [google, saml] = [
      await providers.create({ ProviderType: 'Google', AttributeMapping }),
      await providers.create({ ProviderType: 'SAML', AttributeMapping }),
    ];
    expect(google?.AttributeMapping).toEqual({ email: 'email', username: 'sub' });
    expect(saml?.AttributeMapping).toEqual({ email: 'email' });
  });

  test('of levels is for OIDC, and has the four levels', async () => {
    const { providers } = await aPoolOf();
    const AcrMapping = { Level1: 'low' };
    expect(await refused(providers.create({ ProviderType: 'Google', AcrMapping }))).toBe(
      invalid('AcrMapping can be set for identity providers of type OIDC only.'),
    );
    for (const level of ['Level5', 'level1', 'constructor']) {
      expect(await refused(providers.create({ ProviderType: 'OIDC', AcrMapping: { [level]: 'x' } }))).toBe(
        invalid('AcrMapping has the levels Level1 to Level4 and no others.'),
      );
    }
    expect((await providers.create({ ProviderType: 'Google', AcrMapping: {} }))?.AcrMapping).toBeUndefined();
  });
});

describe('The identifiers of a new identity provider', () => {
  const held = (poolId: string): string =>
    `One of the IdpIdentifiers already belongs to another identity provider in user pool ${poolId}`;

  test('lead to one provider, however many ask for them side by side (pools-and-users 55)', async () => {
    const { pool, providers } = await aPoolOf();
    const told = await outcomes(
      Array.from({ length: 5 }, (_, index) =>
        providers.create({
          ProviderType: 'OIDC',
          ProviderName: `Corp${index}`,
          IdpIdentifiers: [`own ${index}`, 'shared'],
        }),
      ),
    );
    expect(told.toSorted()).toEqual([...Array(4).fill(`DuplicateProviderException: ${held(pool.id)}`), 'done']);
    const { Providers = [] } = await providers.list();
    expect(Providers).toHaveLength(1);
    expect((await providers.lookUp('shared'))?.ProviderName).toBe(Providers[0]?.ProviderName);
  });

  test('are different from each other', async () => {
    const { providers } = await aPoolOf();
    expect(await refused(providers.create({ ProviderType: 'OIDC', IdpIdentifiers: ['a', 'b', 'a'] }))).toBe(
      invalid('The same identifier is given twice in IdpIdentifiers.'),
    );
  });

  test('are fifty at most, of forty characters (pools-and-users 58)', async () => {
    const { providers } = await aPoolOf();
    const many = (count: number) => Array.from({ length: count }, (_, index) => `id ${index}`);
    const create = (IdpIdentifiers: string[]) => refused(providers.create({ ProviderType: 'OIDC', IdpIdentifiers }));
    expect(await create(many(51))).toMatch(/at 'idpIdentifiers' failed .* less than or equal to 50/);
    for (const identifier of ['', 'x'.repeat(41), 'a/b', 'ä']) {
      expect(await create([identifier])).toMatch(/^InvalidParameterException: .* at 'idpIdentifiers' failed/);
    }
    expect(await create(many(50))).toBe('nothing is refused');
    expect((await providers.lookUp('id 49'))?.ProviderName).toBe('Corp');
  });

  test('are as many as the deployment allows (pools-and-users 58)', async () => {
    const { providers } = await aPoolOf({ settings: { quotas: { identifiersPerProvider: 2 } } });
    const create = (IdpIdentifiers: string[]) => refused(providers.create({ ProviderType: 'OIDC', IdpIdentifiers }));
    expect(await create(['a', 'b', 'c'])).toBe(
      'LimitExceededException: The limit of 2 identifiers of an identity provider would be exceeded.',
    );
    expect(await create(['a', 'b'])).toBe('nothing is refused');
  });
});

describe('The number of identity providers', () => {
  test('is bounded, however many are added side by side (pools-and-users 58)', async () => {
    const { providers } = await aPoolOf({ settings: { quotas: { identityProvidersPerPool: 2 } } });
    const create = (index: number) => providers.create({ ProviderType: 'OIDC', ProviderName: `Corp${index}` });
    const full = 'LimitExceededException: The limit of 2 identity providers of a user pool would be exceeded.';
    const told = await outcomes([0, 1, 2, 3].map(create));
    expect(told.toSorted()).toEqual([full, full, 'done', 'done']);

    const [first] = (await providers.list()).Providers ?? [];
    await providers.remove(first?.ProviderName ?? '');
    expect(await outcomes([create(4)])).toEqual(['done']);
    expect(await outcomes([create(5)])).toEqual([full]);
  });

  test('does not hide that a name is taken', async () => {
    const { pool, providers } = await aPoolOf({ settings: { quotas: { identityProvidersPerPool: 1 } } });
    await providers.create({ ProviderType: 'Google' });
    expect(await refused(providers.create({ ProviderType: 'Google' }))).toBe(
      `DuplicateProviderException: Google already exists in user pool ${pool.id}`,
    );
  });
});

describe('The pool of a new identity provider', () => {
  test('is there', async () => {
    const { service } = await aPoolOf();
    const nowhere = providersOf(service, { id: 'us-east-1_000000000' });
    expect(await refused(nowhere.create({ ProviderType: 'Google' }))).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
  });
});
