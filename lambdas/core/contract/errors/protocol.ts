/** What the protocol itself refuses, on any operation. */

import { invalidParameter } from './pools.ts';
import { Refusal } from './refusal.ts';

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
