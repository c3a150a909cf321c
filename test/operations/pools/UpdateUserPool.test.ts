import {
  type CreateUserPoolCommandInput,
  DescribeUserPoolCommand,
  SignUpCommand,
  UpdateUserPoolCommand,
  type UpdateUserPoolCommandInput,
  type UserPoolType,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { startProcesses } from '../../support/another-process.ts';
import { everyPoolSetting, functionArn, texts } from '../../support/every-setting.ts';
import { outcomes, refused } from '../../support/refused.ts';
import { type Service, startService } from '../../support/start-service.ts';

type Changes = Omit<UpdateUserPoolCommandInput, 'UserPoolId'>;

interface Changeable {
  readonly pool: { readonly id: string };
  readonly service: Service;
  update(changes: Changes): Promise<unknown>;
  look(): Promise<UserPoolType>;
}

async function aChangeablePool(settings: Partial<CreateUserPoolCommandInput> = {}): Promise<Changeable> {
  const service = await startService();
  const pool = await service.aPool(settings);
  return { ...changeable(service, pool), pool, service };
}

function changeable({ client }: Pick<Service, 'client'>, pool: { readonly id: string }) {
  const UserPoolId = pool.id;
  return {
    update: (changes: Changes) => client.send(new UpdateUserPoolCommand({ UserPoolId, ...changes })),
    async look() {
      const { UserPool = {} } = await client.send(new DescribeUserPoolCommand({ UserPoolId }));
      return UserPool;
    },
  };
}

const invalid = (message: string): string => `InvalidParameterException: ${message}`;

/** A pool with a second factor cannot lose its text messages, so here there is none. */
const withoutMfa = { ...everyPoolSetting, MfaConfiguration: 'OFF' } as const;

describe('UpdateUserPool', () => {
  test('answers with nothing, and shows every setting from then on', async () => {
    const { update, look } = await aChangeablePool();
    const { $metadata, ...answer } = (await update(everyPoolSetting)) as { $metadata: unknown };
    expect(answer).toEqual({});
    const { PoolName, AcrConfiguration, ...shown } = everyPoolSetting;
    const after = await look();
    expect(after).toMatchObject({ ...shown, Name: PoolName, AcrConfiguration });
    expect(after.UserPoolTags).toEqual(shown.UserPoolTags);
  });

  test('takes the older members for the words of verification', async () => {
    const { update, look } = await aChangeablePool();
    const words = {
      SmsVerificationMessage: 'sms {####}',
      EmailVerificationMessage: 'mail {####}',
      EmailVerificationSubject: 'subject',
    };
    await update(words);
    expect(await look()).toMatchObject({
      ...words,
      VerificationMessageTemplate: { SmsMessage: 'sms {####}', EmailMessage: 'mail {####}', EmailSubject: 'subject' },
    });
  });

  test('moves the date of the last change, and never that of creation', async () => {
    const { update, look, service } = await aChangeablePool();
    const before = await look();
    service.clock.advance(5_000);
    await update({ PoolName: 'another' });
    expect(await look()).toEqual({
      ...before,
      Name: 'another',
      LastModifiedDate: new Date(service.clock.now()),
    });
  });

  test('does not merge inside of what it is given', async () => {
    const { update, look } = await aChangeablePool(withoutMfa);
    await update({
      Policies: { PasswordPolicy: { MinimumLength: 20 } },
      LambdaConfig: { PreSignUp: functionArn('other') },
      EmailConfiguration: { From: 'other@example.com' },
      UserPoolTags: { other: 'tag' },
      AcrConfiguration: { Level1: { AcrValue: 'urn:one' } },
    });
    const after = await look();
    expect(after.Policies?.PasswordPolicy).toEqual({
      MinimumLength: 20,
      RequireUppercase: false,
      RequireLowercase: false,
      RequireNumbers: false,
      RequireSymbols: false,
      TemporaryPasswordValidityDays: 7,
    });
    expect(after.LambdaConfig).toEqual({ PreSignUp: functionArn('other') });
    expect(after.EmailConfiguration).toEqual({ EmailSendingAccount: 'COGNITO_DEFAULT', From: 'other@example.com' });
    expect(after.UserPoolTags).toEqual({ other: 'tag' });
    expect(after.AcrConfiguration?.['Level2']).toEqual({ AcrValue: 'urn:cognito:loa:2' });
  });

  test('ignores what only creation decides', async () => {
    const { look, pool, service } = await aChangeablePool({
      AliasAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
    });
    const before = await look();
    const answer = await service.call('UpdateUserPool', {
      UserPoolId: pool.id,
      AliasAttributes: ['phone_number'],
      UsernameAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: true },
      Schema: [{ Name: 'plan', AttributeDataType: 'String' }],
    });
    expect(answer).toMatchObject({ status: 200, body: '{}' });
    expect(await look()).toEqual(before);
  });
});

