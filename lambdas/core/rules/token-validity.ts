/** How long a client's tokens and sign-in sessions live. */
import { invalidTokenValidity, refreshShorterThanTokens } from '../contract/errors.ts';
import type { ClientSettings, TimeUnit, TokenValidityUnits } from '../model/client.ts';

/** In seconds. */
export interface TokenValidity {
  readonly accessToken: number;
  readonly idToken: number;
  readonly refreshToken: number;
  /** Between a challenge and its answer. */
  readonly authSession: number;
}

/** How many seconds a unit has. */
export const unitSeconds: Readonly<Record<TimeUnit, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };
const hour = unitSeconds.hours;
const defaultUnits = { AccessToken: 'hours', IdToken: 'hours', RefreshToken: 'days' } as const;
/** In seconds: no access or ID token can be set to live longer. */
export const longestTokenValidity = unitSeconds.days;
/** In seconds: likewise for refresh tokens. */
export const longestRefreshTokenValidity = 3650 * unitSeconds.days;
/** In days when no unit says otherwise; 0 asks for as many days. */
export const defaultRefreshTokenValidity = 30;
/** In minutes. */
export const defaultAuthSessionValidity = 3;

export function tokenValidity(settings: ClientSettings): TokenValidity {
  const unit = { ...defaultUnits, ...given(settings.TokenValidityUnits) };
  const short = (value: number | undefined, of: TimeUnit) => (value === undefined ? hour : value * unitSeconds[of]);
  const refresh = settings.RefreshTokenValidity ?? defaultRefreshTokenValidity;
  return {
    accessToken: short(settings.AccessTokenValidity, unit.AccessToken),
    idToken: short(settings.IdTokenValidity, unit.IdToken),
    refreshToken:
      refresh === 0 ? defaultRefreshTokenValidity * unitSeconds.days : refresh * unitSeconds[unit.RefreshToken],
    authSession: (settings.AuthSessionValidity ?? defaultAuthSessionValidity) * 60,
  };
}

/** Refuses values that lie outside the API's ranges once their units are applied. */
export function requireTokenValidity(settings: ClientSettings): void {
  const { accessToken, idToken, refreshToken } = tokenValidity(settings);
  const isShort = (value: number) => value >= 300 && value <= longestTokenValidity;
  if (!isShort(accessToken) || !isShort(idToken)) throw invalidTokenValidity();
  if (refreshToken < hour || refreshToken > longestRefreshTokenValidity) throw invalidTokenValidity();
  if (refreshToken < Math.max(accessToken, idToken)) throw refreshShorterThanTokens();
}

/** As answers show them: nothing as long as no unit was given, else all three. */
export function filledUnits(units: TokenValidityUnits | undefined): TokenValidityUnits {
  const named = given(units);
  return Object.keys(named).length === 0 ? {} : { ...defaultUnits, ...named };
}

const given = (units: TokenValidityUnits | undefined): { readonly [K in keyof TokenValidityUnits]: TimeUnit } =>
  Object.fromEntries(Object.entries(units ?? {}).filter(([, unit]) => unit !== undefined));
