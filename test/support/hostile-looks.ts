/** Domains, styles, terms and CSS, as those who mean no good would send them: right, nearly right, and wrong. */
import fc from 'fast-check';
import type { BuiltClient } from './builders.ts';
import { createDomain, newPrefix } from './domains.ts';
import { png, svg } from './images.ts';
import { SECRET_MARK } from './marked-secrets.ts';
import type { Service } from './start-service.ts';
import { asset, createStyle } from './styles.ts';
import { createTerms } from './terms.ts';

/** What there is to be named once the pool has a domain, and the client a style and terms. */
export async function someLooks(
  service: Service,
  app: BuiltClient,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const domain = newPrefix();
  await createDomain(service, app.poolId, domain);
  const style = await createStyle(service, app, { Settings: {}, Assets: [asset()] });
  const { TermsId = '' } = await createTerms(service, app);
  return { Domain: [domain], ManagedLoginBrandingId: [style.id], TermsId: [TermsId] };
}

const attacks = ['javascript:alert(1)', `https://${SECRET_MARK}@example.com`, 'https://', '\u0000', ' https://x.test'];

/** What such members may be; where they are optional, they are mostly left out. */
export const looks: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  TermsName: fc.constantFrom('terms-of-use', 'privacy-policy'),
  Links: fc.oneof(
    { weight: 3, arbitrary: fc.constant({ 'cognito:default': 'https://example.com/terms' }) },
    { weight: 1, arbitrary: fc.constantFrom(...attacks).map((link) => ({ 'cognito:default': link })) },
    { weight: 1, arbitrary: fc.constant(JSON.parse('{"__proto__": "https://example.com"}')) },
  ),
  CSS: seldom('.logo-customizable {max-width: 60%;}', '</style><script>', '@import "x";', '.label-customizable {'),
  ImageFile: seldom(Buffer.from(png()).toString('base64'), Buffer.from(svg()).toString('base64')),
};

/** Mostly the member is left out. */
function seldom(...values: readonly unknown[]): fc.Arbitrary<unknown> {
  return fc.option(fc.constantFrom(...values), { freq: 1, nil: undefined });
}