describe('UpdateUserPool without a setting', () => {
  test.each([
    'LambdaConfig',
    'AutoVerifiedAttributes',
    'VerificationMessageTemplate',
    'SmsVerificationMessage',
    'EmailVerificationMessage',
    'EmailVerificationSubject',
    'SmsAuthenticationMessage',
    'UserAttributeUpdateSettings',
    'DeviceConfiguration',
    'EmailConfiguration',
    'SmsConfiguration',
    'UserPoolAddOns',
    'UserPoolTags',
    'AccountRecoverySetting',
  ] as const)('returns it to its default: %s', async (name) => {
    const { update, look, service } = await aChangeablePool(withoutMfa);
    const before = await look();
    await update({});
    const fresh = await service.aPool();
    expect((await look())[name]).toEqual(fresh[name]);
    expect(before[name]).not.toEqual(fresh[name]);
  });

  test('returns invitations to their default, but for the days that the password policy keeps', async () => {
    const { update, look } = await aChangeablePool(withoutMfa);
    await update({});
    expect((await look()).AdminCreateUserConfig).toEqual({
      AllowAdminCreateUserOnly: false,
      UnusedAccountValidityDays: 2,
    });
  });

  test.each([
    'Name',
    'Policies',
    'DeletionProtection',
    'UserPoolTier',
    'KeyConfiguration',
    'IssuerConfiguration',
    'DcrConfiguration',
    'AcrConfiguration',
  ] as const)('keeps it: %s', async (name) => {
    const { update, look, service } = await aChangeablePool(withoutMfa);
    const before = await look();
    await update({});
    expect((await look())[name]).toEqual(before[name]);
    expect(before[name]).not.toEqual((await service.aPool())[name]);
  });

  test('but its name loses verification, tags and add-ons, and keeps second factors and policies (pools-and-users 16)', async () => {
    const { update, look, pool, service } = await aChangeablePool({ ...withoutMfa, LambdaConfig: {} });
    await allowAuthenticatorApps(service, pool.id);
    const before = await look();
    await update({ PoolName: 'renamed' });

    const after = await look();
    expect(after.Name).toBe('renamed');
    expect(after.AutoVerifiedAttributes).toBeUndefined();
    expect(after.UserPoolTags).toEqual({});
    expect(after.UserPoolAddOns).toBeUndefined();
    expect(after.MfaConfiguration).toBe('OPTIONAL');
    expect(after.Policies).toEqual(before.Policies);
    expect(before).toMatchObject({ AutoVerifiedAttributes: ['email'], UserPoolTags: { team: 'shop' } });
  });
});

/** As SetUserPoolMfaConfig leaves a pool. */
async function allowAuthenticatorApps({ ports: { pools } }: Service, poolId: string): Promise<void> {
  const pool = await pools.read(poolId);
  if (!pool) throw new Error('There is no such pool');
  const factors = { MfaConfiguration: 'OPTIONAL', EnabledMfas: ['SOFTWARE_TOKEN_MFA'] } as const;
  await pools.save(pool, { ...pool, settings: { ...pool.settings, ...factors } });
}

describe('UpdateUserPool with one of the two policies', () => {
  const { PasswordPolicy, SignInPolicy } = everyPoolSetting.Policies;

  test('keeps how people sign in when it replaces what passwords must be (pools-and-users 17)', async () => {
    const { update, look } = await aChangeablePool({ Policies: { PasswordPolicy, SignInPolicy } });
    await update({ Policies: { PasswordPolicy: { MinimumLength: 30, RequireSymbols: true } } });
    const { Policies } = await look();
    expect(Policies?.PasswordPolicy).toMatchObject({ MinimumLength: 30, RequireSymbols: true, RequireNumbers: false });
    expect(Policies?.SignInPolicy).toEqual(SignInPolicy);
  });

  test('keeps what passwords must be when it replaces how people sign in (pools-and-users 17)', async () => {
    const { update, look } = await aChangeablePool({ Policies: { PasswordPolicy, SignInPolicy } });
    await update({ Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } } });
    const { Policies } = await look();
    expect(Policies?.PasswordPolicy).toEqual(PasswordPolicy);
    expect(Policies?.SignInPolicy).toEqual({ AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] });
  });
});

