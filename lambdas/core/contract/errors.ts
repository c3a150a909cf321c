/** Every error that a caller can receive, and the refusals that more than one operation shares. */

/** An answer that says no: thrown where it is decided, encoded once by the pipeline. */
export class Refusal extends Error {
  override readonly name: ErrorName;
  /** How the name and message are known. */
  readonly evidence: Evidence;

  constructor(name: ErrorName, message: string, evidence: Evidence = 'assumed') {
    super(message);
    this.name = name;
    this.evidence = evidence;
  }
}

/** `recorded` from the real service, `documented` by it, or `assumed` until somebody sees it. */
export type Evidence = 'recorded' | 'documented' | 'assumed';

/** What operations declare. */
export const operationErrors = [
  'AccessDeniedException',
  'AliasExistsException',
  'CodeDeliveryFailureException',
  'CodeMismatchException',
  'ConcurrentModificationException',
  'DeviceKeyExistsException',
  'DuplicateProviderException',
  'EnableSoftwareTokenMFAException',
  'ExpiredCodeException',
  'FeatureUnavailableInTierException',
  'ForbiddenException',
  'GroupExistsException',
  'InternalErrorException',
  'InternalServerException',
  'InvalidEmailRoleAccessPolicyException',
  'InvalidLambdaResponseException',
  'InvalidOAuthFlowException',
  'InvalidParameterException',
  'InvalidPasswordException',
  'InvalidSmsRoleAccessPolicyException',
  'InvalidSmsRoleTrustRelationshipException',
  'InvalidUserPoolConfigurationException',
  'LimitExceededException',
  'MFAMethodNotFoundException',
  'ManagedLoginBrandingExistsException',
  'NotAuthorizedException',
  'OperationNotEnabledException',
  'PasswordHistoryPolicyViolationException',
  'PasswordResetRequiredException',
  'PreconditionNotMetException',
  'RefreshTokenReuseException',
  'ResourceNotFoundException',
  'ScopeDoesNotExistException',
  'ServiceQuotaExceededException',
  'SoftwareTokenMFANotFoundException',
  'TermsExistsException',
  'TierChangeNotAllowedException',
  'TooManyFailedAttemptsException',
  'TooManyRequestsException',
  'UnauthorizedException',
  'UnexpectedLambdaException',
  'UnsupportedIdentityProviderException',
  'UnsupportedOperationException',
  'UnsupportedTokenTypeException',
  'UnsupportedUserStateException',
  'UserImportInProgressException',
  'UserLambdaValidationException',
  'UserNotConfirmedException',
  'UserNotFoundException',
  'UserPoolAddOnNotEnabledException',
  'UserPoolTaggingException',
  'UsernameExistsException',
  'WebAuthnChallengeNotFoundException',
  'WebAuthnClientMismatchException',
  'WebAuthnConfigurationMissingException',
  'WebAuthnCredentialNotSupportedException',
  'WebAuthnNotEnabledException',
  'WebAuthnOriginNotAllowedException',
  'WebAuthnRelyingPartyMismatchException',
] as const;

/** What the protocol and the signature check answer, on any operation. */
export const protocolErrors = [
  'AccessDeniedException',
  'ExpiredTokenException',
  'IncompleteSignatureException',
  'InvalidSignatureException',
  'MissingAuthenticationTokenException',
  'RequestEntityTooLargeException',
  'SerializationException',
  'ServiceUnavailableException',
  'UnknownOperationException',
  'UnrecognizedClientException',
] as const;

export type ErrorName = (typeof operationErrors)[number] | (typeof protocolErrors)[number];

// Protocol

export const unknownOperation = (name: string): Refusal =>
  new Refusal('UnknownOperationException', `Unknown operation ${name}`.trimEnd());

export const bodyTooLarge = (): Refusal => new Refusal('RequestEntityTooLargeException', 'Request body is too large');

export const bodyUnreadable = (): Refusal => new Refusal('SerializationException', 'Unexpected token in request body');

export const parameterUnreadable = (name: string): Refusal =>
  new Refusal('SerializationException', `Value of parameter ${name} can not be read`);

export const parameterRepeated = (name: string): Refusal =>
  new Refusal('SerializationException', `Parameter ${name} is given more than once`);

export const versionUnknown = (version: string): Refusal => invalidParameter(`Version must be ${version}`);

export const rateExceeded = (): Refusal => new Refusal('TooManyRequestsException', 'Rate exceeded');

export const serviceUnavailable = (): Refusal =>
  new Refusal('ServiceUnavailableException', 'The service is unavailable. Please try again.');

