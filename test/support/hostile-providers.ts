/** Identity providers and accounts at them, as those who mean no good would name them: right, nearly right, and wrong. */
import fc from 'fast-check';
import { awkwardTexts } from './generated-texts.ts';
import { SECRET_MARK } from './marked-secrets.ts';
import { neededDetails, samlMetadata } from './providers.ts';

/** Of a provider of each pool. */
export const knownIdentifier = 'mail';

interface Named {
  readonly named: Readonly<Record<string, readonly string[]>>;
}

/** `name` is one of somebody. */
export function providersIn({ named }: Named, name: string): Readonly<Record<string, fc.Arbitrary<unknown>>> {
  const names = named['ProviderName'] ?? [];
  const provider = fc.constantFrom(...names, 'Cognito', 'Office', 'Facebook', 'constructor');
  const attribute = fc.constantFrom('Cognito_Subject', 'Cognito_Subject', 'Cognito_Subject', 'email', '__proto__');
  const subject = fc.oneof(
    fc.constantFrom(`${SECRET_MARK}-1`, `${SECRET_MARK}-2`, name),
    fc.constantFrom(...awkwardTexts),
  );
  const account = fc.record(
    { ProviderName: provider, ProviderAttributeName: attribute, ProviderAttributeValue: subject },
    { requiredKeys: ['ProviderName', 'ProviderAttributeValue'] },
  );
  const somebody = fc.record({
    ProviderName: fc.constant('Cognito'),
    ProviderAttributeName: fc.constant('Cognito_Subject'),
    ProviderAttributeValue: fc.constant(name),
  });
  return {
    ProviderName: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...names, 'Office') },
      fc.stringMatching(/^Fresh\d{4}$/),
    ),
    ProviderType: fc.constantFrom('OIDC', 'OIDC', 'OIDC', 'SAML', 'Google'),
    ProviderDetails: details,
    AttributeMapping: seldom(
      {},
      { email: 'mail' },
      { email: 'mail' },
      { sub: 'sub' },
      JSON.parse('{"__proto__": "x"}'),
    ),
    IdpIdentifiers: seldom([], [knownIdentifier], ['one'], ['one', 'two'], ['one', 'one']),
    IdpIdentifier: fc.constantFrom(knownIdentifier, knownIdentifier, 'one', 'constructor'),
    AcrMapping: seldom({}, { Level1: 'low' }, JSON.parse('{"__proto__": "x"}')),
    DestinationUser: fc.oneof({ weight: 4, arbitrary: somebody }, account),
    SourceUser: account,
    User: fc.oneof(account, somebody),
  };
}

/** Mostly the member is left out. */
const seldom = (...values: readonly unknown[]) => fc.option(fc.constantFrom(...values), { freq: 1, nil: undefined });

const secret = { client_secret: `${SECRET_MARK}-of-a-provider` };

const details = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom({ ...neededDetails.OIDC, ...secret }, { ...neededDetails.Google, ...secret }),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      neededDetails.SAML,
      { MetadataFile: samlMetadata.replace('</md:EntityDescriptor>', '') },
      { MetadataFile: `<!DOCTYPE a [<!ENTITY b "${'c'.repeat(1000)}">]><a>&b;</a>` },
      { ...neededDetails.OIDC, oidc_issuer: `http://169.254.169.254/${SECRET_MARK}` },
      JSON.parse(`{"__proto__": "x", "constructor": "${SECRET_MARK}"}`),
    ),
  },
);
