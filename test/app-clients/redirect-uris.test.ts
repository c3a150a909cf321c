import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRedirectUri } from '../../lambdas/clients/redirect-uris.ts';

describe('A redirect URI', () => {
  test.each([
    'https://a.example',
    'https://a.example:8443/path?x=1',
    'HTTPS://A.example/',
    'http://localhost',
    'http://localhost:3000/done',
    'http://127.0.0.1:3000/',
    'http://[::1]:3000/',
    'myapp://done',
    'com.example.app:/done',
  ])('may be %s', (uri) => {
    expect(isRedirectUri(uri)).toBe(true);
  });

  test.each([
    '',
    'a.example',
    '/done',
    '//a.example/',
    'https://a.example/#here',
    'https://a.example/#',
    'http://a.example/',
    'http://localhost.example/',
    'http://127.0.0.1.example/',
    'http://localhost@a.example/',
    'https:a.example',
    'https:///a.example',
    'https:\\\\a.example',
    'https://',
    'http:localhost',
    'javascript:alert(1)',
    'JavaScript://a.example/%0aalert(1)',
    'vbscript:x',
    'data:text/html,x',
    'blob:https://a.example/x',
    'file:///etc/passwd',
    'about:blank',
  ])('may not be %s', (uri) => {
    expect(isRedirectUri(uri)).toBe(false);
  });

  test('never leads a browser to run something, whatever is typed', () => {
    const scheme = fc.constantFrom('javascript:', 'JAVASCRIPT:', 'data:', 'vbscript:', 'blob:', 'file:');
    fc.assert(fc.property(scheme, fc.string(), (start, rest) => !isRedirectUri(start + rest)));
  });

  test('is decided for any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof isRedirectUri(text) === 'boolean'));
  });
});
