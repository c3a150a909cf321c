import type {
  AuthFactorType,
  CreateUserPoolCommandInput,
  WebAuthnConfigurationType,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { startProcesses } from '../../support/another-process.ts';
import { everyPoolSetting, texts } from '../../support/every-setting.ts';
import { aServedPool, type MfaChanges, onePool } from '../../support/one-pool.ts';
import { outcomes, refused } from '../../support/refused.ts';
import { startService } from '../../support/start-service.ts';

const invalid = (message: string): string => `InvalidParameterException: ${message}`;

const offWithFactor = invalid("Invalid MFA configuration given, can't turn off MFA and configure an MFA together.");
const noFactor = invalid('Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled.');
const allDisabled = invalid(
  "Invalid MFA configuration given, can't disable all MFAs with a required or optional configuration.",
);
const noCodesFirst = invalid(
  'Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled',
);
const passkeyAlone = invalid(
  'Cannot set WebAuthn factor configuration to SINGLE_FACTOR if MFA is required and WebAuthn is an allowed first auth factor',
);
const ownSenderNeeded = invalid(
  'Cannot set EmailMfaConfiguration when user pool EmailConfiguration contains an EmailSendingAccount of COGNITO_DEFAULT',
);
const textsNeeded = invalid(
  'SMS configuration and Auto verification for phone_number are required when MFA is required/optional',
);

const { EmailConfiguration } = everyPoolSetting;
const apps = { SoftwareTokenMfaConfiguration: { Enabled: true } };
const noApps = { SoftwareTokenMfaConfiguration: { Enabled: false } };
const email = { EmailMfaConfiguration: { Message: 'Type {####}', Subject: 'Your code' } };
const sms = { SmsMfaConfiguration: { SmsAuthenticationMessage: 'Sign in with {####}', SmsConfiguration: texts } };
const passkeys = (WebAuthnConfiguration: WebAuthnConfigurationType) => ({ WebAuthnConfiguration });
const firstFactors = (...AllowedFirstAuthFactors: AuthFactorType[]): Partial<CreateUserPoolCommandInput> => ({
  Policies: { SignInPolicy: { AllowedFirstAuthFactors } },
});

const on = { MfaConfiguration: 'ON' } as const;
const optional = { MfaConfiguration: 'OPTIONAL' } as const;
const off = { MfaConfiguration: 'OFF' } as const;

/** Everything that there is to set. */
const everything = {
  ...optional,
  ...apps,
  ...email,
  ...sms,
  ...passkeys({
    RelyingPartyId: 'shop.example.com',
    UserVerification: 'required',
    FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
  }),
} satisfies MfaChanges;

describe('SetUserPoolMfaConfig', () => {
  test('answers with what it was given, and the pool shows it from then on (pools-and-users 18)', async () => {
    const { setMfa, mfa, look, service } = await aServedPool({ EmailConfiguration });
    const before = await look();
    service.clock.advance(5_000);
    expect(await setMfa(everything)).toEqual(everything);
    expect(await mfa()).toEqual(everything);
    expect(await look()).toEqual({
      ...before,
      MfaConfiguration: 'OPTIONAL',
      SmsConfiguration: texts,
      SmsAuthenticationMessage: 'Sign in with {####}',
      LastModifiedDate: new Date(service.clock.now()),
    });
  });

  test.each<[string, MfaChanges]>([
    ['authenticator apps', { ...on, ...apps }],
    ['text messages', { ...on, ...sms }],
    ['e-mail', { ...on, ...email }],
    ['e-mail in words that it leaves to the service', { ...optional, EmailMfaConfiguration: {} }],
    ['text messages beside authenticator apps that are off', { ...on, ...sms, ...noApps }],
    ['all of them', { ...on, ...sms, ...apps, ...email }],
  ])('replaces all that was there by %s (pools-and-users 18)', async (_what, changes) => {
    const { setMfa, mfa } = await aServedPool({ EmailConfiguration });
    await setMfa(everything);
    expect(await setMfa(changes)).toEqual(changes);
    expect(await mfa()).toEqual(changes);
  });

  test.each<[string, MfaChanges]>([
    ['without a word about MFA', {}],
    ['told that MFA is off', off],
  ])('turns everything off when it is %s (pools-and-users 18)', async (_what, changes) => {
    const { setMfa, mfa, look, update } = await aServedPool({ EmailConfiguration });
    await setMfa(everything);
    expect(await setMfa(changes)).toEqual(off);
    expect(await mfa()).toEqual(off);
    expect((await look()).MfaConfiguration).toBe('OFF');
    // What was on before is not there any more to be demanded.
    expect(await refused(update({ ...on, EmailConfiguration }))).toBe(
      invalid('Cannot turn MFA functionality ON, once the user pool has been created.'),
    );
  });

  test('takes passkeys beside MFA that is off, and fills in what they leave open (pools-and-users 18)', async () => {
    const { setMfa, mfa } = await aServedPool();
    const whole = (RelyingPartyId?: string) => ({
      ...off,
      WebAuthnConfiguration: {
        ...(RelyingPartyId !== undefined && { RelyingPartyId }),
        UserVerification: 'preferred',
        FactorConfiguration: 'SINGLE_FACTOR',
      },
    });
    for (const mode of [{}, off]) {
      const changes = { ...mode, ...passkeys({ RelyingPartyId: 'shop.example.com' }) };
      expect(await setMfa(changes)).toEqual(whole('shop.example.com'));
      expect(await mfa()).toEqual(whole('shop.example.com'));
    }
    expect(await setMfa(passkeys({}))).toEqual(whole());
    expect(await setMfa(off)).toEqual(off);
  });

  test('puts back exactly what GetUserPoolMfaConfig showed', async () => {
    const { setMfa, mfa, look } = await aServedPool({ EmailConfiguration });
    for (const changes of [everything, { ...on, ...sms, ...noApps }, passkeys({ RelyingPartyId: 'a.example' })]) {
      await setMfa(changes);
      const [shown, pool] = [await mfa(), await look()];
      expect(await setMfa(shown)).toEqual(shown);
      expect(await look()).toEqual(pool);
    }
  });
});

describe('The text messages of SetUserPoolMfaConfig', () => {
  test('are sent as the pool says where the request does not', async () => {
    const { setMfa, look } = await aServedPool({ SmsConfiguration: texts });
    const SmsAuthenticationMessage = 'Only {####}';
    expect(await setMfa({ ...on, SmsMfaConfiguration: { SmsAuthenticationMessage } })).toEqual({
      ...on,
      SmsMfaConfiguration: { SmsAuthenticationMessage, SmsConfiguration: texts },
    });
    expect(await setMfa({ ...on, SmsMfaConfiguration: {} })).toEqual({
      ...on,
      SmsMfaConfiguration: { SmsConfiguration: texts },
    });
    expect(await look()).not.toHaveProperty('SmsAuthenticationMessage');
  });

  test('go out through SNS in the region of the pool, or as the request says', async () => {
    const { setMfa } = await aServedPool();
    const { SnsCallerArn } = texts;
    expect(await setMfa({ ...on, SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn } } })).toEqual({
      ...on,
      SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn, SnsRegion: 'us-east-1' } },
    });
    const EumsSms = { CallerArn: SnsCallerArn, Region: 'us-east-1' };
    expect(await setMfa({ ...on, SmsMfaConfiguration: { SmsConfiguration: { EumsSms } } })).toEqual({
      ...on,
      SmsMfaConfiguration: { SmsConfiguration: { EumsSms } },
    });
  });

  test('can still be sent to verify numbers when they are no second factor any more', async () => {
    const { setMfa, look } = await aServedPool();
    await setMfa({ ...on, ...sms });
    for (const changes of [{ ...on, ...apps }, {}]) {
      expect(await setMfa(changes)).toEqual({ ...off, ...changes });
      const { SmsConfiguration, SmsAuthenticationMessage } = await look();
      expect({ SmsConfiguration, SmsAuthenticationMessage }).toEqual(sms.SmsMfaConfiguration);
    }
  });

  test('need to be told how they are sent', async () => {
    const { setMfa } = await aServedPool();
    expect(await refused(setMfa({ ...on, SmsMfaConfiguration: {} }))).toBe(textsNeeded);
    const both = { ...texts, EumsSms: { CallerArn: texts.SnsCallerArn } };
    expect(await refused(setMfa({ ...on, SmsMfaConfiguration: { SmsConfiguration: both } }))).toBe(
      invalid('Only one of SnsCallerArn or EumsSms can be set in SmsConfiguration.'),
    );
  });
});

