/** What a request makes of a style. */
import { styleRequestTooLarge, styleSourceAmbiguous } from '../core/contract/errors.ts';
import type { Json, Value } from '../core/contract/shape.ts';
import type { Style, StyleSettings } from '../core/model/style.ts';
import { mergedSettings, requireStyleSettings } from '../core/rules/style-settings.ts';
import { mergedAssets, requireAssets } from './assets.ts';
import type { assets as assetsShape } from './shapes.ts';

export interface AskedStyle {
  readonly UseCognitoProvidedValues?: boolean | undefined;
  readonly Settings?: Json | undefined;
  readonly Assets?: Value<typeof assetsShape> | undefined;
}

/** Settings are laid over those that there are, images over images; the service's own values leave no settings. */
export function changedLook(
  before: Pick<Style, 'settings' | 'assets'>,
  asked: AskedStyle,
): Pick<Style, 'settings' | 'assets'> {
  requireOneSource(asked);
  requireSize(asked);
  return {
    settings: asked.Settings === undefined ? undefined : overlaid(before.settings ?? {}, asked.Settings),
    assets: mergedAssets(before.assets, requireAssets(asked.Assets ?? [])),
  };
}

const overlaid = (before: StyleSettings, given: Json): StyleSettings =>
  mergedSettings(before, requireStyleSettings(given));

/** Every request says where values come from, be it for a new style or for one that is there. */
function requireOneSource({ UseCognitoProvidedValues = false, Settings }: AskedStyle): void {
  if (UseCognitoProvidedValues === (Settings !== undefined)) throw styleSourceAmbiguous();
}

/** As the API says of its requests. Images come in base 64. */
const largest = 2 * 1024 * 1024;

function requireSize({ Settings, Assets = [] }: AskedStyle): void {
  const images = Assets.reduce((sum, { Bytes }) => sum + Math.ceil((Bytes?.length ?? 0) / 3) * 4, 0);
  if (images + JSON.stringify(Settings ?? null).length > largest) throw styleRequestTooLarge(largest);
}
