import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOriginOf } from '../../../lambdas/core/rules/passkey-origins.ts';

const label = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
const domain = fc.array(label, { minLength: 2, maxLength: 4 }).map((labels) => labels.join('.'));

describe('The origin of a passkey', () => {
  test.each([
    ['example.com', 'https://example.com'],
    ['example.com', 'https://login.example.com'],
    ['example.com', 'https://a.b.example.com:8443'],
    ['Example.COM', 'https://example.com'],
    ['localhost', 'http://localhost'],
    ['localhost', 'http://localhost:3000'],
    ['localhost', 'https://localhost'],
    ['auth.localhost', 'http://auth.localhost:9000'],
  ])('of %s may be %s', (relyingPartyId, origin) => {
    expect(isOriginOf(relyingPartyId, origin)).toBe(true);
  });

  test.each([
    ['example.com', 'http://example.com'],
    ['example.com', 'https://notexample.com'],
    ['example.com', 'https://example.com.evil.org'],
    ['example.com', 'https://evil.org/example.com'],
    ['example.com', 'https://evil.org#.example.com'],
    ['example.com', 'https://example.com@evil.org'],
    ['example.com', 'https://user@example.com'],
    ['example.com', 'https://example.com/'],
    ['example.com', 'https://example.com:443'],
    ['example.com', 'https://EXAMPLE.com'],
    ['example.com', 'https:example.com'],
    ['example.com', ' https://example.com'],
    ['example.com', 'https://example.com\\@evil.org'],
    ['example.com', 'https://com'],
    ['example.com', 'ftp://example.com'],
    ['example.com', 'android:apk-key-hash:AAAA'],
    ['example.com', 'null'],
    ['example.com', ''],
    ['example.com', 'blob:https://example.com/0'],
    ['login.example.com', 'https://example.com'],
    ['localhost', 'http://localhost.evil.org'],
    ['localhost', 'http://127.0.0.1'],
    ['127.0.0.1', 'http://127.0.0.1'],
    ['0.0.1', 'https://127.0.0.1'],
    ['[::1]', 'https://[::1]'],
  ])('of %s is not %s', (relyingPartyId, origin) => {
    expect(isOriginOf(relyingPartyId, origin)).toBe(false);
  });

  test('is allowed below any domain, and nowhere beside it', () => {
    fc.assert(
      fc.property(domain, label, label, (own, below, beside) => {
        expect(isOriginOf(own, `https://${own}`)).toBe(true);
        expect(isOriginOf(own, `https://${below}.${own}`)).toBe(true);
        expect(isOriginOf(own, `https://${beside}${own}`)).toBe(false);
        expect(isOriginOf(own, `https://${own}.${beside}`)).toBe(`${own}.${beside}`.endsWith(`.${own}`));
        expect(isOriginOf(own, `http://${own}`)).toBe(own === 'localhost' || own.endsWith('.localhost'));
      }),
    );
  });

  test('whatever text there is, only leads to the host that a browser would ask', () => {
    fc.assert(
      fc.property(
        domain,
        fc.webUrl({ withFragments: true, withQueryParameters: true }),
        fc.string(),
        (own, url, noise) => {
          for (const text of [
            url,
            noise,
            `https://${noise}${own}`,
            `https://${own}${noise}`,
            `https://${noise}.${own}`,
          ]) {
            if (!isOriginOf(own, text)) continue;
            const { hostname, protocol, origin } = new URL(text);
            expect([origin, protocol]).toEqual([text, 'https:']);
            expect(hostname === own || hostname.endsWith(`.${own}`)).toBe(true);
          }
        },
      ),
    );
  });
});