/** All that a caller learns of a fault; the log has the rest. */
export const internalError = (name: 'InternalErrorException' | 'InternalServerException'): Refusal =>
  new Refusal(name, 'Internal server error');

export const notBuilt = (operation: string): Refusal =>
  new Refusal('OperationNotEnabledException', `${operation} is not enabled in this deployment`);

/** A value of one JSON kind stands where the API has another type: `NUMBER` for a `String`, say. */
export const notConvertible = (kind: string, type: string): Refusal =>
  new Refusal('SerializationException', `${kind}_VALUE can not be converted to a ${type}`);

export const unexpectedStructure = (): Refusal =>
  new Refusal('SerializationException', 'Start of structure or map found where not expected.');

export const unexpectedList = (): Refusal =>
  new Refusal('SerializationException', 'Unexpected list element termination');

/** Each clause says which value breaks which rule of the API. */
export const constraintsViolated = (clauses: readonly string[]): Refusal =>
  new Refusal(
    'InvalidParameterException',
    `${clauses.length} validation error${clauses.length === 1 ? '' : 's'} detected: ${clauses.join('; ')}`,
    'recorded',
  );

// Signatures

export const signatureMissing = (): Refusal =>
  new Refusal('MissingAuthenticationTokenException', 'Missing Authentication Token', 'recorded');

export const authorizationIncomplete = (missing: readonly string[], header: string): Refusal =>
  new Refusal(
    'IncompleteSignatureException',
    `${missing.map((part) => `Authorization header requires '${part}' parameter. `).join('')}Authorization=${header}`,
  );

export const presignedQueryIncomplete = (missing: readonly string[]): Refusal =>
  new Refusal(
    'IncompleteSignatureException',
    missing.map((part) => `AWS query-string parameters must include '${part}'.`).join(' '),
  );

