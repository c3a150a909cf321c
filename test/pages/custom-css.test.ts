/** CSS that is kept, as a real browser reads it: rules of the listed classes, with the listed properties, loading nothing. */
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { cssTreeReader } from '../../lambdas/adapters/css-tree/css-tree-reader.ts';
import { requireCustomCss } from '../../lambdas/branding/css/custom-css.ts';
import { Refusal } from '../../lambdas/core/contract/errors.ts';
import { sayAbsent } from '../clients/outside-programs.ts';
import { allowed, hostileCss, properties } from '../support/generated-css.ts';
import { openBrowsers } from './browser.ts';

const { browsers, absence } = await openBrowsers();
if (absence !== '') sayAbsent([], absence);

/** Of much hostile CSS, what was not refused; the same in every run. */
const kept: readonly string[] = fc.sample(hostileCss, { numRuns: 4_000, seed: 7 }).flatMap((css) => {
  try {
    return [requireCustomCss(cssTreeReader, css)];
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
});

interface Reading {
  /** Of each rule: what kind it is, its selectors, and what it says of what. */
  readonly rules: readonly {
    readonly kind: string;
    readonly selectors: readonly string[];
    readonly properties: readonly (readonly [string, string])[];
  }[];
  /** How many there are in a document whose one style element has the CSS as its text. */
  readonly elements: number;
  /** The selector of a rule that follows the CSS. */
  readonly following: string | undefined;
}

interface Readings {
  readonly readings: readonly Reading[];
  /** What each property is short for. */
  readonly long: Readonly<Record<string, readonly string[]>>;
}

/** Runs in the browser, whose types are not known here. */
const readAll = (sheets: readonly string[]): string => `(() => {
  const rulesOf = (text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return [...sheet.cssRules];
  };
  const describeRule = (rule) => ({
    kind: rule.constructor.name,
    selectors: rule.selectorText?.split(', ') ?? [],
    properties: [...(rule.style ?? [])].map((name) => [name, rule.style.getPropertyValue(name)]),
  });
  const read = (css) => ({
    rules: rulesOf(css).map(describeRule),
    elements: new DOMParser().parseFromString('<style>' + css + '</style>', 'text/html').querySelectorAll('*').length,
    following: rulesOf(css + '.following{color:red}').at(-1)?.selectorText,
  });
  const longFor = (property) => {
    const { style } = document.createElement('i');
    style.cssText = property + ': inherit';
    return [...style];
  };
  return {
    readings: ${JSON.stringify(sheets)}.map(read),
    long: Object.fromEntries(${JSON.stringify(properties)}.map((property) => [property, longFor(property)])),
  };
})()`;

describe.each(browsers)('kept CSS in a browser', (browser) => {
  afterAll(() => browser.close());

  test('is what the list has, does not reach beyond itself, and asks for nothing', async () => {
    expect(kept.length).toBeGreaterThan(400);
    const page = await browser.newPage();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    const { readings, long } = await page.evaluate<Readings>(readAll(kept));
    const mayHave = (selector: string): readonly string[] =>
      Object.entries(allowed).flatMap(([each, own]) =>
        each === selector ? own.flatMap((name) => long[name] ?? []) : [],
      );
    for (const [index, { rules, elements, following }] of readings.entries()) {
      const css = kept[index];
      for (const { kind, selectors, properties: said } of rules) {
        expect(kind, css).toBe('CSSStyleRule');
        for (const selector of selectors) {
          expect(Object.keys(allowed), css).toContain(selector);
          expect(mayHave(selector), css).toEqual(expect.arrayContaining(said.map(([name]) => name)));
        }
        for (const [, value] of said) expect(value, css).not.toMatch(/url|var|attr|image-set|"/i);
      }
      // The document, its head with the style, and its body.
      expect(elements, css).toBe(4);
      expect(following, css).toBe('.following');
    }
    expect(readings.flatMap(({ rules }) => rules.flatMap(({ properties: said }) => said)).length).toBeGreaterThan(300);
    expect(requests).toEqual([]);
  });
});
