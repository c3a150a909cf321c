/** The words that a pool may have for its messages, and those that it may not. */
import { describe, expect, test } from 'vitest';
import { firstFactors } from '../../support/choosing.ts';
import { everyPoolSetting, texts } from '../../support/every-setting.ts';
import { aServedPool, type Changes, type MfaChanges } from '../../support/one-pool.ts';
import { refused } from '../../support/refused.ts';

const { EmailConfiguration } = everyPoolSetting;

/** A member that holds a template, however many operations take it. */
interface Place {
  readonly set: (text: string) => Promise<unknown>;
  readonly shown: () => Promise<string | undefined>;
}

type Open = () => Promise<Place>;

/** Of CreateUserPool and UpdateUserPool. */
const setting =
  (settings: (text: string) => Changes, read: (shown: Changes) => string | undefined): Open =>
  async () => {
    const pool = await aServedPool(settings('Hello {username}: {####} {##here##}'));
    return {
      set: async (text) => {
        expect(await refused(aServedPool(settings(text)))).toBe(await refused(pool.update(settings(text))));
        return pool.update(settings(text));
      },
      shown: async () => read(await pool.look()),
    };
  };

/** Of SetUserPoolMfaConfig. */
const factor =
  (changes: (text: string) => MfaChanges, read: (shown: MfaChanges) => string | undefined): Open =>
  async () => {
    const pool = await aServedPool({ EmailConfiguration, SmsConfiguration: texts });
    return {
      set: (text) => pool.setMfa({ MfaConfiguration: 'OPTIONAL', ...changes(text) }),
      shown: async () => read(await pool.mfa()),
    };
  };

const verification = (
  member: 'SmsMessage' | 'EmailMessage' | 'EmailSubject' | 'EmailMessageByLink' | 'EmailSubjectByLink',
) =>
  setting(
    (text) => ({ VerificationMessageTemplate: { [member]: text } }),
    ({ VerificationMessageTemplate }) => VerificationMessageTemplate?.[member],
  );

const older = (member: 'SmsVerificationMessage' | 'EmailVerificationMessage' | 'EmailVerificationSubject') =>
  setting(
    (text) => ({ [member]: text }),
    (shown) => shown[member],
  );

const invitation = (member: 'SMSMessage' | 'EmailMessage' | 'EmailSubject') =>
  setting(
    (text) => ({ AdminCreateUserConfig: { InviteMessageTemplate: { [member]: text } } }),
    ({ AdminCreateUserConfig }) => AdminCreateUserConfig?.InviteMessageTemplate?.[member],
  );

const textsOfSignIn = setting(
  (SmsAuthenticationMessage) => ({ SmsAuthenticationMessage }),
  ({ SmsAuthenticationMessage }) => SmsAuthenticationMessage,
);

const textsOfFactor = factor(
  (SmsAuthenticationMessage) => ({ SmsMfaConfiguration: { SmsAuthenticationMessage } }),
  ({ SmsMfaConfiguration }) => SmsMfaConfiguration?.SmsAuthenticationMessage,
);

const mailOfFactor = (member: 'Message' | 'Subject') =>
  factor(
    (text) => ({ EmailMfaConfiguration: { [member]: text } }),
    ({ EmailMfaConfiguration }) => EmailMfaConfiguration?.[member],
  );

/** A template of just so many characters. */
const long = (marks: string, length: number): string => marks + 'x'.repeat(length - marks.length);

const everyScript = 'Ваш код 🦆 ¿código? 你的代码 é\u0301 <b>50 %</b> * ';

interface Kind {
  readonly marks: string;
  readonly longest: number;
  readonly taken: readonly string[];
  readonly refused: readonly string[];
}

const sms: Kind = {
  marks: '{####}',
  longest: 140,
  taken: ['{####}', `${everyScript}{####}`, '{####}{####}', 'a {#####} {####}'],
  refused: ['', '12345', 'Your code', '{###}', '{ #### }', '{##here##}', '{####\n}', 'two\nlines {####}'],
};

const mail: Kind = {
  marks: '{####}',
  longest: 20_000,
  taken: ['{####}', `${everyScript}{####}`, 'two\r\n\tlines {####}'],
  refused: ['', '{###}', 'Your code', '{##here##}', 'bell \u0007 {####}', '{####}\u0000', '\u200b{####}'],
};

const link: Kind = {
  marks: '{####}'.replace('####', '##x##'),
  longest: 20_000,
  taken: ['{##x##}', '{####}', `{##${everyScript}##}`, 'one {##here##}, another {##there##}'],
  refused: ['', '{##x}', 'x{##x#}', '##}{##', 'here it is', '{##\u0007##}'],
};

const subject: Kind = {
  marks: 'x',
  longest: 140,
  taken: ['x', everyScript, 'two words', '{####} {username}'],
  refused: ['', 'bell \u0007', '\u0000', 'x\u200b'],
};

const invited: Kind = {
  marks: '{username}{####}',
  longest: 20_000,
  taken: ['{username}{####}', `${everyScript}{####} {username}`],
  refused: ['', '{####}', '{username}', 'Welcome!', '{user name}{####}'],
};

