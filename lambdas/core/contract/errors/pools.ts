/** Refusals about user pools: their settings and their schema. */

import { Refusal } from './refusal.ts';

// Pools and clients

export const poolNotFound = (id: string): Refusal =>
  new Refusal('ResourceNotFoundException', `User pool ${id} does not exist.`);

export const clientNotFound = (id: string): Refusal =>
  new Refusal('ResourceNotFoundException', `User pool client ${id} does not exist.`);

export const invalidParameter = (message: string): Refusal => new Refusal('InvalidParameterException', message);

export const clientBeingChanged = (): Refusal =>
  new Refusal('ConcurrentModificationException', 'The user pool client is being changed by another request.');

export const poolBeingChanged = (): Refusal =>
  new Refusal('ConcurrentModificationException', 'The user pool is being changed by another request.');

export const deletionProtected = (): Refusal =>
  new Refusal(
    'InvalidParameterException',
    'The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.',
    'recorded',
  );

export const poolArnInvalid = (): Refusal =>
  invalidParameter('ResourceArn must be the ARN of a user pool in this account and Region.');

export const tagKeyReserved = (key: string): Refusal =>
  invalidParameter(`Tag key ${key} is reserved: keys that begin with aws: cannot be set.`);

// Replicas

export const replicaNotFound = (poolId: string, region: string): Refusal =>
  new Refusal('ResourceNotFoundException', `User pool ${poolId} does not have a replica in ${region}.`);

export const replicaTaken = (region: string): Refusal =>
  invalidParameter(`The user pool has a replica in ${region} already.`);

export const replicaInOwnRegion = (): Refusal =>
  invalidParameter('RegionName must be another Region than that of the user pool.');

export const regionNameInvalid = (): Refusal => invalidParameter('RegionName must be the name of a Region.');

export const keyNotMultiRegion = (): Refusal =>
  invalidParameter('KeyConfiguration must name a customer managed multi-Region key before a replica can be created.');

export const replicaNotReady = (state: string): Refusal =>
  invalidParameter(`A replica can be updated when it is ACTIVE or INACTIVE; this one is ${state}.`);

export const replicaNotInactive = (state: string): Refusal =>
  invalidParameter(`A replica can be deleted when it is INACTIVE; this one is ${state}.`);

export const poolHasReplica = (): Refusal =>
  invalidParameter('User pool cannot be deleted. It has a replica that should be deleted first.');

// Settings of pools

export const aliasesAndUsernameAttributes = (): Refusal =>
  invalidParameter('Only one of the aliasAttributes or usernameAttributes can be set in a user pool.');

export const smsNeededForMfa = (): Refusal =>
  new Refusal(
    'InvalidParameterException',
    'SMS configuration and Auto verification for phone_number are required when MFA is required/optional',
    'recorded',
  );

export const smsNeededForOtp = (): Refusal =>
  new Refusal(
    'InvalidParameterException',
    'SMS_OTP can not be configured as AuthFactor as user pool is missing valid SMS configuration',
    'recorded',
  );

export const mfaCannotBeTurnedOn = (): Refusal =>
  new Refusal(
    'InvalidParameterException',
    'Cannot turn MFA functionality ON, once the user pool has been created.',
    'recorded',
  );

export const firstFactorUnsupported = (factor: string): Refusal =>
  invalidParameter(`${factor} can not be configured as AuthFactor.`);

export const verificationWithoutAutoVerification = (): Refusal =>
  new Refusal(
    'InvalidParameterException',
    'All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes',
    'recorded',
  );

export const smsCallerAmbiguous = (): Refusal =>
  invalidParameter('Only one of SnsCallerArn or EumsSms can be set in SmsConfiguration.');

export const textRegionForeign = (region: string): Refusal =>
  invalidParameter(`Region in EumsSms must be the Region of the user pool, ${region}.`);

export const subjectTooLong = (limit: number): Refusal =>
  invalidParameter(`Subject in EmailMfaConfiguration may have ${limit} characters.`);

export const emailSourceMissing = (): Refusal =>
  invalidParameter('SourceArn is required in EmailConfiguration when EmailSendingAccount is DEVELOPER.');

export const customSenderWithoutKey = (): Refusal =>
  invalidParameter('KMSKeyID is required in LambdaConfig when a custom sender is set.');

