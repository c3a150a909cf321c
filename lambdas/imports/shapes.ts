/** Shapes that several operations of the imports room share. */
import { s } from '../core/contract/shape.ts';
import { arn, poolId } from '../core/contract/shapes/identifiers.ts';

export const userImportJobName = s.string({ min: 1, max: 128, pattern: String.raw`[\w\s+=,.@-]+` });
export const passwordHashingAlgorithm = s.oneOf('BCRYPT', 'SCRYPT', 'ARGON2ID', 'PBKDF2_SHA256');
export const userImportJobId = s.string({ min: 1, max: 55, pattern: 'import-[0-9a-zA-Z-]+' });
const userImportJobStatus = s.oneOf(
  'Created',
  'Pending',
  'InProgress',
  'Stopping',
  'Expired',
  'Stopped',
  'Failed',
  'Succeeded',
);
export const userImportJobType = s.structure({
  JobName: s.optional(userImportJobName),
  JobId: s.optional(userImportJobId),
  UserPoolId: s.optional(poolId),
  PreSignedUrl: s.optional(s.string({ max: 2048 })),
  CreationDate: s.optional(s.timestamp()),
  StartDate: s.optional(s.timestamp()),
  CompletionDate: s.optional(s.timestamp()),
  Status: s.optional(userImportJobStatus),
  CloudWatchLogsRoleArn: s.optional(arn),
  ImportedUsers: s.optional(s.long()),
  SkippedUsers: s.optional(s.long()),
  FailedUsers: s.optional(s.long()),
  CompletionMessage: s.optional(s.string({ min: 1, max: 128, pattern: String.raw`[\w]+` })),
  PasswordHashingAlgorithm: s.optional(passwordHashingAlgorithm),
});
