import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { xmlElements } from '../../../lambdas/core/rules/xml-elements.ts';

const shown = (text: string) =>
  xmlElements(text)?.map(({ path, attributes }) => [path, Object.fromEntries(attributes)] as const);

describe('xmlElements', () => {
  test('names each element by its path, with its attributes', () => {
    const text = `\uFEFF<?xml version="1.0"?><!-- <x> -->
      <md:a xmlns:md = "urn:x" b='1'><c/>text <c d="&lt;&amp;&#65;&#x1F600;&apos;">&amp;<e></e ></c><![CDATA[<f>]]></md:a>
      <!-- done -->`;
    expect(shown(text)).toEqual([
      ['a', { 'xmlns:md': 'urn:x', b: '1' }],
      ['a/c', {}],
      ['a/c', { d: "<&A😀'" }],
      ['a/c/e', {}],
    ]);
  });

  test('leaves references alone that it does not know, or that name no character', () => {
    const value = '&nbsp;&#xFFFFFF;&#99999999;& &';
    expect(shown(`<a b="${value}"/>`)).toEqual([['a', { b: value }]]);
  });

  test.each([
    '',
    'text',
    '<a>',
    '</a>',
    '<a></b>',
    '<a><b></a></b>',
    '<a/><b/>',
    '<a/>text',
    'text<a/>',
    '<a b/>',
    '<a b=c/>',
    '<a b="c/>',
    '<a b="<"/>',
    '<a b="1" b="2"/>',
    '<a b="1"c="2"/>',
    '< a/>',
    '<1/>',
    '<a',
    '<a><!-- </a>',
    '<a><![CDATA[</a>',
    '<![CDATA[x]]><a/>',
    '<!DOCTYPE a><a/>',
    '<a><!ENTITY x "y"></a>',
    '<!doctype a><a/>',
    '<?xml',
  ])('reads nothing of %j', (text) => {
    expect(xmlElements(text)).toBeUndefined();
  });

  test('reads whatever it is given to its end, however it is made', () => {
    for (const part of [
      '<',
      '<a',
      '<a ',
      '<a b="',
      '<!--',
      ' a=""',
      '&#',
      '<a/>',
      '<a>',
      '</',
      '<?',
      ']]>',
      '"',
      ' ',
    ]) {
      const text = part.repeat(Math.ceil(131_072 / part.length));
      expect([part, xmlElements(text)]).toEqual([part, undefined]);
      expect([part, xmlElements(`<a x${text}`)]).toEqual([part, undefined]);
    }
    const pieces = fc.constantFrom(
      '<',
      '>',
      '/',
      'a',
      ' b="c"',
      '<a>',
      '</a>',
      '<!--',
      '-->',
      '&lt;',
      '=',
      '"',
      '😀',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        xmlElements(parts.join(''));
      }),
    );
  });
});
