/** What the management of policies, principals and keys refuses. The texts are this service's own. */

import { Refusal } from './refusal.ts';

export const callerNotIdentified = (): Refusal =>
  new Refusal('AccessDeniedException', 'The gateway does not say who calls: sign the request for execute-api');

export const nobodyStandsFor = (arn: string): Refusal =>
  new Refusal('AccessDeniedException', `No principal that is active stands for ${arn}`);

export const tooManyStandFor = (arn: string, most: number): Refusal =>
  new Refusal('LimitExceededException', `More than ${most} principals stand for ${arn}`);

export const memberUnknown = (name: string): Refusal =>
  new Refusal('InvalidParameterException', `There is no member ${JSON.stringify(name)} in this request`);

export const methodNotPost = (): Refusal =>
  new Refusal('UnknownOperationException', 'Requests here are made with POST');

export const policyMalformed = (sentence: string): Refusal => new Refusal('MalformedPolicyDocumentException', sentence);

export const sessionPolicyTooLarge = (most: number): Refusal =>
  new Refusal('PackedPolicyTooLargeException', `The policies of a session take at most ${most} characters together`);

export const entityExists = (kind: EntityKind, name: string): Refusal =>
  new Refusal('EntityAlreadyExistsException', `There is a ${kind} ${name} already`);

export const noSuchEntity = (kind: EntityKind, name: string): Refusal =>
  new Refusal('NoSuchEntityException', `There is no ${kind} ${name}`);

export const entityBuiltIn = (kind: EntityKind, name: string): Refusal =>
  new Refusal('UnmodifiableEntityException', `The ${kind} ${name} is built in: it can be disabled, not deleted`);

export const nameReserved = (name: string): Refusal =>
  new Refusal('InvalidParameterException', `The name ${name} is kept for what is built in`);

export const policyAttached = (name: string): Refusal =>
  new Refusal('DeleteConflictException', `Principals still name the policy ${name}`);

export const arnPatternMalformed = (): Refusal =>
  new Refusal('InvalidParameterException', 'Arn must be a pattern of ARNs with six parts that begins with arn:');

export const keysNotForArn = (name: string): Refusal =>
  new Refusal('InvalidParameterException', `${name} stands for callers of IAM, who have keys of their own`);

export const tooManyKeys = (name: string, most: number): Refusal =>
  new Refusal('LimitExceededException', `${name} has ${most} keys, and cannot have more`);

export const changedByOthers = (): Refusal =>
  new Refusal('ConcurrentModificationException', 'Others made changes at the same time. Please try again.');

/** `detail` says what is wrong with the proof, never what it holds. */
export const proofNotAccepted = (detail: string): Refusal =>
  new Refusal('AccessDeniedException', `The request to STS proves nobody here: ${detail}`);

type EntityKind = 'policy' | 'principal' | 'access key';