export const passwordAndPasskeysOnlyWithMfa = (): Refusal =>
  new Refusal(
    'InvalidParameterException',
    'Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled',
    'recorded',
  );

export const passkeyAloneWithMfa = (): Refusal =>
  new Refusal(
    'InvalidParameterException',
    'Cannot set WebAuthn factor configuration to SINGLE_FACTOR if MFA is required and WebAuthn is an allowed first auth factor',
    'recorded',
  );

export const passkeyNotForMfa = (): Refusal =>
  new Refusal(
    'InvalidParameterException',
    'WEB_AUTHN cannot be used as an auth factor when MFA is enabled if not configured for MFA',
    'recorded',
  );

export const mfaOffWithFactor = (): Refusal =>
  new Refusal(
    'InvalidParameterException',
    "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.",
    'recorded',
  );

export const mfaFactorMissing = (): Refusal =>
  new Refusal(
    'InvalidParameterException',
    'Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled.',
    'recorded',
  );

export const mfaFactorsDisabled = (): Refusal =>
  new Refusal(
    'InvalidParameterException',
    "Invalid MFA configuration given, can't disable all MFAs with a required or optional configuration.",
    'recorded',
  );

export const emailMfaWithoutSender = (): Refusal =>
  new Refusal(
    'InvalidParameterException',
    'Cannot set EmailMfaConfiguration when user pool EmailConfiguration contains an EmailSendingAccount of COGNITO_DEFAULT',
    'recorded',
  );

export const fromAddressInvalid = (): Refusal =>
  invalidParameter('From in EmailConfiguration must be an email address, with or without a display name.');

export const tokenGenerationAmbiguous = (): Refusal =>
  invalidParameter('PreTokenGeneration and PreTokenGenerationConfig must name the same function.');

export const acrLevelUnknown = (level: string): Refusal =>
  invalidParameter(`AcrConfiguration has the levels Level1 to Level4, and none that is called ${level}.`);

export const acrNameInvalid = (): Refusal =>
  invalidParameter('An AcrValue must be a URL or a URN of at most 64 characters.');

export const acrNameRepeated = (): Refusal =>
  invalidParameter('Each AcrValue must be unique, among the default names as well.');

export const settingsTooLarge = (limit: number): Refusal =>
  invalidParameter(`The settings may take ${limit} bytes in all.`);

export const adminOnlyNotAlone = (): Refusal =>
  invalidParameter('admin_only cannot be combined with other recovery mechanisms.');

export const recoveryMechanismRepeated = (): Refusal =>
  invalidParameter('Each recovery mechanism needs its own name and priority.');

export const inviteTemplateIncomplete = (placeholder: string): Refusal =>
  invalidParameter(`The invitation message must contain ${placeholder}.`);

export const featureNotInTier = (feature: string, tier: string): Refusal =>
  new Refusal('FeatureUnavailableInTierException', `${feature} is not available in the ${tier} tier.`);

export const tierHoldsFeature = (feature: string, tier: string): Refusal =>
  new Refusal('TierChangeNotAllowedException', `The tier cannot be changed to ${tier} while ${feature} is in use.`);

// Schema

export const standardAttributeFixed = (name: string): Refusal =>
  invalidParameter(
    `You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute ${name}`,
  );

export const attributeNameTaken = (name: string, holder: string): Refusal =>
  invalidParameter(`${name}: Existing attribute already has name ${holder}.`);

export const customAttributeRequired = (): Refusal =>
  invalidParameter('Required custom attributes are not supported currently.');

export const attributeTypeMissing = (): Refusal =>
  new Refusal(
    'InvalidParameterException',
    'Invalid AttributeDataType input, consider using the provided AttributeDataType enum.',
    'recorded',
  );

export const attributeNameMissing = (): Refusal => invalidParameter('Name is required for every schema attribute.');

export const attributeConstraintsInvalid = (kind: 'String' | 'Number', name: string): Refusal =>
  invalidParameter(`Invalid ${kind}AttributeConstraints for schema attribute ${name}`);

export const attributeLengthTooLarge = (name: string): Refusal =>
  invalidParameter(`user.${name}: String attributes cannot have a length of more than 2048`);

export const attributeBoundsCrossed = (name: string, what: 'length' | 'value'): Refusal =>
  invalidParameter(`user.${name}: Max ${what} cannot be less than min ${what}.`);
