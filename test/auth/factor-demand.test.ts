import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { demandOf } from '../../lambdas/auth/factor-demand.ts';
import type { MfaFactor, PoolSettings } from '../../lambdas/core/model/pool.ts';
import type { MfaPreferences } from '../../lambdas/core/model/user.ts';

const verified = { secret: Uint8Array.of(1), lastStep: 0 };
const unproven = { pending: Uint8Array.of(1), lastStep: 0 };
const both = { email: 'ada@example.com', phone_number: '+15550100' };
const all: readonly MfaFactor[] = ['SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'];
const smsOption = { enabled: [], options: [{ DeliveryMedium: 'SMS', AttributeName: 'phone_number' }] } as const;

interface Case {
  readonly mode?: PoolSettings['MfaConfiguration'];
  readonly offers?: readonly MfaFactor[];
  readonly mfa?: MfaPreferences;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly token?: typeof verified | typeof unproven;
}

/** In a word: nothing, the factor, or what there is to choose from or to set up. */
function demanded({ mode, offers = all, mfa, attributes = both, token }: Case): string {
  const demand = demandOf({ settings: { MfaConfiguration: mode, EnabledMfas: offers } }, { attributes, mfa }, token);
  if (demand.kind === 'none') return 'none';
  return demand.kind === 'factor' ? demand.factor : `${demand.kind}: ${demand.factors.join(', ')}`;
}

const enabled = (...factors: readonly MfaFactor[]): { readonly mfa: MfaPreferences } => ({ mfa: { enabled: factors } });
const preferring = (preferred: MfaFactor, ...factors: readonly MfaFactor[]): { readonly mfa: MfaPreferences } => ({
  mfa: { enabled: factors, preferred },
});

describe('A sign-in by password has to prove (auth-flows 26)', () => {
  test.each<[string, Case, string]>([
    ['OFF, nothing enabled', { mode: 'OFF', offers: [] }, 'none'],
    ['OFF, all enabled', { mode: 'OFF', offers: [], ...enabled(...all), token: verified }, 'none'],
    ['nothing said', { ...enabled(...all), token: verified }, 'none'],
    ['OPTIONAL, nothing enabled', { mode: 'OPTIONAL', token: verified }, 'none'],
    ['OPTIONAL, SMS', { mode: 'OPTIONAL', ...enabled('SMS_MFA') }, 'SMS_MFA'],
    ['OPTIONAL, SMS the older way', { mode: 'OPTIONAL', mfa: smsOption }, 'SMS_MFA'],
    ['OPTIONAL, SMS without a number', { mode: 'OPTIONAL', ...enabled('SMS_MFA'), attributes: {} }, 'none'],
    ['OPTIONAL, e-mail', { mode: 'OPTIONAL', ...enabled('EMAIL_OTP') }, 'EMAIL_OTP'],
    ['OPTIONAL, e-mail without one', { mode: 'OPTIONAL', ...enabled('EMAIL_OTP'), attributes: {} }, 'none'],
    ['OPTIONAL, an app', { mode: 'OPTIONAL', ...enabled('SOFTWARE_TOKEN_MFA'), token: verified }, 'SOFTWARE_TOKEN_MFA'],
    ['OPTIONAL, an unproven app', { mode: 'OPTIONAL', ...enabled('SOFTWARE_TOKEN_MFA'), token: unproven }, 'none'],
    ['OPTIONAL, an app that is gone', { mode: 'OPTIONAL', ...enabled('SOFTWARE_TOKEN_MFA') }, 'none'],
    [
      'an app in a pool that has stopped to offer them',
      { mode: 'OPTIONAL', offers: ['SMS_MFA'], ...enabled('SOFTWARE_TOKEN_MFA'), token: verified },
      'SOFTWARE_TOKEN_MFA',
    ],
    ['ON, an app', { mode: 'ON', ...enabled('SOFTWARE_TOKEN_MFA'), token: verified }, 'SOFTWARE_TOKEN_MFA'],
    ['several, one preferred', { mode: 'ON', ...preferring('EMAIL_OTP', ...all), token: verified }, 'EMAIL_OTP'],
    [
      'several, none preferred',
      { mode: 'ON', ...enabled(...all), token: verified },
      'choice: SMS_MFA, SOFTWARE_TOKEN_MFA, EMAIL_OTP',
    ],
    [
      'several, the preferred one not to be had',
      { mode: 'OPTIONAL', ...preferring('SOFTWARE_TOKEN_MFA', ...all), token: unproven },
      'choice: SMS_MFA, EMAIL_OTP',
    ],
    [
      'the older way and an app',
      { mode: 'OPTIONAL', mfa: { ...smsOption, enabled: ['SOFTWARE_TOKEN_MFA'] }, token: verified },
      'choice: SMS_MFA, SOFTWARE_TOKEN_MFA',
    ],
    ['ON, nothing enabled, a number', { mode: 'ON' }, 'SMS_MFA'],
    ['ON, nothing enabled, a mailbox', { mode: 'ON', attributes: { email: both.email } }, 'EMAIL_OTP'],
    ['ON, both, apps alone offered', { mode: 'ON', offers: ['SOFTWARE_TOKEN_MFA'] }, 'set-up: SOFTWARE_TOKEN_MFA'],
    ['ON, no address', { mode: 'ON', attributes: {} }, 'set-up: SMS_MFA, SOFTWARE_TOKEN_MFA, EMAIL_OTP'],
    [
      'ON, a proven app that was never turned on',
      { mode: 'ON', attributes: {}, token: verified, offers: ['SOFTWARE_TOKEN_MFA'] },
      'set-up: SOFTWARE_TOKEN_MFA',
    ],
    ['ON, nothing offered', { mode: 'ON', offers: [], attributes: {} }, 'set-up: '],
  ])('%s', (_, given, expected) => {
    expect(demanded(given)).toBe(expected);
  });

  test('something in a pool that requires it, whoever it is; and only what they have, where they may choose', () => {
    const subset = fc.subarray([...all]);
    const people = fc.record({
      mode: fc.constantFrom('ON', 'OPTIONAL'),
      offers: subset,
      enabled: subset,
      preferred: fc.option(fc.constantFrom(...all), { nil: undefined }),
      email: fc.boolean(),
      phone: fc.boolean(),
      app: fc.boolean(),
    });
    fc.assert(
      fc.property(people, ({ mode, offers, enabled: on, preferred, email, phone, app }) => {
        const attributes = { ...(email && { email: 'a@b' }), ...(phone && { phone_number: '+1' }) };
        const has: Readonly<Record<MfaFactor, boolean>> = { SMS_MFA: phone, SOFTWARE_TOKEN_MFA: app, EMAIL_OTP: email };
        const settings: PoolSettings = { MfaConfiguration: mode === 'ON' ? 'ON' : 'OPTIONAL', EnabledMfas: offers };
        const demand = demandOf(
          { settings },
          { attributes, mfa: { enabled: on, preferred } },
          app ? verified : undefined,
        );
        const ready = on.filter((factor) => has[factor]);
        if (ready.length > 0 || mode === 'ON') expect(demand.kind).not.toBe('none');
        if (ready.length > 0) expect(demand.kind).not.toBe('set-up');
        if (demand.kind === 'factor') expect(has[demand.factor]).toBe(true);
        if (demand.kind === 'choice') expect(demand.factors).toEqual(all.filter((factor) => ready.includes(factor)));
      }),
    );
  });
});
