/** Which operation a request asks for, and in which of the two forms. */
import { unknownOperation, versionUnknown } from '../contract/errors.ts';
import type { ApiRequest } from '../model/api-request.ts';
import type { WireForm } from './exchange.ts';
import { type Parameter, parametersOf, valueOf } from './query-parameters.ts';

const prefix = 'AWSCognitoIdentityProviderService.';
const apiVersion = '2016-04-18';

export interface Target {
  readonly name: string;
  readonly form: WireForm;
}

/** The operation by header or, where it is switched on, by the parameter `Action`. */
export function requireTarget(request: ApiRequest, queryForm: boolean): Target {
  const header = request.headers['x-amz-target'];
  if (request.path !== '/') throw unknownOperation(header ?? '');
  if (header !== undefined) return { name: requireName(request.method, header), form: 'json' };
  const parameters = queryForm ? parametersOf(request) : [];
  const action = valueOf(parameters, 'Action');
  if (action === undefined) throw unknownOperation('');
  requireVersion(parameters);
  return { name: action, form: 'query' };
}

function requireName(method: string, header: string): string {
  if (method !== 'POST' || !header.startsWith(prefix)) throw unknownOperation(header);
  return header.slice(prefix.length);
}

function requireVersion(parameters: readonly Parameter[]): void {
  if ((valueOf(parameters, 'Version') ?? apiVersion) !== apiVersion) throw versionUnknown(apiVersion);
}
