/** What the CSS of the classic pages may say: the classes of these pages, and the properties that each of them has. */

/** "CSS customizable classes" in the developer guide of Amazon Cognito; selectors to the letter, properties in lower case. */
const classes: Readonly<Record<string, readonly string[]>> = {
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
};

export const isAllowedSelector = (selector: string): boolean => Object.hasOwn(classes, selector);

/** Of several selectors before one block, each must have it. */
export const isAllowedProperty = (selectors: readonly string[], property: string): boolean =>
  selectors.every((selector) => classes[selector]?.includes(property) ?? false);

/** Of lengths and angles, in lower case. */
export const allowedUnits: readonly string[] = [
  ...['px', 'em', 'rem', 'ex', 'ch', 'vw', 'vh', 'vmin', 'vmax', 'pt', 'pc', 'in', 'cm', 'mm', 'q'],
  ...['deg', 'rad', 'grad', 'turn'],
];

/** What makes a value out of others, and loads or runs nothing. */
export const allowedFunctions: readonly string[] = ['rgb', 'rgba', 'hsl', 'hsla', 'calc'];
