/** Which operation a request asks for, and in which of the two forms. */
import { unknownOperation, versionUnknown } from '../contract/errors.ts';
import type { ApiRequest } from '../model/api-request.ts';
import type { WireForm } from './exchange.ts';
import { findParameter, parametersOf } from './query-parameters.ts';

const prefix = 'AWSCognitoIdentityProviderService.';
const apiVersion = '2016-04-18';

/** By parameters only where that is switched on, and where no header names an operation. */
export function formOf(request: ApiRequest, queryForm: boolean): WireForm {
  const isQuery = queryForm && request.path === '/' && request.headers['x-amz-target'] === undefined;
  return isQuery && findParameter(parametersOf(request), 'Action') !== undefined ? 'query' : 'json';
}

/** The name of the operation, which may be none of this service's. */
export function requireTarget(request: ApiRequest, form: WireForm): string {
  return form === 'json' ? requireTargetHeader(request) : requireAction(request);
}

function requireTargetHeader({ method, path, headers }: ApiRequest): string {
  const header = headers['x-amz-target'] ?? '';
  if (method !== 'POST' || path !== '/' || !header.startsWith(prefix)) throw unknownOperation(header);
  return header.slice(prefix.length);
}

function requireAction(request: ApiRequest): string {
  const parameters = parametersOf(request);
  if ((findParameter(parameters, 'Version') ?? apiVersion) !== apiVersion) throw versionUnknown(apiVersion);
  return findParameter(parameters, 'Action') ?? '';
}
