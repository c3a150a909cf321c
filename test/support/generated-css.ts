/** CSS as an attacker would write it: sound rules, with whatever may hide something at every place where there is room. */
import fc from 'fast-check';

/** What the developer guide lists, once more, and apart from what the product has of it. */
export const allowed = {
  '.background-customizable': ['background-color'],
  '.banner-customizable': ['background-color', 'padding'],
  '.errorMessage-customizable': [
    'margin',
    'padding',
    'font-size',
    'width',
    'background',
    'border',
    'color',
    'box-sizing',
  ],
  '.idpButton-customizable': [
    'height',
    'width',
    'text-align',
    'margin-bottom',
    'color',
    'background-color',
    'border-color',
  ],
  '.idpButton-customizable:hover': ['color', 'background-color'],
  '.idpDescription-customizable': ['padding-top', 'padding-bottom', 'display', 'font-size'],
  '.inputField-customizable': ['width', 'height', 'color', 'background-color', 'border'],
  '.inputField-customizable:focus': ['border-color', 'outline'],
  '.label-customizable': ['font-weight'],
  '.legalText-customizable': ['color', 'font-size'],
  '.logo-customizable': ['max-width', 'max-height'],
  '.passwordCheck-notValid-customizable': ['color'],
  '.passwordCheck-valid-customizable': ['color'],
  '.redirect-customizable': [],
  '.socialButton-customizable': ['height', 'text-align', 'width', 'margin-bottom', 'border-radius'],
  '.submitButton-customizable': ['font-size', 'font-weight', 'margin', 'width', 'height', 'color', 'background-color'],
  '.submitButton-customizable:hover': ['color', 'background-color'],
  '.textDescription-customizable': ['padding-top', 'padding-bottom', 'display', 'font-size'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

const entries: readonly (readonly [string, readonly string[]])[] = Object.entries(allowed);

export const selectors = entries.map(([selector]) => selector);

/** Every property that some class may have. */
export const properties = [...new Set(entries.flatMap(([, list]) => list))];

const values = [
  'red',
  '#fff',
  '#A1b2C3d4',
  '0',
  '-1.5em',
  '100%',
  '1px solid #ccc',
  'rgb(1, 2, 3)',
  'HSLA(10deg 20% 30% / 0.5)',
  'calc((100% - 2px) / 3)',
  'bold !important',
  'border-box',
];

const sly = fc.constantFrom(
  'url(//evil.example)',
  'URL( "//evil.example" )',
  '\\75rl(//evil.example)',
  'u\\72l(//evil.example)',
  'u/**/rl(//evil.example)',
  'image-set("//evil.example" 1x)',
  'src("//evil.example")',
  'var(--x)',
  'attr(data-x)',
  'env(x)',
  'expression(alert(1))',
  'expr/**/ession(alert(1))',
  '"a string"',
  "'un",
  '"\n"',
  '{',
  '}',
  '[x]',
  '(',
  ')',
  ';',
  ':',
  '@import "//evil.example";',
  '@media all { .label-customizable { color: red } }',
  '</style><script>alert(1)</script>',
  '<!--',
  '-->',
  '/*',
  '*/',
  '/*/',
  '/**/',
  '/* url(//evil.example) } */',
  '\\',
  '\\;',
  '\\}',
  '\0',
  '\u000c',
  '\u00a0',
  '\u2028',
  '\ufeff',
  'ｕｒｌ(',
  'position: fixed;',
  'POSITION:FIXED',
  'position: absolute;',
  'behavior: url(x.htc);',
  '-moz-binding: url(x);',
  'z-index: 9;',
  '--x: url(//evil.example);',
  '--x: {};',
  '*zoom: 1;',
  'font-family: "a; } body { color: red"; ',
  'content: "\\"";',
  '& .x { color: red }',
  '.label-customizable { color: red }',
  '!important',
  '! ie',
  'U+26',
  '1e3px',
  '+.5',
  '%',
  '#',
  ',',
);

const blank = fc.constantFrom('', '', ' ', '\n', '\t', '/**/', '/* a } b { c */', '/* ü 😀 */');
const maybeSly = fc.oneof({ weight: 12, arbitrary: blank }, { weight: 1, arbitrary: sly });

const cased = (text: string) => fc.constantFrom(text, text, text.toUpperCase());

/** Those that the class has, those that others have, and those that none has. */
const propertyOf = (own: readonly string[]) =>
  fc.oneof(
    { weight: own.length > 0 ? 8 : 0, arbitrary: fc.constantFrom(...own, 'color').chain(cased) },
    { weight: 1, arbitrary: fc.constantFrom(...properties) },
    { weight: 1, arbitrary: fc.constantFrom('z-index', 'position', 'transform', '--x', 'behavior', 'Content') },
  );

const declaration = (own: readonly string[]) =>
  fc
    .tuple(
      maybeSly,
      propertyOf(own),
      maybeSly,
      maybeSly,
      fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: sly }),
      maybeSly,
      fc.constantFrom(';', ';', ';;', '; ;'),
    )
    .map(
      ([before, property, gap, other, value, after, end]) =>
        `${before}${property}${gap}:${other}${value}${after}${end}`,
    );

const rule = fc.constantFrom(...entries).chain(([selector, own]) =>
  fc
    .tuple(
      maybeSly,
      fc.oneof({ weight: 5, arbitrary: fc.constant('') }, { weight: 1, arbitrary: fc.constantFrom(...selectors) }),
      maybeSly,
      fc.array(declaration(own), { maxLength: 4 }),
      maybeSly,
    )
    .map(([before, other, gap, declarations, last]) => {
      const list = other === '' ? selector : `${selector}, ${other}`;
      return `${before}${list}${gap}{${declarations.join('')}${last}}`;
    }),
);

/** Much of it is sound, most of it nearly. */
export const hostileCss: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.array(rule, { minLength: 1, maxLength: 4 }).map((rules) => rules.join('')) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.oneof(sly, fc.constantFrom(...selectors), blank), { maxLength: 8 })
      .map((all) => all.join('')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
);
