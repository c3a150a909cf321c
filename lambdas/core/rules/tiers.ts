/** Which features each plan of a pool has. */
import { featureNotInTier, tierHoldsFeature } from '../contract/errors.ts';
import type { PoolSettings, UserPoolTier } from '../model/pool.ts';
import { hasOwnAcrLevels } from './acr-levels.ts';
import { isSecondFactor } from './first-factors.ts';

interface Feature {
  /** The setting that asks for it. */
  readonly name: string;
  readonly lowest: UserPoolTier;
  isUsed(settings: PoolSettings): boolean;
}

const features: readonly Feature[] = [
  {
    name: 'AdvancedSecurityMode',
    lowest: 'PLUS',
    isUsed: ({ UserPoolAddOns }) => (UserPoolAddOns?.AdvancedSecurityMode ?? 'OFF') !== 'OFF',
  },
  {
    name: 'DcrConfiguration',
    lowest: 'ESSENTIALS',
    isUsed: ({ DcrConfiguration }) => DcrConfiguration !== undefined && DcrConfiguration.EnableStatus !== 'Disabled',
  },
  { name: 'AcrConfiguration', lowest: 'ESSENTIALS', isUsed: hasOwnAcrLevels },
  {
    name: 'AllowedFirstAuthFactors',
    lowest: 'ESSENTIALS',
    isUsed: ({ Policies }) =>
      Policies?.SignInPolicy?.AllowedFirstAuthFactors?.some((factor) => factor !== 'PASSWORD') ?? false,
  },
  {
    name: 'PasswordHistorySize',
    lowest: 'ESSENTIALS',
    isUsed: ({ Policies }) => (Policies?.PasswordPolicy?.PasswordHistorySize ?? 0) > 0,
  },
  {
    name: 'PreTokenGenerationConfig',
    lowest: 'ESSENTIALS',
    isUsed: ({ LambdaConfig }) => (LambdaConfig?.PreTokenGenerationConfig?.LambdaVersion ?? 'V1_0') !== 'V1_0',
  },
  {
    name: 'EmailMfaConfiguration',
    lowest: 'ESSENTIALS',
    isUsed: ({ EnabledMfas }) => EnabledMfas?.includes('EMAIL_OTP') ?? false,
  },
  {
    name: 'FactorConfiguration',
    lowest: 'ESSENTIALS',
    isUsed: ({ WebAuthnConfiguration }) => isSecondFactor(WebAuthnConfiguration),
  },
  {
    name: 'UserSessionTracking',
    lowest: 'ESSENTIALS',
    isUsed: ({ UserSessionTracking }) => UserSessionTracking === 'ENABLED',
  },
];

const ranking: readonly UserPoolTier[] = ['LITE', 'ESSENTIALS', 'PLUS'];

export const tierOf = ({ UserPoolTier = 'ESSENTIALS' }: PoolSettings): UserPoolTier => UserPoolTier;

export const isTierAtLeast = (settings: PoolSettings, lowest: UserPoolTier): boolean =>
  ranking.indexOf(tierOf(settings)) >= ranking.indexOf(lowest);

/** Refuses settings beyond the pool's plan. `before` tells a feature that is asked for from one that is in the way. */
export function requireFeaturesInTier(settings: PoolSettings, before?: PoolSettings): void {
  const beyond = features.find(({ lowest, isUsed }) => isUsed(settings) && !isTierAtLeast(settings, lowest));
  if (!beyond) return;
  const wasInUse = before !== undefined && isTierAtLeast(before, beyond.lowest) && beyond.isUsed(before);
  throw wasInUse ? tierHoldsFeature(beyond.name, tierOf(settings)) : featureNotInTier(beyond.name, tierOf(settings));
}
