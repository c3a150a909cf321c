/** What the looks of pages do not do yet, in sentences for users. */

export const uiGaps = [
  'There are no pages yet that would show the CSS and the logo, and nothing answers at `ImageUrl`.',
  'CSS with `url(`, `expression(`, `behavior`, `position: fixed`, a backslash or a `<` is refused wherever it is.',
  'The size of a logo in pixels is not looked at, and a request may take more than 135 KB.',
] as const;

export const styleGaps = [
  'There are no pages yet that would show a style.',
  'Words of `Settings` whose other values are not documented, such as places and densities, are taken in any form like `CENTER`.',
  '`ReturnMergedResources` merges settings; there are no images of the service that could be merged.',
  'All assets of a style together may take 4 000 000 bytes. What an SVG image contains is kept as it is.',
] as const;

export const termsGaps = ['There are no pages yet that would show terms.'] as const;
