import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeHtml, fillHtml, fillSubject, fillText } from '../../../lambdas/core/messages/rendering.ts';

const values = { '{####}': '012345', '{username}': 'ada' };

describe('A template', () => {
  test('gets the code and the name at every place that asks for them', () => {
    expect(fillText('{username}: {####}, {####} for {username}', values)).toBe('ada: 012345, 012345 for ada');
  });

  test('keeps placeholders that have no value, and braces that are none', () => {
    expect(fillText('{username} {name} {##here##} {###} {####', { '{####}': '1' })).toBe(
      '{username} {name} {##here##} {###} {####',
    );
  });

  test('puts values in as they are, whatever they look like', () => {
    const tricky = { '{####}': '{username}', '{username}': "{####}$&$1$'" };
    expect(fillText('{username} {####}', tricky)).toBe("{####}$&$1$' {username}");
  });

  test('escapes values in HTML, and leaves its own markup alone', () => {
    expect(fillHtml('<b>{username}</b>', { '{username}': `<img src=x onerror="a('&')">` })).toBe(
      '<b>&#60;img src=x onerror=&#34;a(&#39;&#38;&#39;)&#34;&#62;</b>',
    );
  });

  test('never lets a value open a tag or leave an attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        expect(escapeHtml(value)).not.toMatch(/[<>"']/);
        expect(escapeHtml(value)).not.toMatch(/&(?!#\d+;)/);
      }),
    );
  });

  test('is text around its values, nothing more and nothing less', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (before, code, after) => {
        fc.pre(!/\{####\}|\{username\}/.test(before + after));
        fc.pre(!`${before}{####}${after}`.replace('{####}', '').includes('{####}'));
        expect(fillText(`${before}{####}${after}`, { '{####}': code })).toBe(before + code + after);
      }),
    );
  });
});

describe('A template with a link', () => {
  const link = 'https://id.example/confirmUser?a=1&b="<';

  test('links every text that asks for it, beside codes and names', () => {
    const template = '{##Click here##} or {##<b>there</b>##}: {####} {username} {#####}';
    const anchor = '<a href="https://id.example/confirmUser?a=1&#38;b=&#34;&#60;">';
    expect(fillHtml(template, { ...values, link })).toBe(
      `${anchor}Click here</a> or ${anchor}<b>there</b></a>: 012345 ada ${anchor}#</a>`,
    );
    expect(fillText('{##Click here##}{##', { link })).toBe(`Click here (${link}){##`);
  });

  test('links what its shape takes for a link, braces and lines in it included', () => {
    const text = fc.string({ minLength: 1 }).filter((one) => !one.includes('##}') && !one.startsWith('##'));
    fc.assert(
      fc.property(text, (one) => {
        fc.pre(!/\{####\}|\{username\}/.test(`{##${one}##}`));
        expect(fillText(`{##${one}##}`, { link: 'L' })).toBe(`${one} (L)`);
      }),
    );
  });

  test('is read in a moment, however often a link begins and does not end', () => {
    const template = `{##x##}${'{##'.repeat(6000)}`;
    const begun = performance.now();
    for (let times = 0; times < 20; times += 1) fillHtml(template, { link });
    expect(performance.now() - begun).toBeLessThan(1000);
  });
});

describe('A subject', () => {
  test('is one line without control characters', () => {
    expect(fillSubject(' Your code\r\nBcc: eve@example.com\t{####}\u0000 ', values)).toBe(
      'Your code Bcc: eve@example.com 012345',
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (template, username) => {
        expect(fillSubject(`${template}{username}`, { '{username}': username })).not.toMatch(/\p{Cc}|[\u2028\u2029]/u);
      }),
    );
  });
});
