/** Reads the parameters of the query form: from the URL and, in a form post, from the body. */
import type { ApiRequest } from '../model/api-request.ts';

export type Parameter = readonly [name: string, value: string];

/** None unless the request is a GET or a form. */
export function parametersOf(request: ApiRequest): readonly Parameter[] {
  if (request.method === 'GET') return request.query;
  if (request.method !== 'POST' || !isForm(request)) return [];
  return [...request.query, ...new URLSearchParams(new TextDecoder().decode(request.body))];
}

export const findParameter = (parameters: readonly Parameter[], name: string): string | undefined =>
  parameters.find(([candidate]) => candidate === name)?.[1];

const isForm = ({ headers }: ApiRequest): boolean =>
  /^application\/x-www-form-urlencoded\s*(;|$)/i.test(headers['content-type'] ?? '');