describe('UpdateUserPool of the second factor', () => {
  const cannot = invalid('Cannot turn MFA functionality ON, once the user pool has been created.');
  const needed = invalid(
    'SMS configuration and Auto verification for phone_number are required when MFA is required/optional',
  );

  test('cannot demand one while none is on (pools-and-users 17)', async () => {
    const { update, look } = await aChangeablePool();
    expect(await refused(update({ MfaConfiguration: 'ON' }))).toBe(cannot);
    expect(await refused(update({ MfaConfiguration: 'ON', SmsConfiguration: texts }))).toBe(cannot);
    expect((await look()).MfaConfiguration).toBe('OFF');
  });

  test('can demand one as soon as one is on (pools-and-users 17)', async () => {
    const { update, look, pool, service } = await aChangeablePool();
    await allowAuthenticatorApps(service, pool.id);
    await update({ MfaConfiguration: 'ON' });
    expect((await look()).MfaConfiguration).toBe('ON');
  });

  test('can offer text messages that the request says how to send', async () => {
    const { update, look } = await aChangeablePool();
    expect(await refused(update({ MfaConfiguration: 'OPTIONAL' }))).toBe(needed);
    await update({ MfaConfiguration: 'OPTIONAL', SmsConfiguration: texts });
    expect(await look()).toMatchObject({ MfaConfiguration: 'OPTIONAL', SmsConfiguration: texts });
  });

  test('cannot take away the text messages that it needs, by leaving them out either', async () => {
    const { update, look } = await aChangeablePool({ MfaConfiguration: 'ON', SmsConfiguration: texts });
    expect(await refused(update({ PoolName: 'renamed' }))).toBe(needed);
    await update({ PoolName: 'renamed', MfaConfiguration: 'OFF' });
    expect(await look()).toMatchObject({ Name: 'renamed', MfaConfiguration: 'OFF' });
  });
});

describe('UpdateUserPool refuses', () => {
  test.each<[string, Changes, string]>([
    [
      'a first factor by text message that cannot be sent',
      { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'SMS_OTP'] } } },
      'SMS_OTP can not be configured as AuthFactor as user pool is missing valid SMS configuration',
    ],
    [
      'updates that wait for a verification that it does not name as well',
      { UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] } },
      'AttributesRequireVerificationBeforeUpdate must be a subset of AutoVerifiedAttributes.',
    ],
    [
      'mail of the developer without a source',
      { EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' } },
      'SourceArn is required in EmailConfiguration when EmailSendingAccount is DEVELOPER.',
    ],
    [
      'a level of authentication that does not exist',
      { AcrConfiguration: { Level5: { AcrValue: 'urn:five' } } },
      'AcrConfiguration has the levels Level1 to Level4, and none that is called Level5.',
    ],
    [
      'tags that AWS keeps',
      { UserPoolTags: { 'aws:x': '' } },
      'Tag key aws:x is reserved: keys that begin with aws: cannot be set.',
    ],
    [
      'too many tags',
      { UserPoolTags: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`key-${index}`, ''])) },
      'A user pool has at most 50 tags.',
    ],
    [
      'more than a pool has room for',
      { DcrConfiguration: { AllowedScopes: Array(4000).fill('x'.repeat(100)) } },
      'The settings may take 390000 bytes in all.',
    ],
  ])('%s, and changes nothing', async (_what, changes, message) => {
    const { update, look } = await aChangeablePool({
      AutoVerifiedAttributes: ['email'],
      UserPoolTags: { team: 'shop' },
    });
    const before = await look();
    expect(await refused(update(changes))).toBe(invalid(message));
    expect(await look()).toEqual(before);
  });

  test('a feature beyond the plan', async () => {
    const { update } = await aChangeablePool({ UserPoolTier: 'LITE' });
    expect(await refused(update({ Policies: { PasswordPolicy: { PasswordHistorySize: 2 } } }))).toBe(
      'FeatureUnavailableInTierException: PasswordHistorySize is not available in the LITE tier.',
    );
  });

  test('a plan below a feature in use, unless the request ends its use', async () => {
    const { update, look } = await aChangeablePool({ Policies: { PasswordPolicy: { PasswordHistorySize: 2 } } });
    expect(await refused(update({ UserPoolTier: 'LITE' }))).toBe(
      'TierChangeNotAllowedException: The tier cannot be changed to LITE while PasswordHistorySize is in use.',
    );
    expect((await look()).UserPoolTier).toBe('ESSENTIALS');
    await update({ UserPoolTier: 'LITE', Policies: { PasswordPolicy: { MinimumLength: 8 } } });
    expect((await look()).UserPoolTier).toBe('LITE');
  });

  test('a pool that nobody made, or that is in another region', async () => {
    const { service, pool, look } = await aChangeablePool();
    const before = await look();
    const nobody = { id: 'us-east-1_000000000' };
    expect(await refused(changeable(service, nobody).update({}))).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
    const abroad = { client: service.clientFor('eu-west-1') };
    expect(await refused(changeable(abroad, pool).update({ PoolName: 'taken' }))).toBe(
      `ResourceNotFoundException: User pool ${pool.id} does not exist.`,
    );
    expect(await look()).toEqual(before);
  });
});