export const credentialMalformed = (credential: string): Refusal =>
  new Refusal(
    'IncompleteSignatureException',
    `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
  );

export const regionInvalid = (): Refusal =>
  new Refusal('InvalidSignatureException', 'Credential should be scoped to a valid region. ');

// Access tokens

export const accessTokenInvalid = (): Refusal => new Refusal('NotAuthorizedException', 'Invalid Access Token');

export const accessTokenExpired = (): Refusal => new Refusal('NotAuthorizedException', 'Access Token has expired');

export const accessTokenRevoked = (): Refusal =>
  new Refusal('NotAuthorizedException', 'Access Token has been revoked', 'recorded');

export const accessTokenOutOfScope = (): Refusal =>
  new Refusal('NotAuthorizedException', 'Access Token does not have required scopes', 'recorded');

// Pools and clients

export const poolNotFound = (id: string): Refusal =>
  new Refusal('ResourceNotFoundException', `User pool ${id} does not exist.`);

export const clientNotFound = (id: string): Refusal =>
  new Refusal('ResourceNotFoundException', `User pool client ${id} does not exist.`);

export const invalidParameter = (message: string): Refusal => new Refusal('InvalidParameterException', message);

// Users

export const userNotFound = (): Refusal => new Refusal('UserNotFoundException', 'User does not exist.', 'recorded');

/** What ForgotPassword says of an unknown user, and the other operations that take a client id and a username. */
export const combinationNotFound = (): Refusal =>
  new Refusal('UserNotFoundException', 'Username/client id combination not found.', 'recorded');

// Signing in

export const incorrectPassword = (): Refusal =>
  new Refusal('NotAuthorizedException', 'Incorrect username or password.', 'recorded');

export const passwordAttemptsExceeded = (): Refusal =>
  new Refusal('NotAuthorizedException', 'Password attempts exceeded', 'documented');

export const userDisabled = (): Refusal => new Refusal('NotAuthorizedException', 'User is disabled.', 'recorded');

export const userNotConfirmed = (): Refusal => new Refusal('UserNotConfirmedException', 'User is not confirmed.');

export const passwordResetRequired = (): Refusal =>
  new Refusal('PasswordResetRequiredException', 'Password reset required for the user');

export const temporaryPasswordExpired = (): Refusal =>
  new Refusal(
    'NotAuthorizedException',
    'Temporary password has expired and must be reset by an administrator.',
    'recorded',
  );

export const initiateMethodNotSupported = (): Refusal =>
  new Refusal('InvalidParameterException', 'Initiate Auth method not supported', 'recorded');

export const missingParameter = (name: string): Refusal =>
  new Refusal('InvalidParameterException', `Missing required parameter ${name}`, 'recorded');

export const srpPublicValueInvalid = (): Refusal => invalidParameter('Invalid SRP_A.');

export const timestampUnreadable = (): Refusal =>
  invalidParameter('TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.');

export const challengeResponsesMissing = (): Refusal =>
  invalidParameter('Missing required parameter challenge responses');

// Challenge sessions

export const sessionMissing = (): Refusal => invalidParameter('Missing required parameter Session');

export const invalidSession = (): Refusal =>
  new Refusal('NotAuthorizedException', 'Invalid session for the user.', 'recorded');

export const sessionExpired = (): Refusal =>
  new Refusal('NotAuthorizedException', 'Invalid session for the user, session is expired.', 'recorded');

export const sessionSpent = (): Refusal =>
  new Refusal('NotAuthorizedException', 'Invalid session for the user, session can only be used once.', 'recorded');

// Refreshing and revoking

export const invalidRefreshToken = (): Refusal =>
  new Refusal('NotAuthorizedException', 'Invalid Refresh Token.', 'recorded');

export const refreshTokenExpired = (): Refusal => new Refusal('NotAuthorizedException', 'Refresh Token has expired');

export const refreshTokenRevoked = (): Refusal =>
  new Refusal('NotAuthorizedException', 'Refresh Token has been revoked', 'recorded');

export const refreshTokenReused = (): Refusal =>
  new Refusal('RefreshTokenReuseException', 'Refresh Token has been used already.');

export const revocationDisabled = (): Refusal =>
  new Refusal('UnsupportedOperationException', 'Token revocation is not enabled for the client.');

export const tokenTypeUnsupported = (): Refusal =>
  new Refusal('UnsupportedTokenTypeException', 'Only refresh tokens can be revoked.');

export const tokenUnreadable = (): Refusal => invalidParameter('Invalid Token.');

export const tokenOfAnotherClient = (): Refusal =>
  new Refusal('UnauthorizedException', 'The token was not issued to this client.');

export const clientSecretWrong = (): Refusal => new Refusal('UnauthorizedException', 'Invalid client secret.');

// Client secrets

/** Operations with a `SecretHash` member and those with a `SECRET_HASH` parameter word a missing one differently. */
export type SecretHashPlace = 'member' | 'parameter';

export const secretHashMissing = (clientId: string, place: SecretHashPlace): Refusal =>
  new Refusal(
    'NotAuthorizedException',
    place === 'member'
      ? `Client ${clientId} is configured for secret but secret was not received`
      : `Client ${clientId} is configured with secret but SECRET_HASH was not received`,
    'recorded',
  );

export const secretHashWrong = (clientId: string): Refusal =>
  new Refusal('NotAuthorizedException', `Unable to verify secret hash for client ${clientId}`, 'recorded');

export const secretHashUncalledFor = (clientId: string, place: SecretHashPlace): Refusal =>
  new Refusal(
    'NotAuthorizedException',
    place === 'member'
      ? `Client ${clientId} is not configured with secret but secret was received`
      : `Unable to verify secret hash for client ${clientId}`,
  );

// Passwords

/** Which of the two sentences introduces the rule: the operations that give a user a first password use another one. */
export type PasswordWording = 'signing-up' | 'changing';

const weakPassword =
  (rule: string, evidence: Evidence) =>
  (wording: PasswordWording): Refusal =>
    new Refusal(
      'InvalidPasswordException',
      `${wording === 'signing-up' ? 'Password did not conform with policy' : 'Password does not conform to policy'}: ${rule}`,
      evidence,
    );

export const passwordNotLongEnough = weakPassword('Password not long enough', 'recorded');
export const passwordWithoutLowercase = weakPassword('Password must have lowercase characters', 'recorded');
export const passwordWithoutUppercase = weakPassword('Password must have uppercase characters', 'recorded');
export const passwordWithoutNumber = weakPassword('Password must have numeric characters', 'recorded');
export const passwordWithoutSymbol = weakPassword('Password must have symbol characters', 'assumed');
export const passwordTooLong = weakPassword('Password too long', 'assumed');

export const passwordWithUnusableBlank = (): Refusal =>
  invalidParameter(
    "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\S]+",
  );

export const passwordUsedBefore = (): Refusal =>
  new Refusal('PasswordHistoryPolicyViolationException', 'Password has previously been used.');

// Token validity

export const invalidTokenValidity = (): Refusal =>
  new Refusal('InvalidParameterException', 'Invalid range for token validity.', 'recorded');

export const refreshShorterThanTokens = (): Refusal =>
  invalidParameter('Refresh token validity must not be shorter than access or ID token validity.');

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

export const tooManyCustomAttributes = (limit: number): Refusal =>
  invalidParameter(`A user pool can have at most ${limit} custom attributes.`);

export const attributeConstraintsInvalid = (kind: 'String' | 'Number', name: string): Refusal =>
  invalidParameter(`Invalid ${kind}AttributeConstraints for schema attribute ${name}`);

export const attributeLengthTooLarge = (name: string): Refusal =>
  invalidParameter(`user.${name}: String attributes cannot have a length of more than 2048`);

export const attributeBoundsCrossed = (name: string, what: 'length' | 'value'): Refusal =>
  invalidParameter(`user.${name}: Max ${what} cannot be less than min ${what}.`);

// Attributes

/** Findings at creation, each with its line feed. */
export const attributesNotConforming = (findings: readonly string[]): Refusal =>
  new Refusal('InvalidParameterException', `Attributes did not conform to the schema: ${lines(findings)}`, 'recorded');

/** Findings of updates and deletions, each with its line feed. */
export const userAttributesInvalid = (findings: readonly string[]): Refusal =>
  new Refusal('InvalidParameterException', `Invalid user attributes: ${lines(findings)}`, 'recorded');

const lines = (findings: readonly string[]): string => findings.map((finding) => `${finding}\n`).join('');

export const attributeUnauthorized = (): Refusal =>
  new Refusal('NotAuthorizedException', 'A client attempted to write unauthorized attribute', 'recorded');

export const emailFormatInvalid = (): Refusal => invalidParameter('Invalid email address format.');

export const phoneNumberFormatInvalid = (): Refusal =>
  new Refusal('InvalidParameterException', 'Invalid phone number format.', 'recorded');

export const emailRequiredToVerify = (): Refusal => invalidParameter('Email is required to verify/un-verify an email');

export const phoneNumberRequiredToVerify = (): Refusal =>
  invalidParameter('Phone Number is required to verify/un-verify a phone number');

export const attributeDiffersFromUsername = (name: string): Refusal =>
  invalidParameter(`Username and ${name} must be the same, since user pool is configured for ${name} as username.`);

export const preferredUsernameTooEarly = (): Refusal =>
  invalidParameter(
    'preferred_username cannot be set before the user is confirmed, since user pool is configured for preferred_username alias.',
  );

export const attributeAlreadyProvided = (name: string): Refusal =>
  new Refusal('NotAuthorizedException', `Cannot modify an already provided ${name}`, 'recorded');

export const attributeMissing = (name: string): Refusal =>
  invalidParameter(`Invalid attributes given, ${name} is missing`);

// Usernames

export const usernameNotEmail = (): Refusal => invalidParameter('Username should be an email.');

export const usernameNotPhoneNumber = (): Refusal => invalidParameter('Username should be a phone number.');

export const usernameNeitherEmailNorPhoneNumber = (): Refusal =>
  invalidParameter('Username should be either an email or a phone number.');

export const usernameOfEmailFormat = (): Refusal =>
  new Refusal(
    'InvalidParameterException',
    'Username cannot be of email format, since user pool is configured for email alias.',
    'recorded',
  );

export const usernameOfPhoneNumberFormat = (): Refusal =>
  invalidParameter('Username cannot be of phone number format, since user pool is configured for phone number alias.');

// User filters

export const filterUnreadable = (): Refusal => invalidParameter('Error while parsing filter');

export const searchAttributeInvalid = (name: string): Refusal => invalidParameter(`Invalid search attribute: ${name}`);

export const requestedAttributesUnknown = (): Refusal =>
  new Refusal('InvalidParameterException', 'One or more requested attributes do not exist.', 'recorded');

// Codes

export const codeMismatch = (): Refusal =>
  new Refusal('CodeMismatchException', 'Invalid verification code provided, please try again.', 'recorded');

export const expiredCode = (): Refusal =>
  new Refusal('ExpiredCodeException', 'Invalid code provided, please request a code again.', 'recorded');

export const attemptLimitExceeded = (): Refusal =>
  new Refusal('LimitExceededException', 'Attempt limit exceeded, please try after some time.', 'recorded');

export const codeDeliveryFailed = (medium: 'EMAIL' | 'SMS'): Refusal =>
  new Refusal('CodeDeliveryFailureException', `The ${medium === 'SMS' ? 'SMS' : 'email'} message could not be sent.`);

export const nothingToRecoverWith = (): Refusal =>
  new Refusal(
    'InvalidParameterException',
    'Cannot reset password for the user as there is no registered/verified email or phone_number',
    'recorded',
  );

export const recoveryByAdministratorOnly = (): Refusal =>
  new Refusal('NotAuthorizedException', 'Contact administrator to reset password.');

export const deliveryAttributeMissing = (attribute: 'email' | 'phone_number'): Refusal =>
  invalidParameter(`User does not have an attribute ${attribute} to deliver the message to.`);

// Page tokens

/** ListUsers quotes the token, as the service was seen to do. */
export const pagingMarkerInvalid = (token: string, requestId: string): Refusal =>
  new Refusal('InvalidParameterException', `Paging marker ${token} is invalid for request ${requestId}`, 'recorded');

export const paginationTokenInvalid = (): Refusal => invalidParameter('Invalid pagination token provided.');

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
  invalidParameter('AttributesRequireVerificationBeforeUpdate must be a subset of AutoVerifiedAttributes.');

export const smsCallerAmbiguous = (): Refusal =>
  invalidParameter('Only one of SnsCallerArn or EumsSms can be set in SmsConfiguration.');

export const emailSourceMissing = (): Refusal =>
  invalidParameter('SourceArn is required in EmailConfiguration when EmailSendingAccount is DEVELOPER.');

export const customSenderWithoutKey = (): Refusal =>
  invalidParameter('KMSKeyID is required in LambdaConfig when a custom sender is set.');

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

// Settings of clients

export const flowsMixed = (): Refusal =>
  invalidParameter('ExplicitAuthFlows with the ALLOW_ prefix cannot be mixed with those without it.');

export const secretGivenAndGenerated = (): Refusal =>
  invalidParameter('Only one of GenerateSecret or ClientSecret can be set.');

export const rotationWithRefreshFlow = (): Refusal =>
  invalidParameter('RefreshTokenRotation cannot be enabled together with ALLOW_REFRESH_TOKEN_AUTH.');

export const contextDataWithoutSecret = (): Refusal =>
  invalidParameter('EnablePropagateAdditionalUserContextData needs a client with a secret.');

export const defaultRedirectNotListed = (): Refusal =>
  invalidParameter('DefaultRedirectURI must be one of CallbackURLs.');

export const redirectUriInvalid = (uri: string): Refusal => invalidParameter(`Invalid redirect URI: ${uri}`);

export const attributeListInvalid = (kind: 'read' | 'write'): Refusal =>
  invalidParameter(`Invalid ${kind} attributes specified while creating a client`);

export const requiredAttributeNotWritable = (name: string): Refusal =>
  invalidParameter(`WriteAttributes must contain the required attribute ${name}.`);

export const oauthIncomplete = (): Refusal =>
  new Refusal(
    'InvalidOAuthFlowException',
    'AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.',
  );

export const clientCredentialsNotAlone = (): Refusal =>
  new Refusal(
    'InvalidOAuthFlowException',
    'client_credentials flow can not be selected along with code flow or implicit flow.',
  );

export const clientCredentialsWithoutSecret = (): Refusal =>
  new Refusal(
    'InvalidOAuthFlowException',
    'client_credentials flow can not be selected if client does not have a client secret.',
  );

export const scopeUnknown = (scope: string): Refusal =>
  new Refusal('ScopeDoesNotExistException', `Invalid scope requested: ${scope}`);

export const providerUnknown = (name: string, poolId: string): Refusal =>
  invalidParameter(`The provider ${name} does not exist for User Pool ${poolId}.`);

// Flows that a client does not allow

export const srpNotEnabled = (): Refusal =>
  new Refusal('InvalidParameterException', 'USER_SRP_AUTH is not enabled for the client.', 'recorded');

export const customAuthNotEnabled = (): Refusal =>
  new Refusal('InvalidParameterException', 'CUSTOM_AUTH is not enabled for the client.', 'recorded');

export const adminAuthNotEnabled = (): Refusal =>
  new Refusal('InvalidParameterException', 'Auth flow not enabled for this client', 'recorded');

export const userPasswordNotEnabled = (): Refusal =>
  new Refusal('InvalidParameterException', 'USER_PASSWORD_AUTH flow not enabled for this client', 'recorded');

export const refreshNotEnabled = (): Refusal => invalidParameter('REFRESH_TOKEN_AUTH flow not enabled for this client');

export const choiceNotEnabled = (): Refusal => invalidParameter('USER_AUTH flow not enabled for this client');

export const refreshFlowWithRotation = (): Refusal =>
  new Refusal(
    'UnsupportedOperationException',
    'REFRESH_TOKEN_AUTH is not available to a client with refresh token rotation.',
  );

// Lambda triggers

export const triggerNotEnabled = (trigger: string): Refusal =>
  new Refusal('OperationNotEnabledException', `Lambda trigger ${trigger} is not enabled in this deployment`);
