/** The settings document of a style, with what the service has where nothing was said. */
import { color, flag, type Group, group, type Kind, list, oneOf, size, text, word } from './kinds.ts';

/** For the light mode and for the dark one; no colours at all where there is nothing to fall back to. */
type Colours = readonly [light: string, dark: string] | readonly [];

interface Palette {
  readonly [part: string]: Colours | Palette;
}

const isColours = (part: Colours | Palette): part is Colours => Array.isArray(part);

const side = (palette: Palette, mode: 0 | 1): Group =>
  group(
    Object.fromEntries(
      Object.entries(palette).map(([name, part]) => [name, isColours(part) ? color(part[mode]) : side(part, mode)]),
    ),
  );

const inBothModes = (palette: Palette, others: Readonly<Record<string, Kind>> = {}): Group =>
  group({ ...others, lightMode: side(palette, 0), darkMode: side(palette, 1) });

const enabled = (fallback: boolean): Group => group({ enabled: flag(fallback) });

const authMethod = group({ display: word(), type: word() });

const categories = group({
  auth: group({
    authMethodOrder: list(list(authMethod, 10, []), 10, [
      [
        { display: 'BUTTON', type: 'FEDERATED' },
        { display: 'INPUT', type: 'USERNAME_PASSWORD' },
      ],
    ]),
    federation: group({ interfaceStyle: word('BUTTON_LIST'), order: list(text(), 300, []) }),
  }),
  form: group({
    displayGraphics: flag(true),
    instructions: enabled(false),
    languageSelector: enabled(false),
    location: group({ horizontal: word('CENTER'), vertical: word('CENTER') }),
    sessionTimerDisplay: word('NONE'),
  }),
  global: group({
    colorSchemeMode: oneOf(['LIGHT', 'DARK', 'DYNAMIC'], 'LIGHT'),
    pageHeader: enabled(false),
    pageFooter: enabled(false),
    spacingDensity: word('REGULAR'),
  }),
  signUp: group({
    acceptanceElements: list(group({ enforcement: word(), textKey: text() }), 10, [
      { enforcement: 'NONE', textKey: 'en' },
    ]),
  }),
});

const componentClasses = group({
  buttons: group({ borderRadius: size(8) }),
  divider: inBothModes({ borderColor: ['ebebf0ff', '232b37ff'] }),
  dropDown: inBothModes(
    {
      defaults: { itemBackgroundColor: ['ffffffff', '192534ff'] },
      hover: {
        itemBackgroundColor: ['f4f4f4ff', '081120ff'],
        itemBorderColor: ['7d8998ff', '5f6b7aff'],
        itemTextColor: ['000716ff', 'e9ebedff'],
      },
      match: { itemBackgroundColor: ['414d5cff', 'd1d5dbff'], itemTextColor: ['0972d3ff', '89bdeeff'] },
    },
    { borderRadius: size(8) },
  ),
  focusState: inBothModes({ borderColor: ['0972d3ff', '539fe5ff'] }),
  idpButtons: group({ icons: enabled(true) }),
  input: inBothModes(
    {
      defaults: { backgroundColor: ['ffffffff', '0f1b2aff'], borderColor: ['7d8998ff', '5f6b7aff'] },
      placeholderColor: ['5f6b7aff', '8d99a8ff'],
    },
    { borderRadius: size(8) },
  ),
  inputDescription: inBothModes({ textColor: ['5f6b7aff', '8d99a8ff'] }),
  inputLabel: inBothModes({ textColor: ['000716ff', 'd1d5dbff'] }),
  link: inBothModes({
    defaults: { textColor: ['0972d3ff', '539fe5ff'] },
    hover: { textColor: ['033160ff', '89bdeeff'] },
  }),
  optionControls: inBothModes({
    defaults: { backgroundColor: ['ffffffff', '0f1b2aff'], borderColor: ['7d8998ff', '7d8998ff'] },
    selected: { backgroundColor: ['0972d3ff', '539fe5ff'], foregroundColor: ['ffffffff', '000716ff'] },
  }),
  statusIndicator: inBothModes({
    error: status(['fff7f7ff', '1a0000ff'], ['d91515ff', 'eb6f6fff']),
    pending: { indicatorColor: ['AAAAAAAA', 'AAAAAAAA'] },
    success: status(['f2fcf3ff', '001a02ff'], ['037f0cff', '29ad32ff']),
    warning: status(['fffce9ff', '1d1906ff'], ['8d6605ff', 'e0ca57ff']),
  }),
});

