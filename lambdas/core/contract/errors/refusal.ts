/** A refusal, and every name that one can have. */

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

/** What the management of policies, principals and keys answers beside them. */
export const managementErrors = [
  'DeleteConflictException',
  'EntityAlreadyExistsException',
  'MalformedPolicyDocumentException',
  'NoSuchEntityException',
  'PackedPolicyTooLargeException',
  'UnmodifiableEntityException',
] as const;

export type ErrorName = (typeof operationErrors | typeof protocolErrors | typeof managementErrors)[number];
