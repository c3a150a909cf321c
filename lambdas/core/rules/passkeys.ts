/** What a pool says about passkeys: for which relying party they are, and what they have to prove. */
import { passkeysNotConfigured, passkeysNotEnabled } from '../contract/errors.ts';
import type { Passkey } from '../model/passkey.ts';
import type { Pool } from '../model/pool.ts';
import type { User } from '../model/user.ts';
import type { Settings } from '../ports/settings.ts';
import { prefixHost } from './domains.ts';
import { firstFactorsOf, isSecondFactor } from './first-factors.ts';

export const mostPasskeys = 20;

export function requirePasskeysAllowed({ settings }: Pick<Pool, 'settings'>): void {
  if (!firstFactorsOf(settings).includes('WEB_AUTHN')) throw passkeysNotEnabled();
}

/** The one that the pool names, else the host that its pages stand under. */
export function relyingPartyOf(settings: Pick<Settings, 'issuerBase'>, pool: Pool): string | undefined {
  const named = pool.settings.WebAuthnConfiguration?.RelyingPartyId;
  return named ?? pool.customDomain ?? (pool.domain === undefined ? undefined : prefixHost(settings, pool.domain));
}

export function requireRelyingParty(settings: Pick<Settings, 'issuerBase'>, pool: Pool): string {
  const relyingPartyId = relyingPartyOf(settings, pool);
  if (relyingPartyId === undefined) throw passkeysNotConfigured();
  return relyingPartyId;
}

/** A passkey that stands for two factors proves nothing about the person unless the authenticator has asked them. */
export const requiresVerification = ({ settings }: Pick<Pool, 'settings'>): boolean =>
  settings.WebAuthnConfiguration?.UserVerification === 'required' || isSecondFactor(settings.WebAuthnConfiguration);

/** As authenticators keep it, and hand it back: the `sub` as bytes, base64url. */
export const userHandleOf = ({ sub }: Pick<User, 'sub'>): string => Buffer.from(sub).toString('base64url');

const roamingTransports: readonly string[] = ['usb', 'nfc', 'ble', 'smart-card'];

/**
 * Whether it goes from device to device, as the browser said when it was registered: nobody signs that, so tokens may tell
 * of it and nothing may rest on it.
 */
export const isRoaming = ({ attachment, transports }: Pick<Passkey, 'attachment' | 'transports'>): boolean =>
  attachment === undefined
    ? !transports.includes('internal') && transports.some((way) => roamingTransports.includes(way))
    : attachment === 'cross-platform';

/** As options of both ceremonies name a passkey. */
export const passkeyDescriptor = ({ id, transports }: Pick<Passkey, 'id' | 'transports'>) => ({
  type: 'public-key' as const,
  id,
  ...(transports.length > 0 && { transports }),
});

export const userVerification = (pool: Pick<Pool, 'settings'>): 'required' | 'preferred' =>
  requiresVerification(pool) ? 'required' : 'preferred';