function status(backgroundColor: Colours, indicatorColor: Colours): Palette {
  return { backgroundColor, borderColor: indicatorColor, indicatorColor };
}

function button(backgroundColor: Colours, textColor: Colours, borderColor = textColor): Palette {
  return { backgroundColor, borderColor, textColor };
}

/** Nothing of it has a value that it falls back to. */
const plainButton = { defaults: button([], []), hover: button([], []), active: button([], []) };

const pageBar = inBothModes(
  { background: { color: ['fafafaff', '0f141aff'] }, borderColor: ['d5dbdbff', '424650ff'] },
  { backgroundImage: enabled(false), logo: group({ enabled: flag(false), location: word('START') }) },
);

const components = group({
  alert: inBothModes(
    { error: { backgroundColor: ['fff7f7ff', '1a0000ff'], borderColor: ['d91515ff', 'eb6f6fff'] } },
    { borderRadius: size(12) },
  ),
  favicon: group({ enabledTypes: list(oneOf(['ICO', 'SVG']), 2, ['ICO', 'SVG']) }),
  form: inBothModes(
    { backgroundColor: ['ffffffff', '0f1b2aff'], borderColor: ['c6c6cdff', '424650ff'] },
    {
      backgroundImage: enabled(false),
      borderRadius: size(8),
      logo: group({
        enabled: flag(false),
        formInclusion: word('IN'),
        location: word('CENTER'),
        position: word('TOP'),
      }),
    },
  ),
  idpButton: group({
    custom: { ...inBothModes(plainButton), fallback: {} },
    standard: inBothModes({
      defaults: button(['ffffffff', '0f1b2aff'], ['424650ff', 'c6c6cdff']),
      hover: button(['f2f8fdff', '192534ff'], ['033160ff', '89bdeeff']),
      active: button(['d3e7f9ff', '354150ff'], ['033160ff', '89bdeeff']),
    }),
  }),
  pageBackground: inBothModes({ color: ['ffffffff', '0f1b2aff'] }, { image: enabled(true) }),
  pageFooter: pageBar,
  pageHeader: pageBar,
  pageText: inBothModes({
    bodyColor: ['414d5cff', 'b6bec9ff'],
    descriptionColor: ['414d5cff', 'b6bec9ff'],
    headingColor: ['000716ff', 'd1d5dbff'],
  }),
  phoneNumberSelector: group({ displayType: word('TEXT') }),
  primaryButton: inBothModes({
    defaults: { backgroundColor: ['0972d3ff', '539fe5ff'], textColor: ['ffffffff', '000716ff'] },
    hover: { backgroundColor: ['033160ff', '89bdeeff'], textColor: ['ffffffff', '000716ff'] },
    active: { backgroundColor: ['033160ff', '539fe5ff'], textColor: ['ffffffff', '000716ff'] },
    disabled: { backgroundColor: ['ffffffff', 'ffffffff'], borderColor: ['ffffffff', 'ffffffff'] },
  }),
  secondaryButton: inBothModes({
    defaults: button(['ffffffff', '0f1b2aff'], ['0972d3ff', '539fe5ff']),
    hover: button(['f2f8fdff', '192534ff'], ['033160ff', '89bdeeff']),
    active: button(['d3e7f9ff', '354150ff'], ['033160ff', '89bdeeff']),
  }),
});

/** By the paths of "The branding settings document" in the developer guide of Amazon Cognito. */
export const document: Group = group({ categories, componentClasses, components });