describe('SetUserPoolMfaConfig refuses', () => {
  /** Of a pool that has MFA already; it stays as it was. */
  async function refusal(changes: MfaChanges, settings: Partial<CreateUserPoolCommandInput> = {}): Promise<string> {
    const { setMfa, mfa, look } = await aServedPool(settings);
    await setMfa({ ...optional, ...apps });
    const before = [await mfa(), await look()];
    const told = await refused(setMfa(changes));
    expect([await mfa(), await look()]).toEqual(before);
    return told;
  }

  const accepted = async (changes: MfaChanges, settings: Partial<CreateUserPoolCommandInput>) =>
    (await aServedPool(settings)).setMfa(changes);

  test.each<[string, MfaChanges]>([
    ['authenticator apps', apps],
    ['authenticator apps that are off', noApps],
    ['text messages', sms],
    ['e-mail', email],
    ['a factor beside passkeys', { ...apps, ...passkeys({}) }],
  ])('to turn MFA off and name %s, in words or by saying nothing (pools-and-users 18)', async (_what, factor) => {
    expect(await refusal({ ...off, ...factor })).toBe(offWithFactor);
    expect(await refusal(factor)).toBe(offWithFactor);
  });

  test.each([on, optional])('%j without any factor, passkeys being none (pools-and-users 18)', async (mode) => {
    expect(await refusal(mode)).toBe(noFactor);
    const multi = passkeys({ FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' });
    expect(await refusal({ ...mode, ...multi })).toBe(noFactor);
  });

  test.each([on, optional])('%j with factors that are all off (pools-and-users 18)', async (mode) => {
    expect(await refusal({ ...mode, ...noApps })).toBe(allDisabled);
    expect(await refusal({ ...mode, SoftwareTokenMfaConfiguration: {} })).toBe(allDisabled);
  });

  test.each(['EMAIL_OTP', 'SMS_OTP'] as const)(
    'to demand a second factor where %s is a first one, and lets people choose (pools-and-users 18)',
    async (factor) => {
      const settings = { ...firstFactors('PASSWORD', factor), SmsConfiguration: texts };
      expect(await refusal({ ...on, ...apps }, settings)).toBe(noCodesFirst);
      expect(await accepted({ ...optional, ...apps }, settings)).toEqual({ ...optional, ...apps });
    },
  );

  test.each<[string, WebAuthnConfigurationType | undefined]>([
    ['no word', undefined],
    ['a single factor', { FactorConfiguration: 'SINGLE_FACTOR' }],
    ['nothing but who relies on them', { RelyingPartyId: 'shop.example.com', UserVerification: 'required' }],
  ])(
    'to demand a second factor where a passkey is a first one, with %s of it (pools-and-users 18)',
    async (_what, WebAuthnConfiguration) => {
      const { setMfa, mfa } = await aServedPool(firstFactors('PASSWORD', 'WEB_AUTHN'));
      const whole = {
        ...apps,
        ...passkeys({ UserVerification: 'preferred', FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' }),
      };
      expect(await setMfa({ ...on, ...whole })).toEqual({ ...on, ...whole });
      // The request counts alone, whatever the pool had.
      expect(await refused(setMfa({ ...on, ...apps, WebAuthnConfiguration }))).toBe(passkeyAlone);
      expect(await mfa()).toEqual({ ...on, ...whole });
      expect(await refused(setMfa({ ...optional, ...apps, WebAuthnConfiguration }))).toBe('nothing is refused');
    },
  );

  test('e-mail as a factor where the pool has no sender of its own (pools-and-users 18)', async () => {
    expect(await refusal({ ...on, ...email })).toBe(ownSenderNeeded);
    expect(await refusal({ ...optional, ...email, ...apps })).toBe(ownSenderNeeded);
    expect(await refusal({ ...on, ...email }, { EmailConfiguration: { From: 'shop@example.com' } })).toBe(
      ownSenderNeeded,
    );
    expect(await refusal({ ...off, ...email })).toBe(offWithFactor);
    expect(await accepted({ ...on, ...email }, { EmailConfiguration })).toEqual({ ...on, ...email });
  });

  test('what the lowest plan lacks, and nothing else of it', async () => {
    const lite = { UserPoolTier: 'LITE', EmailConfiguration } as const;
    const lacks = (feature: string) =>
      `FeatureUnavailableInTierException: ${feature} is not available in the LITE tier.`;
    expect(await refusal({ ...on, ...email }, lite)).toBe(lacks('EmailMfaConfiguration'));
    const multi = passkeys({ FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' });
    expect(await refusal(multi, lite)).toBe(lacks('FactorConfiguration'));
    expect(await accepted({ ...on, ...sms, ...apps }, lite)).toEqual({ ...on, ...sms, ...apps });
  });

  test.each<[string, MfaChanges, string]>([
    [
      'a message without a place for its code',
      { ...on, EmailMfaConfiguration: { Message: 'Hello' } },
      'emailMfaConfiguration.message',
    ],
    [
      'a subject with a control character',
      { ...on, EmailMfaConfiguration: { Subject: 'a\u0000' } },
      'emailMfaConfiguration.subject',
    ],
    [
      'a text without a place for its code',
      { ...on, SmsMfaConfiguration: { SmsAuthenticationMessage: 'Hello!' } },
      'smsMfaConfiguration.smsAuthenticationMessage',
    ],
    ['a nameless relying party', passkeys({ RelyingPartyId: '' }), 'webAuthnConfiguration.relyingPartyId'],
    [
      'a relying party of 128 characters',
      passkeys({ RelyingPartyId: 'a'.repeat(128) }),
      'webAuthnConfiguration.relyingPartyId',
    ],
  ])('by the bounds of the API %s', async (_what, changes, path) => {
    expect(await refusal(changes)).toContain(`at '${path}' failed to satisfy constraint: `);
  });

  test.each(['SOMETIMES', 'on', ''])('%j as a way to use MFA', async (MfaConfiguration) => {
    const { service, id } = await aServedPool();
    const { json } = await service.call('SetUserPoolMfaConfig', { UserPoolId: id, MfaConfiguration });
    expect(json).toMatchObject({
      __type: 'InvalidParameterException',
      message: expect.stringMatching(/'mfaConfiguration' failed .*: Member must satisfy enum value set: \[/),
    });
  });

  test('a pool that nobody made, or that is in another region', async () => {
    const { id, mfa, service } = await aServedPool();
    const nobody = onePool(service, { id: 'us-east-1_000000000' });
    expect(await refused(nobody.setMfa({ ...on, ...apps }))).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
    const abroad = onePool({ client: service.clientFor('eu-west-1') }, { id });
    expect(await refused(abroad.setMfa({ ...on, ...apps }))).toBe(
      `ResourceNotFoundException: User pool ${id} does not exist.`,
    );
    expect(await mfa()).toEqual(off);
  });
});

describe('Calls of SetUserPoolMfaConfig at once', () => {
  test('leave the pool as one of them wanted it', async () => {
    const { setMfa, mfa } = await aServedPool();
    const wanted = [
      { ...on, ...apps },
      { ...optional, ...sms },
      { ...off, ...passkeys({ ...everything.WebAuthnConfiguration }) },
    ];
    for (let round = 0; round < 5; round++) {
      expect(await outcomes(wanted.map(setMfa))).toEqual(['done', 'done', 'done']);
      expect(wanted).toContainEqual(await mfa());
    }
  });

  test('and updates of the pool lose neither, and never demand a factor that is not there', async () => {
    const { setMfa, update, mfa, look } = await aServedPool();
    const cannot = invalid('Cannot turn MFA functionality ON, once the user pool has been created.');
    for (let round = 0; round < 10; round++) {
      await setMfa({ ...optional, ...apps });
      const told = await outcomes([setMfa({}), update({ ...on, PoolName: `shop ${round}` })]);
      // Whoever came second decided on what the first had left.
      expect([
        ['done', 'done'],
        ['done', cannot],
      ]).toContainEqual(told);
      expect(await mfa()).toEqual(off);
      expect((await look()).Name === `shop ${round}`).toBe(told[1] === 'done');
    }
  });
});

test('What SetUserPoolMfaConfig has answered holds for the next operation of another process', async () => {
  const [here, there] = await startProcesses();
  const pool = await here.aPool();
  const [mine, theirs] = [onePool(here, pool), onePool(there, pool)];
  await theirs.look();
  await mine.setMfa({ ...optional, ...apps });
  expect(await theirs.mfa()).toEqual({ ...optional, ...apps });
  expect(await refused(theirs.update(on))).toBe('nothing is refused');
  expect(await mine.mfa()).toEqual({ ...on, ...apps });
});

test('SetUserPoolMfaConfig gives up when others are always faster', async () => {
  const { ports, aPool } = await startService();
  const pool = await aPool();
  const pools = { ...ports.pools, save: async () => 'changed' as const };
  const { setMfa } = onePool(await startService({ ports: { pools } }), pool);
  expect(await refused(setMfa({ ...on, ...apps }))).toBe(
    'ConcurrentModificationException: The user pool is being changed by another request.',
  );
});
