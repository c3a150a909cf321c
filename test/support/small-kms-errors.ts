/** What the small KMS refuses, in the words of the real one. */

export class KmsRefusal extends Error {
  readonly type: string;
  readonly status: number;
  /** As JSON: KMS sends no text for some errors, and writes the one of denials with a capital. */
  readonly body: string;

  constructor(type: string, text?: string, { status = 400, member = 'message' } = {}) {
    super(`${type}: ${text ?? ''}`);
    this.type = type;
    this.status = status;
    this.body = JSON.stringify({ __type: type, ...(text !== undefined && { [member]: text }) });
  }
}

export const keyNotFound = (keyId: string) =>
  new KmsRefusal(
    'NotFoundException',
    keyId.startsWith('arn:') ? `Key '${keyId}' does not exist` : `Invalid keyId '${keyId}'`,
  );

export const keyDisabled = (arn: string) => new KmsRefusal('DisabledException', `${arn} is disabled.`);

export const keyPendingDeletion = (arn: string) =>
  new KmsRefusal('KMSInvalidStateException', `${arn} is pending deletion.`);

export const wrongUsage = (arn: string, usage: string, action: string) =>
  new KmsRefusal('InvalidKeyUsageException', `${arn} key usage is ${usage} which is not valid for ${action}.`);

export const wrongAlgorithm = (arn: string, algorithm: string) =>
  new KmsRefusal(
    'InvalidKeyUsageException',
    `Algorithm ${algorithm} is incompatible with key spec RSA_2048 of ${arn}.`,
  );

/** The real one gives no reason either. */
export const badCiphertext = () => new KmsRefusal('InvalidCiphertextException');

export const incorrectKey = () =>
  new KmsRefusal(
    'IncorrectKeyException',
    'The key ID in the request does not identify a CMK that can perform this operation.',
  );

export const invalid = (text: string) => new KmsRefusal('ValidationException', text);

export const tooLong = (member: string, most: number) =>
  invalid(
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: ` +
      `Member must have length less than or equal to ${most}`,
  );

export const accessDenied = (accessKeyId: string, action: string, arn: string) =>
  new KmsRefusal(
    'AccessDeniedException',
    `User: ${accessKeyId} is not authorized to perform: ${action} on resource: ${arn} ` +
      `because no identity-based policy allows the ${action} action`,
    { member: 'Message' },
  );

export const missingSignature = () =>
  new KmsRefusal('MissingAuthenticationTokenException', 'Missing Authentication Token');

export const unknownAction = () => new KmsRefusal('UnknownOperationException');

const injected: Readonly<Record<FaultName, readonly [text: string, status: number]>> = {
  ThrottlingException: [
    'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.',
    400,
  ],
  LimitExceededException: ['A limit was exceeded.', 400],
  KMSInternalException: ['An internal error has occurred.', 500],
  DependencyTimeoutException: ['A dependency timed out.', 503],
  KeyUnavailableException: ['The key is not available at the moment.', 500],
};

export type FaultName =
  | 'ThrottlingException'
  | 'LimitExceededException'
  | 'KMSInternalException'
  | 'DependencyTimeoutException'
  | 'KeyUnavailableException';

export const injectedFault = (name: FaultName) => {
  const [text, status] = injected[name];
  return new KmsRefusal(name, text, { status });
};
