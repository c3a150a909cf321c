/** How answers show the CSS and the logo of the classic pages. */
import { createHash } from 'node:crypto';
import type { Branded } from '../core/contract/shape.ts';
import type { Pool } from '../core/model/pool.ts';
import type { Logo, UiCustomization } from '../core/model/ui-customization.ts';
import type { Settings } from '../core/ports/settings.ts';
import { versionStamp } from '../core/rules/version-stamps.ts';

/** The pages of a pool without a domain stand nowhere. */
export const findDomain = (pool: Pool): string | undefined => pool.domain ?? pool.customDomain;

/** `UICustomizationType`. */
export const describeCustomization = (settings: Settings, domain: string, customization: UiCustomization) => ({
  // Every id that is stored was made in the form that its brand stands for.
  UserPoolId: customization.poolId as Branded<'PoolId'>,
  ClientId: customization.clientId as Branded<'ClientId'>,
  ImageUrl: customization.logo && addressOf(settings, domain, customization.logo),
  CSS: customization.css,
  CSSVersion: versionStamp(customization.modifiedAt),
  LastModifiedDate: customization.modifiedAt,
  CreationDate: customization.createdAt,
});

const endings = { PNG: 'png', JPEG: 'jpg' } as const;

/** Below the domain, where pages will stand; by its contents, so that browsers may keep it for as long as they like. */
function addressOf({ issuerBase }: Settings, domain: string, { type, bytes }: Logo): string {
  const digest = createHash('sha256').update(bytes).digest('hex');
  return `${issuerBase}/domains/${domain}/assets/${digest}.${endings[type]}`;
}