const places: readonly (readonly [string, Open, Kind])[] = [
  ['SmsMessage', verification('SmsMessage'), sms],
  ['SmsVerificationMessage', older('SmsVerificationMessage'), sms],
  ['SmsAuthenticationMessage', textsOfSignIn, sms],
  ['SmsAuthenticationMessage of SmsMfaConfiguration', textsOfFactor, sms],
  ['EmailMessage', verification('EmailMessage'), mail],
  ['EmailVerificationMessage', older('EmailVerificationMessage'), mail],
  ['Message of EmailMfaConfiguration', mailOfFactor('Message'), mail],
  ['EmailMessageByLink', verification('EmailMessageByLink'), link],
  ['EmailSubject', verification('EmailSubject'), subject],
  ['EmailVerificationSubject', older('EmailVerificationSubject'), subject],
  ['EmailSubjectByLink', verification('EmailSubjectByLink'), subject],
  ['EmailSubject of invitations', invitation('EmailSubject'), subject],
  ['Subject of EmailMfaConfiguration', mailOfFactor('Subject'), subject],
  [
    'SMSMessage of invitations',
    invitation('SMSMessage'),
    { ...invited, longest: 140, taken: [...invited.taken, '{username}\n{####}\u0007'] },
  ],
  [
    'EmailMessage of invitations',
    invitation('EmailMessage'),
    { ...invited, refused: [...invited.refused, '{username}{####}\u0007'] },
  ],
];

describe('The words of a pool', () => {
  test.each(places)(
    'may be, as %s, what fits (triggers-and-messages 31)',
    async (_name, open, { marks, longest, taken }) => {
      const { set, shown } = await open();
      for (const text of [...taken, long(marks, longest)]) {
        await set(text);
        expect(await shown()).toBe(text);
      }
    },
  );

  test.each(places)(
    'are refused, as %s, when they do not fit (triggers-and-messages 31)',
    async (_name, open, kind) => {
      const { set, shown } = await open();
      const before = await shown();
      for (const text of [...kind.refused, long(kind.marks, kind.longest + 1)]) {
        expect(`${JSON.stringify(text)}: ${await refused(set(text))}`).toMatch(/: InvalidParameterException: /);
      }
      expect(await shown()).toBe(before);
    },
  );

  test('may leave the password out of an invitation where people may do without one', async () => {
    const open = firstFactors('PASSWORD', 'EMAIL_OTP');
    const words = (EmailMessage: string) => ({
      AdminCreateUserConfig: { InviteMessageTemplate: { EmailMessage, SMSMessage: EmailMessage } },
    });
    expect(await refused(aServedPool(words('Hi {username}')))).toMatch('must contain {####}');
    expect(await refused(aServedPool({ ...open, ...words('Hi {username}') }))).toBe('nothing is refused');
    expect(await refused(aServedPool({ ...open, ...words('Welcome!') }))).toMatch('must contain {username}');
  });

  test('are shown in both forms, and the template wins over the older members', async () => {
    const pool = await aServedPool({
      SmsVerificationMessage: 'old {####}',
      EmailVerificationMessage: 'old mail {####}',
      EmailVerificationSubject: 'old subject',
      VerificationMessageTemplate: { EmailMessage: 'new mail {####}' },
    });
    const { VerificationMessageTemplate, ...shown } = await pool.look();
    expect(VerificationMessageTemplate).toEqual({
      SmsMessage: 'old {####}',
      EmailMessage: 'new mail {####}',
      EmailSubject: 'old subject',
      DefaultEmailOption: 'CONFIRM_WITH_CODE',
    });
    expect(shown).toMatchObject({
      SmsVerificationMessage: 'old {####}',
      EmailVerificationMessage: 'new mail {####}',
      EmailVerificationSubject: 'old subject',
    });
  });

  test('that nobody set are not shown', async () => {
    const { VerificationMessageTemplate, AdminCreateUserConfig, ...shown } = await (await aServedPool()).look();
    expect(VerificationMessageTemplate).toEqual({ DefaultEmailOption: 'CONFIRM_WITH_CODE' });
    expect(AdminCreateUserConfig).not.toHaveProperty('InviteMessageTemplate');
    expect(Object.keys(shown).filter((name) => /Message|Subject/.test(name))).toEqual([]);
  });
});

describe('How a pool sends its texts', () => {
  const CallerArn = texts.SnsCallerArn;

  test('is by one service alone, in its own Region if by the newer one (triggers-and-messages 36)', async () => {
    const pool = await aServedPool();
    const both = { SmsConfiguration: { SnsCallerArn: CallerArn, EumsSms: { CallerArn } } };
    const elsewhere = { SmsConfiguration: { EumsSms: { CallerArn, Region: 'eu-west-1' } } };
    const factors = (SmsConfiguration: object): MfaChanges => ({
      MfaConfiguration: 'ON',
      SmsMfaConfiguration: { SmsConfiguration },
    });
    for (const [given, message] of [
      [both, 'Only one of SnsCallerArn or EumsSms can be set in SmsConfiguration.'],
      [elsewhere, 'Region in EumsSms must be the Region of the user pool, us-east-1.'],
    ] as const) {
      const expected = `InvalidParameterException: ${message}`;
      expect(await refused(aServedPool(given))).toBe(expected);
      expect(await refused(pool.update(given))).toBe(expected);
      expect(await refused(pool.setMfa(factors(given.SmsConfiguration)))).toBe(expected);
    }
    const whole = {
      CallerArn,
      ExternalId: 'pool',
      OriginationIdentity: 'SHOP',
      ConfigurationSetName: 'own',
      InEntityId: '1701',
      InTemplateId: '1107',
      Region: 'us-east-1',
    };
    await pool.update({ SmsConfiguration: { EumsSms: whole } });
    expect((await pool.look()).SmsConfiguration).toEqual({ EumsSms: whole });
  });
});