describe('Many calls of UpdateUserPool at once', () => {
  test('lose neither of two settings that are kept when left out', async () => {
    const { update, look } = await aChangeablePool();
    for (let length = 10; length < 20; length++) {
      const SignInPolicy = {
        AllowedFirstAuthFactors: ['PASSWORD', length % 2 === 0 ? 'WEB_AUTHN' : 'EMAIL_OTP'],
      } as const;
      const told = await outcomes([
        update({ Policies: { PasswordPolicy: { MinimumLength: length } } }),
        update({ Policies: { SignInPolicy: { AllowedFirstAuthFactors: [...SignInPolicy.AllowedFirstAuthFactors] } } }),
        update({ PoolName: `shop ${length}` }),
      ]);
      expect(told).toEqual(['done', 'done', 'done']);
      const after = await look();
      expect(after.Name).toBe(`shop ${length}`);
      expect(after.Policies).toMatchObject({ PasswordPolicy: { MinimumLength: length }, SignInPolicy });
    }
  });

  test('leave the pool as one of them wanted it, and tell those that were never done', async () => {
    const { update, look } = await aChangeablePool();
    const wanted = Array.from({ length: 12 }, (_, index) => `writer ${index}`);
    const told = await outcomes(wanted.map((name) => update({ PoolName: name, UserPoolTags: { writer: name } })));
    for (const outcome of told) {
      expect(['done', 'ConcurrentModificationException: The user pool is being changed by another request.']).toContain(
        outcome,
      );
    }
    const { Name = '', UserPoolTags } = await look();
    expect(UserPoolTags).toEqual({ writer: Name });
    expect(told[wanted.indexOf(Name)]).toBe('done');
  });
});

test('UpdateUserPool gives up when others are always faster', async () => {
  const { ports, aPool } = await startService();
  const pool = await aPool();
  const pools = { ...ports.pools, save: async () => 'changed' as const };
  const { update } = changeable(await startService({ ports: { pools } }), pool);
  expect(await refused(update({ PoolName: 'late' }))).toBe(
    'ConcurrentModificationException: The user pool is being changed by another request.',
  );
});

describe('What UpdateUserPool has answered', () => {
  const signUp = ({ client }: Pick<Service, 'client'>, ClientId: string, Username: string) =>
    refused(client.send(new SignUpCommand({ ClientId, Username, Password: 'Correct-Horse-9' })));
  const closed = 'NotAuthorizedException: SignUp is not permitted for this user pool';

  test('holds for every operation that begins afterwards', async () => {
    const { update, pool, service } = await aChangeablePool();
    const { id } = await service.aClient(pool);
    for (let round = 0; round < 20; round++) {
      const AllowAdminCreateUserOnly = round % 2 === 0;
      // Readers that began earlier must not put back what they read.
      const readers = [1, 2, 3].map((reader) => signUp(service, id, `early-${round}-${reader}`));
      await update({ AdminCreateUserConfig: { AllowAdminCreateUserOnly } });
      const outcome = await signUp(service, id, `late-${round}`);
      expect(outcome).toBe(AllowAdminCreateUserOnly ? closed : 'nothing is refused');
      await Promise.all(readers);
    }
  });

  test('holds for the next operation of another process', async () => {
    const [here, there] = await startProcesses();
    const pool = await here.aPool();
    const { id } = await here.aClient(pool);
    for (let round = 0; round < 6; round++) {
      const [writer, reader] = round % 2 === 0 ? [here, there] : [there, here];
      await changeable(writer, pool).update({ AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } });
      expect(await signUp(reader, id, `closed-${round}`)).toBe(closed);
      // The reader knows the pool as closed, and refuses before it reads anything else.
      await changeable(writer, pool).update({ AdminCreateUserConfig: { AllowAdminCreateUserOnly: false } });
      expect(await signUp(reader, id, `open-${round}`)).toBe('nothing is refused');
    }
  });

  test('holds for an administrator in another process', async () => {
    const [here, there] = await startProcesses();
    const pool = await here.aPool();
    await there.aUser(pool, { username: 'ada', password: 'Correct-Horse-9' });
    await changeable(here, pool).update({ Policies: { PasswordPolicy: { MinimumLength: 40 } } });
    expect(await refused(there.aUser(pool, { username: 'bob', password: 'Correct-Horse-9' }))).toBe(
      'InvalidPasswordException: Password did not conform with policy: Password not long enough',
    );
  });
});
