import { describe, expect, test } from 'vitest';
import type { PoolSettings } from '../../lambdas/core/model/pool.ts';
import { poolArn } from '../../lambdas/core/rules/pool-arns.ts';
import { standardAttributes } from '../../lambdas/core/rules/standard-attributes.ts';
import { describePool } from '../../lambdas/pools/pool-views.ts';
import { aPool, someMoment } from '../support/model.ts';

const described = (settings: PoolSettings) => JSON.parse(JSON.stringify(describePool(aPool({ settings }), 0)));
const arn = 'arn:aws:lambda:us-east-1:000000000000:function:f';

describe('A pool that was told nothing', () => {
  test('shows the defaults of the API, and no more', () => {
    expect(described({})).toEqual({
      Id: 'us-east-1_aBcDeF123',
      Name: 'shop',
      Arn: 'arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_aBcDeF123',
      CreationDate: someMoment,
      LastModifiedDate: someMoment,
      EstimatedNumberOfUsers: 0,
      SchemaAttributes: standardAttributes,
      Policies: {
        PasswordPolicy: {
          MinimumLength: 8,
          RequireUppercase: true,
          RequireLowercase: true,
          RequireNumbers: true,
          RequireSymbols: true,
          TemporaryPasswordValidityDays: 7,
        },
        SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] },
      },
      DeletionProtection: 'INACTIVE',
      LambdaConfig: {},
      VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_CODE' },
      MfaConfiguration: 'OFF',
      EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
      UserPoolTags: {},
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false, UnusedAccountValidityDays: 7 },
      AccountRecoverySetting: {
        RecoveryMechanisms: [
          { Priority: 1, Name: 'verified_email' },
          { Priority: 2, Name: 'verified_phone_number' },
        ],
      },
      UserPoolTier: 'ESSENTIALS',
      KeyConfiguration: { KeyType: 'AWS_OWNED_KEY' },
      IssuerConfiguration: { Type: 'ORIGINAL' },
      AcrConfiguration: {
        Level1: { AcrValue: 'urn:cognito:loa:1' },
        Level2: { AcrValue: 'urn:cognito:loa:2' },
        Level3: { AcrValue: 'urn:cognito:loa:3' },
        Level4: { AcrValue: 'urn:cognito:loa:4' },
      },
    });
  });

  test('is named by its partition, region, account and id', () => {
    expect(poolArn(aPool({ partition: 'aws-cn', region: 'cn-north-1', account: '1', id: 'cn-north-1_x' }))).toBe(
      'arn:aws-cn:cognito-idp:cn-north-1:1:userpool/cn-north-1_x',
    );
  });
});

describe('A pool that was told something', () => {
  test('shows what its password policy leaves out as not asked for', () => {
    expect(
      described({ Policies: { PasswordPolicy: { RequireNumbers: true, PasswordHistorySize: 3 } } }).Policies,
    ).toEqual({
      PasswordPolicy: {
        MinimumLength: 6,
        RequireUppercase: false,
        RequireLowercase: false,
        RequireNumbers: true,
        RequireSymbols: false,
        TemporaryPasswordValidityDays: 7,
        PasswordHistorySize: 3,
      },
      SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] },
    });
  });

  test('shows one life of temporary passwords in both of its members', () => {
    const policy = { Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 30 } } };
    expect(described(policy).AdminCreateUserConfig.UnusedAccountValidityDays).toBe(30);
    const older = { AdminCreateUserConfig: { UnusedAccountValidityDays: 3 } };
    expect(described(older).Policies.PasswordPolicy.TemporaryPasswordValidityDays).toBe(3);
  });

  test('speaks of first factors only where the plan has them', () => {
    expect(described({ UserPoolTier: 'LITE' }).Policies).not.toHaveProperty('SignInPolicy');
  });

  test('shows the words of verification in the older members too', () => {
    const template = { SmsMessage: 's {####}', EmailMessage: 'm {####}', EmailSubject: 'subject' };
    expect(described({ VerificationMessageTemplate: template })).toMatchObject({
      VerificationMessageTemplate: { ...template, DefaultEmailOption: 'CONFIRM_WITH_CODE' },
      SmsVerificationMessage: 's {####}',
      EmailVerificationMessage: 'm {####}',
      EmailVerificationSubject: 'subject',
    });
  });

  test('shows the function that changes tokens under both of its names', () => {
    expect(described({ LambdaConfig: { PreTokenGeneration: arn } }).LambdaConfig).toEqual({
      PreTokenGeneration: arn,
      PreTokenGenerationConfig: { LambdaVersion: 'V1_0', LambdaArn: arn },
    });
    const PreTokenGenerationConfig = { LambdaVersion: 'V2_0', LambdaArn: arn } as const;
    expect(described({ LambdaConfig: { PreTokenGenerationConfig } }).LambdaConfig).toEqual({
      PreTokenGeneration: arn,
      PreTokenGenerationConfig,
    });
  });

  test('does not show what belongs to the answers about second factors and sessions', () => {
    const shown = described({
      EnabledMfas: ['SMS_MFA'],
      SoftwareTokenMfaConfiguration: { Enabled: false },
      EmailMfaConfiguration: { Subject: 'x' },
      WebAuthnConfiguration: { RelyingPartyId: 'x' },
      UserSessionTracking: 'ENABLED',
      TokenSession: { MaxPerUser: 5 },
    });
    expect(shown).toEqual(described({}));
  });

  test('fills the members that were left out beside others', () => {
    expect(
      described({
        EmailConfiguration: { From: 'a@example.com', EmailSendingAccount: undefined },
        DcrConfiguration: { AllowedScopes: ['openid'] },
        AcrConfiguration: { Level2: { AcrValue: 'own' } },
        AdminCreateUserConfig: { AllowAdminCreateUserOnly: true, InviteMessageTemplate: { EmailSubject: 'Hi' } },
      }),
    ).toMatchObject({
      EmailConfiguration: { From: 'a@example.com', EmailSendingAccount: 'COGNITO_DEFAULT' },
      DcrConfiguration: { EnableStatus: 'Enabled', OpenDcrEnabled: false, AllowedScopes: ['openid'] },
      AcrConfiguration: { Level1: { AcrValue: 'urn:cognito:loa:1' }, Level2: { AcrValue: 'own' } },
      AdminCreateUserConfig: {
        AllowAdminCreateUserOnly: true,
        UnusedAccountValidityDays: 7,
        InviteMessageTemplate: { EmailSubject: 'Hi' },
      },
    });
  });
});
