/** What is kept of CSS: never more than the pages allow, whatever stands in it, and all of that to the letter. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cssTreeReader } from '../../lambdas/adapters/css-tree/css-tree-reader.ts';
import { requireCustomCss } from '../../lambdas/branding/css/custom-css.ts';
import { Refusal } from '../../lambdas/core/contract/errors.ts';
import { hostileCss, properties, selectors } from '../support/generated-css.ts';

const kept = (css: string): string => requireCustomCss(cssTreeReader, css);

/** What is said of CSS: what it is refused with, or what is kept of it. */
function verdict(css: string): string {
  try {
    return `kept: ${kept(css)}`;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

const invalid = /^The CSS in line \d+ is invalid$/;

/** The classes and properties that the developer guide's own template sets. */
const template = `
.logo-customizable { max-width: 60%; max-height: 30%; }
.banner-customizable { padding: 25px 0px 25px 0px; background-color: lightgray; }
.label-customizable { font-weight: 400; }
.textDescription-customizable { padding-top: 10px; padding-bottom: 10px; display: block; font-size: 16px; }
.idpDescription-customizable { padding-top: 10px; padding-bottom: 10px; display: block; font-size: 16px; }
.legalText-customizable { color: #747474; font-size: 11px; }
.submitButton-customizable {
	font-size: 14px; font-weight: bold; margin: 20px 0px 10px 0px; height: 40px; width: 100%;
	color: #fff; background-color: #337ab7;
}
.submitButton-customizable:hover { color: #fff; background-color: #286090; }
.errorMessage-customizable {
	padding: 5px; font-size: 14px; width: 100%; background: #F5F5F5; border: 2px solid #D64958; color: #D64958;
	margin: 0 auto; box-sizing: border-box;
}
.inputField-customizable { width: 100%; height: 34px; color: #555; background-color: #fff; border: 1px solid #ccc; }
.inputField-customizable:focus { border-color: #66afe9; outline: 0; }
.idpButton-customizable {
	height: 40px; width: 100%; text-align: center; margin-bottom: 15px; color: #fff; background-color: #5bc0de;
	border-color: #46b8da;
}
.idpButton-customizable:hover { color: #fff; background-color: #31b0d5; }
.socialButton-customizable { border-radius: 2px; height: 40px; margin-bottom: 15px; text-align: left; width: 100%; }
.redirect-customizable { }
.passwordCheck-notValid-customizable { color: #DF3312; }
.passwordCheck-valid-customizable { color: #19BF00; }
.background-customizable { background-color: #faf; }
`;

describe('CSS of the classic pages', () => {
  test('may set every class and property of the list', () => {
    expect(kept(template)).toBe(template);
    expect(kept(template.replaceAll('\n', '\r\n'))).toBe(template.replaceAll('\n', '\r\n'));
  });

  test.each([
    [''],
    [' \n\t'],
    ['/* nothing but words: url(//x), @import, é */'],
    ['.label-customizable{}'],
    ['.label-customizable{font-weight:bold}'],
    ['.label-customizable{;;font-weight:bold;;}'],
    ['.label-customizable /* here */ { /* and */ font-weight /* there */ : /**/ 400 /* too */ ; }'],
    ['.label-customizable { FONT-WEIGHT: BOLD !IMPORTANT }'],
    ['.idpButton-customizable, .submitButton-customizable { color: red; width: calc(100% - 2 * (1px + 3em)) }'],
    ['.legalText-customizable { color: rgba(1, 2, 3, .5) } .legalText-customizable { color: hsl(120DEG 10% 5% / 1) }'],
    ['.banner-customizable { padding: -1.5e1px +2PX 0 1% }'],
  ])('keeps %j to the letter', (css) => {
    expect(kept(css)).toBe(css);
  });

  test.each([
    ['.label-customizable { color: red; font-weight: bold; }', '.label-customizable {  font-weight: bold; }'],
    ['.label-customizable { font-weight: bold; z-index: 9 }', '.label-customizable { font-weight: bold;  }'],
    ['.label-customizable{position:absolute;position:relative}', '.label-customizable{}'],
    ['.redirect-customizable { text-align: center; }', '.redirect-customizable {  }'],
    ['.label-customizable { font-family: "a; } b", \'c\'; }', '.label-customizable {  }'],
    ['.label-customizable { transform: rotate(1deg) scale(2); }', '.label-customizable {  }'],
    ['.label-customizable { --x: var(--y, 1px); }', '.label-customizable {  }'],
    ['.idpButton-customizable:hover { width: 1px; color: red }', '.idpButton-customizable:hover {  color: red }'],
    [
      '.submitButton-customizable, .legalText-customizable { color: red; width: 5px; }',
      '.submitButton-customizable, .legalText-customizable { color: red;  }',
    ],
  ])('leaves out of %j what does not belong to its class', (css, rest) => {
    expect(kept(css)).toBe(rest);
  });

  test.each([
    ['.nobody', '.nobody'],
    ['.label-Customizable', '.label-Customizable'],
    ['.label-customizable:hover', '.label-customizable:hover'],
    ['.submitButton-customizable:Hover', '.submitButton-customizable:Hover'],
    ['.label-customizable, .nobody', '.nobody'],
    [`.${'x'.repeat(500)}`, `.${'x'.repeat(99)}`],
    ['.constructor', '.constructor'],
    ['.étiquette', '.étiquette'],
  ])('does not know the class %j', (selector, shown) => {
    expect(verdict(`${selector} { color: red }`)).toBe(`The CSS class ${shown} is not in the list of allowed classes.`);
  });

  test.each([
    ['body { color: red }'],
    ['* { color: red }'],
    ['#id { color: red }'],
    ['.label-customizable .legalText-customizable { color: red }'],
    ['.label-customizable > .legalText-customizable { color: red }'],
    ['.label-customizable.legalText-customizable { color: red }'],
    ['.label-customizable::before { color: red }'],
    ['.submitButton-customizable/**/:hover { color: red }'],
    ['.submitButton-customizable :hover { color: red }'],
    ['./**/label-customizable { color: red }'],
    ['.label-customizable:not(.x) { color: red }'],
    ['.label-customizable[x] { color: red }'],
    ['.label-customizable, { color: red }'],
    [', .label-customizable { color: red }'],
    ['{ color: red }'],
    ['&:hover { color: red }'],
  ])('has no selector like that of %j', (css) => {
    expect(verdict(css)).toMatch(invalid);
  });
});

describe('CSS that is up to something', () => {
  const inBlock = (text: string): string => `.legalText-customizable { color: red; ${text} }`;

  test.each([
    ['@import "//evil.example";'],
    ['@IMPORT url(//evil.example);'],
    ['@charset "utf-8";'],
    ['@supports (color: red) { .legalText-customizable { color: red } }'],
    ['@page { margin: 0 }'],
    ['@media all { .legalText-customizable { color: red } }'],
    ['@font-face { font-family: x; src: url(//evil.example) }'],
    ['@\\69mport "//evil.example";'],
    ['@/**/import "//evil.example";'],
    ['<!-- .legalText-customizable { color: red } -->'],
    ['.legalText-customizable { color: red } -->'],
    ['</style><script>alert(1)</script>'],
    ['/* </style><script>alert(1)</script> */'],
    ['\ufeff.legalText-customizable { color: red }'],
    ['.legalText-customizable { color: red'],
    ['.legalText-customizable { color: red }}'],
    ['.legalText-customizable { color: red } /* and so on'],
    ['.legalText-customizable { color: red } /*/'],
    ['.legalText-customizable'],
    ['.legalText-customizable {'],
    ['.legalText-customizable { color'],
    ['.legalText-customizable { color: }'],
    ['.legalText-customizable { : red }'],
    ['.legalText-customizable { color red }'],
  ])('%j is refused', (css) => {
    expect(verdict(css)).toMatch(invalid);
  });

  test.each([
    ['background: url(//evil.example)'],
    ['background: URL("//evil.example")'],
    ['color: url( )'],
    ['z-index: url(//evil.example)'],
    ['color: \\75rl(//evil.example)'],
    ['color: u\\rl(//evil.example)'],
    ['\\63olor: red'],
    ['color: red\\;'],
    ['color: expression(alert(1))'],
    ['width: EXPRESSION(alert(1))'],
    ['color: image-set("//evil.example" 1x)'],
    ['color: src("//evil.example")'],
    ['color: var(--x)'],
    ['color: attr(x)'],
    ['color: "red"'],
    ['color: red !ie'],
    ['color: red !important blue'],
    ['color: red blue("x")'],
    ['color: rgb(1, 2'],
    ['color: rgb(1; } .nobody { color: red'],
    ['color: rgb(1 })'],
    ['color: (1'],
    ['color: 1)'],
    ['color: [1]'],
    ['color: {1}'],
    ['--x: {}'],
    ['filter: progid:DXImageTransform.Microsoft.gradient()'],
    ['behavior: url(x.htc)'],
    ['BEHAVIOR: none'],
    ['-ms-behavior: x'],
    ['-moz-binding: none'],
    ['position: fixed'],
    ['Position : /**/ FIXED'],
    ['position: absolute fixed'],
    ['*zoom: 1'],
    ['& .x { color: red }'],
    ['.x { color: red }'],
    ['font-family: "x'],
    ['font-family: "x\n"'],
    ["font-family: 'x"],
    ['color: r\u00e9d'],
    ['color: red\0'],
    ['color: red\u000c'],
    ['color: \u00a0red'],
    ['color: 1é'],
    ['color: #é'],
    ['color: 5--'],
    ['color: 0env(x)'],
    ['font-size: 1xyz'],
    ['color: red (x)'],
    ['color: 0 (x)'],
    ['color: @x'],
  ])('%j is refused in a block', (text) => {
    expect(verdict(inBlock(text))).toMatch(invalid);
  });

  test('is told the line that it was found in', () => {
    expect(verdict('/*\n*/\r\n.legalText-customizable {\r color: url(x) }')).toBe('The CSS in line 4 is invalid');
    expect(verdict('\n\n.legalText-customizable { \\ }')).toBe('The CSS in line 3 is invalid');
  });

  test('is read in a time that grows with its length alone', () => {
    const openings = ['/*', '(', '{', ';', '!', '.a', 'calc(', '"', '-', '.label-customizable{', 'color:red;', ','];
    for (const opening of openings) {
      expect(verdict(opening.repeat(Math.floor(131_072 / opening.length)))).not.toMatch(/^kept/);
      expect(verdict(inBlock(`color: ${opening.repeat(40_000)}`))).not.toMatch(/^kept: .*\(/);
    }
  });
});

/** Another reading than that of the product: what may stand there, as one expression over the whole text. */
const blank = String.raw`(?:[ \t\r\n]|/\*(?:[^*<\\]|\*(?!/))*\*/)*`;
const word = `-?[a-zA-Z]+(?:-[a-zA-Z]+)*`;
const number = String.raw`[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?:%|px|em|rem|ex|ch|vw|vh|vmin|vmax|pt|pc|in|cm|mm|q|deg|rad|grad|turn)?`;
const atom = String.raw`(?:${word}|${number}|#[0-9a-fA-F]{3,8}|[,/+*()-]|![ \t\r\n]*)`;
const selector = selectors.map((each) => each.replace('.', '\\.')).join('|');
const property = properties.join('|');
const value = `(?:${blank}${atom})+${blank}`;
const declarations = `(?:${blank}(?:(?:${property})${blank}:${value})?;)*${blank}(?:(?:${property})${blank}:${value})?`;
const sheet = new RegExp(
  String.raw`^(?:${blank}(?:${selector})${blank}(?:,${blank}(?:${selector})${blank})*\{${declarations}\})*${blank}$`,
  'i',
);
const functions = /([a-z-]+)\(/gi;
const count = (text: string, character: string): number => text.split(character).length - 1;
const withoutComments = (css: string): string => css.replace(/\/\*[\s\S]*?\*\//g, ' ');

describe('What is kept of any CSS', () => {
  test('holds selectors, properties, words, numbers and colours of the list, and nothing else', () => {
    let accepted = 0;
    fc.assert(
      fc.property(hostileCss, (css) => {
        const found = verdict(css);
        if (!found.startsWith('kept: ')) return;
        accepted += 1;
        const rest = found.slice('kept: '.length);
        const bare = withoutComments(rest);
        expect(bare).toMatch(sheet);
        expect(rest).not.toMatch(/[<\\\0]/);
        expect(bare).not.toMatch(/@|url|expression|behavior|binding|fixed|["'`[\]]/i);
        for (const part of bare.split(/[;{}]/)) expect(count(part, '(')).toBe(count(part, ')'));
        for (const [, name = ''] of bare.matchAll(functions)) {
          expect(['rgb', 'rgba', 'hsl', 'hsla', 'calc']).toContain(name.toLowerCase());
        }
      }),
      { numRuns: 3_000 },
    );
    // The property would hold of a check that refuses everything as well.
    expect(accepted).toBeGreaterThan(300);
  });

  test('is kept whole the next time', () => {
    fc.assert(
      fc.property(hostileCss, (css) => {
        const found = verdict(css);
        if (found.startsWith('kept: ')) expect(verdict(found.slice('kept: '.length))).toBe(found);
      }),
      { numRuns: 2_000 },
    );
  });

  test('is what stood there, but for whole declarations', () => {
    fc.assert(
      fc.property(hostileCss, (css) => {
        const found = verdict(css);
        if (!found.startsWith('kept: ')) return;
        let at = 0;
        for (const character of found.slice('kept: '.length)) {
          at = css.indexOf(character, at);
          expect(at).toBeGreaterThanOrEqual(0);
          at += 1;
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
