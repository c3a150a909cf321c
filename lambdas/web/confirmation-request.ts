/** Reads what a confirmation link, or the form behind it, says of whom it confirms and by which code. */
import { wholeMatch } from '../core/contract/pattern.ts';
import { clientId } from '../core/contract/shapes/identifiers.ts';
import { username } from '../core/contract/shapes/users.ts';
import type { ApiRequest } from '../core/model/api-request.ts';

export interface ConfirmationRequest {
  readonly clientId: string;
  /** Any name of the user. */
  readonly name: string;
  readonly code: string;
}

type Parameters = readonly (readonly [name: string, value: string])[];

/** In bytes: three values of bounded length, each character of which may be written as twelve. */
const longestForm = 32 * 1024;

export const requestInLink = ({ query }: ApiRequest): ConfirmationRequest | undefined => requestIn(query);

/** Absent for anything but a form that a browser sends. */
export function requestInForm({ body, headers }: ApiRequest): ConfirmationRequest | undefined {
  const type = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded' || body.length > longestForm) return undefined;
  return requestIn([...new URLSearchParams(new TextDecoder().decode(body))]);
}

function requestIn(parameters: Parameters): ConfirmationRequest | undefined {
  const id = singleValue(parameters, 'client_id', clientId.max, clientId.pattern);
  const name = singleValue(parameters, 'user_name', username.max, username.pattern);
  const code = singleValue(parameters, 'confirmation_code', 2048, String.raw`[\S]+`);
  return id && name && code ? { clientId: id, name, code } : undefined;
}

/** Which of two would count is anybody's guess, so neither does. */
function singleValue(parameters: Parameters, name: string, most = 0, pattern = ''): string | undefined {
  const [value, ...others] = parameters.filter(([one]) => one === name).map(([, one]) => one);
  if (value === undefined || others.length > 0 || value.length > most) return undefined;
  return wholeMatch(pattern).test(value) ? value : undefined;
}
